#include <cmath>
#include <condition_variable>
#include <fstream>
#include <iostream>
#include <malloc.h>
#include <unistd.h>

#include "bench/bench.hpp"
#include "bench/parcel.hpp"
#include "runtime/caf.hpp"
#include "runtime/caf_node.hpp"

namespace takt::bench {
namespace {

using steady = std::chrono::steady_clock;

double since(steady::time_point began) { return std::chrono::duration<double>(steady::now() - began).count(); }

std::size_t resident_bytes()
{
    malloc_trim(0);
    std::ifstream statm("/proc/self/statm");
    std::size_t total = 0, resident = 0;
    statm >> total >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

entity_ref parcel_at(std::size_t i) { return {"parcel", std::to_string(i)}; }

/// Calls `start(i, done)` for 0 … count-1 with a bounded number under way; returns when all are done.
class bounded_loop {
public:
    explicit bounded_loop(std::size_t most) : most_(most) {}

    template <class Start> void run(std::size_t count, Start start)
    {
        for (std::size_t i = 0; i < count; ++i) {
            {
                std::unique_lock lock(mutex_);
                fewer_.wait(lock, [&] { return under_way_ < most_; });
                ++under_way_;
            }
            start(i, [this] {
                const std::lock_guard lock(mutex_);
                --under_way_;
                fewer_.notify_one();
            });
        }
        std::unique_lock lock(mutex_);
        fewer_.wait(lock, [&] { return under_way_ == 0; });
    }

private:
    std::size_t most_;
    std::mutex mutex_;
    std::condition_variable fewer_;
    std::size_t under_way_ = 0;
};

void create_all(runtime::node& node, std::size_t count)
{
    bounded_loop(4096).run(count, [&](std::size_t i, auto done) {
        node.send({parcel_at(i), make_message(parcel::example(1)), {}, 0, 0, {}},
                  [done](const runtime::answer&) { done(); });
    });
}

void read_all(runtime::node& node, std::size_t count)
{
    bounded_loop(4096).run(count, [&](std::size_t i, auto done) {
        node.read(parcel_at(i), [done](const runtime::entity_view&) { done(); });
    });
}

void passivate_all(runtime::caf_node& node)
{
    node.passivate_all();
    while (node.counters().entities_resident > 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

/// What CAF itself needs for an actor that does nothing.
double bytes_per_bare_actor()
{
    caf::actor_system_config config;
    caf::actor_system system(config);
    constexpr std::size_t count = 100'000;
    std::vector<caf::actor> all;
    all.reserve(count);
    const auto before = resident_bytes();
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(system.spawn([](caf::event_based_actor*) -> caf::behavior { return {[](int) {}}; }));
    for (const auto& a : all) runtime::tell(a, 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const auto bytes = static_cast<double>(resident_bytes() - before) / static_cast<double>(count);
    for (const auto& a : all) runtime::end(a);
    return bytes;
}

/// What the store gives: one point read of a snapshot-sized value after the other, on one thread.
double raw_reads_per_s(const std::string& directory, std::size_t count)
{
    const persistence::store disk(directory, persistence::store::access::read_only);
    const auto began = steady::now();
    const auto reads = std::min<std::size_t>(count, 200'000);
    for (std::size_t i = 0; i < reads; ++i)
        disk.get(persistence::family::snapshots, parcel_at(i * 7919 % count).path());
    return static_cast<double>(reads) / since(began);
}

} // namespace

boost::json::object entities(const entities_options& o)
{
    const scratch_folder folder(o.directory);
    runtime::node_options options;
    options.directory = folder.path() + "/node";
    options.bounds.passivate_after = std::chrono::hours(1);
    boost::json::object figures{{"count", o.count}};
    const double bare = bytes_per_bare_actor();
    {
        runtime::caf_node node(parcel::kinds(), options);
        std::cerr << "creating " << o.count << " entities …\n";
        const auto began = steady::now();
        create_all(node, o.count);
        figures["created_per_s"] = std::round(static_cast<double>(o.count) / since(began));
        std::cerr << "passivating them …\n";
        passivate_all(node);
        figures["resident_after_passivation"] = node.counters().entities_resident;
    }
    std::cerr << "restarting …\n";
    const auto restart = steady::now();
    runtime::caf_node node(parcel::kinds(), options);
    const auto first = node.view(parcel_at(o.count / 2));
    figures["restart_first_answer_s"] = std::round(since(restart) * 1000) / 1000;
    figures["first_answer_is_right"] = first.revision == 1;

    const auto empty = resident_bytes() - node.counters().store_memory_bytes;
    std::cerr << "activating all of them …\n";
    const auto began = steady::now();
    read_all(node, o.count);
    figures["activations_per_s"] = std::round(static_cast<double>(node.counters().activations) / since(began));
    const auto full = resident_bytes() - node.counters().store_memory_bytes;
    figures["resident"] = node.counters().entities_resident;
    figures["bytes_per_resident_entity"] = std::round(static_cast<double>(full - empty) / static_cast<double>(o.count));
    figures["bytes_per_bare_caf_actor"] = std::round(bare);
    figures["raw_reads_per_s"] = std::round(raw_reads_per_s(options.directory, o.count));
    figures["machine"] = machine();
    return figures;
}

} // namespace takt::bench
