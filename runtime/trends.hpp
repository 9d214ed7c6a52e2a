#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include <boost/unordered/unordered_flat_map.hpp>

#include "messages/scada/sample.hpp"
#include "runtime/clock.hpp"
#include "runtime/limits.hpp"
#include "runtime/trend_series.hpp"

namespace takt::runtime {

struct trend_counters {
    std::uint64_t stored = 0; ///< samples
    std::uint64_t lost = 0;   ///< samples that were not: no room in the queue, too many tags, older than what is kept
    std::uint64_t late = 0;   ///< stored, but not at the end
};

/// Telemetry that is kept: single samples for a while, minutes and hours for longer. A thread of its own takes batches
/// in from the entities, behind their detectors and with less right to the processor than they have, and writes them
/// every five seconds without fsync: a killed process loses those seconds of telemetry, a machine that loses its power
/// what the system had not yet flushed. When more comes than it can take, batches are lost and counted; the entities
/// never wait. Thread-safe.
class trends {
public:
    trends(persistence::store& disk, const limits& bounds, const plant_clock& clock);
    ~trends();
    trends(const trends&) = delete;
    trends& operator=(const trends&) = delete;

    /// Samples of one source.
    void offer(const entity_ref& source, std::vector<scada::sample>&& batch);
    /// Takes in what waits, writes everything and ends.
    void stop();

    std::vector<scada::sample> samples(const entity_ref& source, const std::string& tag, instant from, instant to,
                                       std::size_t limit);
    std::vector<scada::rollup> rollups(const entity_ref& source, const std::string& tag, instant from, instant to,
                                       milliseconds each, std::size_t limit);
    std::vector<scada::sample> latest(const entity_ref& source);
    trend_counters counted() const;

private:
    struct batch {
        entity_ref source;
        std::vector<scada::sample> samples;
    };
    using tags = std::vector<trend_series*>;

    void run();
    void take_in(std::vector<batch> some);
    void take_in(tags& known, const entity_ref& source, const scada::sample& s, instant now);
    void add_point(trend_series& t, const persistence::point& p);
    void add_sums(trend_series& t, trend_step step, const persistence::point& p);
    trend_series* find(tags& known, const entity_ref& source, const std::string& tag);
    trend_series* find(const entity_ref& source, const std::string& tag);
    trend_series& make(const entity_ref& source, const std::string& tag, std::uint32_t number);
    void load_names();
    void write_all();
    void write_some(std::vector<persistence::change> changes);
    void gather(trend_series& t, std::vector<persistence::change>& changes);
    void gather_sums(trend_series& t, trend_step step, std::vector<persistence::change>& changes);
    void add_stored(trend_sums& sums, const std::string& key) const;
    void forget_old();

    persistence::store& disk_;
    const limits& bounds_;
    const plant_clock& clock_;

    std::mutex queue_mutex_;
    std::condition_variable wake_;
    std::vector<batch> queue_;
    std::size_t queued_ = 0; ///< samples
    bool stopping_ = false;

    mutable std::mutex series_mutex_; ///< all below; held while a batch is taken in, and by readers for one tag
    std::vector<std::unique_ptr<trend_series>> series_;
    boost::unordered_flat_map<std::string, tags, std::hash<std::string>> by_source_;
    std::vector<trend_series*> waiting_; ///< to be written
    std::uint64_t next_part_;
    instant forgotten_before_;

    std::atomic<std::uint64_t> stored_ = 0, lost_ = 0, late_ = 0;
    std::thread thread_;
};

} // namespace takt::runtime
