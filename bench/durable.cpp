#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <random>
#include <sys/resource.h>

#include "bench/bench.hpp"
#include "bench/parcel.hpp"
#include "runtime/caf_node.hpp"

namespace takt::bench {
namespace {

using steady = std::chrono::steady_clock;

/// Clients that each send a command to a random entity, wait for its acknowledgement, and send the next.
class closed_loop {
public:
    closed_loop(runtime::node& node, const durable_options& o) : node_(node), entities_(o.entities), clients_(o.clients)
    {
        for (std::size_t i = 0; i < o.clients; ++i) {
            clients_[i].name = "client/" + std::to_string(i);
            clients_[i].random.seed(i + 1);
            clients_[i].waits_us.reserve(1U << 16U);
        }
    }

    void run(double seconds)
    {
        running_ = clients_.size();
        until_ = steady::now() + std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(seconds));
        for (auto& c : clients_) next(c);
        std::unique_lock lock(mutex_);
        done_.wait(lock, [&] { return running_ == 0; });
    }

    void forget_waits()
    {
        for (auto& c : clients_) c.waits_us.clear();
    }

    std::vector<float> waits_us() const
    {
        std::vector<float> all;
        for (const auto& c : clients_) all.insert(all.end(), c.waits_us.begin(), c.waits_us.end());
        std::sort(all.begin(), all.end());
        return all;
    }

    std::size_t refused() const { return refused_; }

private:
    struct client {
        std::string name;
        std::mt19937_64 random;
        std::uint64_t sequence = 0;
        steady::time_point sent;
        std::vector<float> waits_us;
    };

    void next(client& c)
    {
        const auto chosen = std::uniform_int_distribution<std::size_t>(0, entities_ - 1)(c.random);
        runtime::envelope e{entity_ref("parcel", std::to_string(chosen)),
                            make_message(parcel::example(c.sequence + 1)),
                            c.name,
                            ++c.sequence,
                            0,
                            {}};
        c.sent = steady::now();
        node_.send(std::move(e), [this, &c](const runtime::answer& a) { answered(c, a); });
    }

    void answered(client& c, const runtime::answer& a)
    {
        const auto now = steady::now();
        c.waits_us.push_back(std::chrono::duration<float, std::micro>(now - c.sent).count());
        if (a.result != runtime::outcome::accepted) ++refused_;
        if (now < until_) return next(c);
        const std::lock_guard lock(mutex_);
        if (--running_ == 0) done_.notify_one();
    }

    runtime::node& node_;
    std::size_t entities_;
    std::vector<client> clients_;
    steady::time_point until_;
    std::mutex mutex_;
    std::condition_variable done_;
    std::size_t running_ = 0;
    std::atomic<std::size_t> refused_ = 0;
};

/// What RocksDB takes of synced blocks of this size, with nothing else going on.
double raw_blocks_per_s(const std::string& directory, std::size_t bytes, double seconds)
{
    persistence::store disk(directory);
    const std::string block(std::max<std::size_t>(bytes, 1), 'x');
    std::uint64_t position = disk.last_position(), first = position;
    const auto began = steady::now();
    double took = 0;
    while ((took = std::chrono::duration<double>(steady::now() - began).count()) < seconds)
        disk.append(++position, block);
    return static_cast<double>(position - first) / took;
}

/// CPU time of this process so far, all threads: says what a command costs whatever else the machine does.
double cpu_seconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double rounded(double x) { return std::round(x * 10) / 10; }

} // namespace

boost::json::object durable(const durable_options& o)
{
    const scratch_folder folder(o.directory);
    std::vector<float> waits;
    runtime::node_counters before, after;
    double took = 0, cpu = 0;
    std::size_t refused = 0;
    {
        runtime::node_options options;
        options.directory = folder.path() + "/node";
        options.workers = o.workers;
        runtime::caf_node node(parcel::kinds(), options);
        closed_loop clients(node, o);
        clients.run(std::min(1.0, o.seconds / 4)); // entities come to life
        clients.forget_waits();
        before = node.counters();
        const auto cpu_before = cpu_seconds();
        const auto began = steady::now();
        clients.run(o.seconds);
        took = std::chrono::duration<double>(steady::now() - began).count();
        cpu = cpu_seconds() - cpu_before;
        after = node.counters();
        waits = clients.waits_us();
        refused = clients.refused();
    }
    const auto blocks = std::max<std::uint64_t>(after.blocks - before.blocks, 1);
    const auto block_bytes = (after.block_bytes - before.block_bytes) / blocks;
    const double per_block = static_cast<double>(waits.size()) / static_cast<double>(blocks);
    const double raw = raw_blocks_per_s(folder.path() + "/raw", block_bytes, std::min(2.0, o.seconds)) * per_block;
    const auto at = [&](double share) {
        return waits.empty()
                   ? 0.0
                   : rounded(waits[std::min(waits.size() - 1,
                                            static_cast<std::size_t>(share * static_cast<double>(waits.size())))]);
    };
    return {{"entities", o.entities},
            {"clients", o.clients},
            {"seconds", rounded(took)},
            {"commands", waits.size()},
            {"refused", refused},
            {"commands_per_s", std::round(static_cast<double>(waits.size()) / took)},
            {"p50_us", at(0.5)},
            {"p99_us", at(0.99)},
            {"cpu_us_per_command", rounded(cpu / static_cast<double>(std::max<std::size_t>(waits.size(), 1)) * 1e6)},
            {"commands_per_block", rounded(per_block)},
            {"block_bytes", block_bytes},
            {"write_and_sync_us",
             rounded((after.fsync_seconds_sum - before.fsync_seconds_sum) / static_cast<double>(blocks) * 1e6)},
            {"raw_per_s", std::round(raw)},
            {"of_raw", std::round(static_cast<double>(waits.size()) / took / raw * 100) / 100},
            {"machine", machine()}};
}

} // namespace takt::bench
