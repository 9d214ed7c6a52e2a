#include <array>
#include <cmath>
#include <condition_variable>
#include <fstream>
#include <functional>
#include <iostream>
#include <malloc.h>
#include <optional>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

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
    for (const auto& a : all) caf::anon_send(a, 1);
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

/// Runs in a process of its own, whose memory no earlier step has used; what it returns comes back through a pipe.
/// The process ends as kill -9 would end it: nothing is closed, nothing is flushed.
boost::json::object in_own_process(const std::function<boost::json::object()>& run)
{
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw std::runtime_error("cannot make a pipe");
    const auto child = fork();
    if (child < 0) throw std::runtime_error("cannot start a process");
    if (child == 0) {
        const auto text = boost::json::serialize(run());
        const auto written = ::write(ends[1], text.data(), text.size());
        _exit(written == static_cast<ssize_t>(text.size()) ? 0 : 1);
    }
    close(ends[1]);
    std::string text(1U << 16U, '\0');
    const auto got = ::read(ends[0], text.data(), text.size());
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (got <= 0 || status != 0) throw std::runtime_error("a step of the benchmark has failed");
    return boost::json::parse(std::string_view(text).substr(0, static_cast<std::size_t>(got))).as_object();
}

/// A node on what the last process has left, until it has answered once.
struct restarted {
    explicit restarted(const entities_options& o, const runtime::node_options& options)
    {
        const auto began = steady::now();
        node.emplace(parcel::kinds(), options);
        first_is_right = node->view(parcel_at(o.count / 2)).revision == 1;
        first_answer_s = std::round(since(began) * 1000) / 1000;
    }
    std::optional<runtime::caf_node> node;
    double first_answer_s = 0;
    bool first_is_right = false;
};

boost::json::object created(const entities_options& o, const runtime::node_options& options)
{
    std::cerr << "creating " << o.count << " entities …\n";
    runtime::caf_node node(parcel::kinds(), options);
    const auto began = steady::now();
    create_all(node, o.count);
    return {{"created_per_s", std::round(static_cast<double>(o.count) / since(began))}};
}

/// The hard restart: the whole journal is tail, as no entity has written a snapshot.
boost::json::object passivated(const entities_options& o, const runtime::node_options& options)
{
    std::cerr << "restarting after a crash, then passivating all …\n";
    restarted after(o, options);
    auto& node = *after.node;
    read_all(node, o.count);
    passivate_all(node);
    std::this_thread::sleep_for(options.bounds.checkpoint_every); // what is derived is on disk by then
    return {{"restart_first_answer_s", after.first_answer_s},
            {"first_answer_is_right", after.first_is_right},
            {"resident_after_passivation", node.counters().entities_resident}};
}

boost::json::object activated(const entities_options& o, const runtime::node_options& options)
{
    std::cerr << "restarting again, then activating all …\n";
    restarted after(o, options);
    auto& node = *after.node;
    const auto resident = [&] { return static_cast<double>(resident_bytes() - node.counters().store_memory_bytes); };
    const auto empty = resident();
    const auto began = steady::now();
    read_all(node, o.count);
    const auto per_s = static_cast<double>(node.counters().activations) / since(began);
    return {{"restart_passivated_first_answer_s", after.first_answer_s},
            {"activations_per_s", std::round(per_s)},
            {"resident", node.counters().entities_resident},
            {"bytes_per_resident_entity", std::round((resident() - empty) / static_cast<double>(o.count))}};
}

} // namespace

boost::json::object entities(const entities_options& o)
{
    const scratch_folder folder(o.directory);
    runtime::node_options options;
    options.directory = folder.path() + "/node";
    options.bounds.passivate_after = std::chrono::hours(1);
    boost::json::object figures{{"count", o.count}};
    const auto add = [&](const boost::json::object& more) { figures.insert(more.begin(), more.end()); };
    add(in_own_process([&] { return created(o, options); }));
    add(in_own_process([&] { return passivated(o, options); }));
    add(in_own_process([&] { return activated(o, options); }));
    add(in_own_process([] {
        return boost::json::object{{"bytes_per_bare_caf_actor", std::round(bytes_per_bare_actor())}};
    }));
    add(in_own_process([&] {
        return boost::json::object{{"raw_reads_per_s", std::round(raw_reads_per_s(options.directory, o.count))}};
    }));
    figures["machine"] = machine();
    return figures;
}

} // namespace takt::bench
