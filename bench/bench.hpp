#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

/// Benchmarks that anyone can run: each returns its figures as JSON and prints them as a table. Every figure stands
/// beside the raw limit of what it uses, measured in the same run.
namespace takt::bench {

struct durable_options {
    std::size_t entities = 100'000;
    std::size_t clients = 64;
    double seconds = 5;
    std::string directory; ///< default: a new folder in the current directory, removed afterwards
    std::size_t workers = 0;
};
/// commands_per_s, p50_us, p99_us, raw_per_s
boost::json::object durable(const durable_options& o);

struct entities_options {
    std::size_t count = 1'000'000;
    std::string directory;
};
/// bytes_per_resident_entity, activations_per_s, restart_first_answer_s
boost::json::object entities(const entities_options& o);

struct samples_options {
    std::size_t machines = 40;
    std::size_t batch = 100;
    double seconds = 5;
    std::string directory;
};
/// samples_per_s
boost::json::object samples(const samples_options& o);

struct plan_options {
    std::vector<std::size_t> operations{2'000, 20'000, 100'000};
    std::uint32_t seed = 1;
    std::uint64_t iterations = 500; ///< of improvement
};
/// runs[]: operations, first_plan_s, repair_s, moved_operations, promise_p50_ms, promise_p99_ms, why_late_s, left_out,
/// jobs, late_jobs, weighted_tardiness, improve_s, improved_tardiness; violations of the first, the repaired and the
/// improved plan together (null where the checker would take too long)
boost::json::object plan(const plan_options& o);
/// One column for each run.
void print_plan_table(const boost::json::object& figures);

/// CPU model, cores, memory, kernel.
boost::json::object machine();
/// Prints figures as an aligned table.
void print_table(const std::string& title, const boost::json::object& figures);

/// A folder that is gone when the benchmark ends, unless the caller named one.
class scratch_folder {
public:
    explicit scratch_folder(const std::string& named);
    ~scratch_folder();
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
    bool remove_ = false;
};

} // namespace takt::bench
