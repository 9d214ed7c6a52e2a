#include "metrics/load_metrics.hpp"

#include <limits>

#include "metrics/family.hpp"

namespace takt::metrics {
namespace {

/// Prometheus' buckets are cumulative.
prometheus::ClientMetric histogram_of(const runtime::distribution& d)
{
    prometheus::ClientMetric m;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < d.counts.size(); ++i) {
        sum += d.counts[i];
        const auto bound = i < d.bounds.size() ? d.bounds[i] : std::numeric_limits<double>::infinity();
        m.histogram.bucket.push_back({sum, bound});
    }
    m.histogram.sample_count = sum;
    m.histogram.sample_sum = d.sum;
    return m;
}

prometheus::MetricFamily histogram(std::string name, std::string help, const runtime::distribution& d)
{
    auto f = family(std::move(name), std::move(help), prometheus::MetricType::Histogram);
    f.metric.push_back(histogram_of(d));
    return f;
}

} // namespace

void add_load(std::vector<prometheus::MetricFamily>& to, const runtime::node_load& load)
{
    const auto whole = [&](const char* name, const char* help, std::uint64_t n) {
        to.push_back(gauge(name, help, static_cast<double>(n)));
    };
    whole("takt_inbox_waiting", "Tasks in the inboxes of all entities, those being done too.", load.inbox_waiting);
    whole("takt_inbox_deepest", "Tasks in the fullest inbox.", load.inbox_deepest);
    to.push_back(gauge("takt_inbox_oldest_seconds", "How long the oldest of these tasks has waited, at most.",
                       load.inbox_oldest_seconds));
    whole("takt_journal_waiting", "Records and reads that wait for the disk.", load.journal_waiting);
    whole("takt_calculations_waiting", "Calculations that entities asked for and that are not done.",
          load.calculations_waiting);
    whole("takt_timers_overdue", "Durable timers due for more than a second that have not fired.", load.timers_overdue);
    to.push_back(gauge("takt_effects_oldest_seconds",
                       "Plant time since the oldest effect that is not acknowledged was decided (the outbox's age).",
                       load.effects_oldest_seconds));
    to.push_back(histogram("takt_journal_block_records", "Records in a block of the journal (a group commit).",
                           load.block_records));
    to.push_back(
        histogram("takt_journal_fsync_seconds", "Time to write a block and make it durable.", load.block_seconds));
    to.push_back(histogram("takt_journal_commit_seconds",
                           "Time that the oldest record of a block waited until it was durable.", load.commit_seconds));
    to.push_back(histogram("takt_calculation_seconds",
                           "Time of a calculation beside the commands, such as a search for a better plan.",
                           load.calculation_seconds));
    auto turns = family("takt_command_seconds",
                        "Time an entity took to decide a command, by its kind; for the schedule, time to plan.",
                        prometheus::MetricType::Histogram);
    for (const auto& [kind, seconds] : load.turn_seconds) {
        auto m = histogram_of(seconds);
        m.label.push_back({"kind", kind});
        turns.metric.push_back(std::move(m));
    }
    to.push_back(std::move(turns));
}

} // namespace takt::metrics
