#include "metrics/node_metrics.hpp"

#include <array>
#include <map>
#include <optional>

#include "metrics/family.hpp"
#include "metrics/load_metrics.hpp"

namespace takt::metrics {
namespace {

using families = std::vector<prometheus::MetricFamily>;

/// "anomalies" for anomaly.
std::string plural(std::string_view kind)
{
    std::string name(kind);
    if (name.ends_with("y"))
        name.replace(name.size() - 1, 1, "ies");
    else
        name += 's';
    return name;
}

void add_counters(families& out, const runtime::node_counters& c)
{
    const auto n = [](std::uint64_t value) { return static_cast<double>(value); };
    out.push_back(counter("takt_commands_total", "Commands that entities answered.", n(c.commands)));
    out.push_back(counter("takt_commands_refused_total", "Commands that entities refused.", n(c.refused)));
    out.push_back(counter("takt_commands_busy_total", "Commands turned away because an inbox was full.", n(c.busy)));
    out.push_back(counter("takt_commands_failed_total", "Commands kept as dead letters.", n(c.failed)));
    out.push_back(counter("takt_events_total", "Events journalled.", n(c.events)));
    out.push_back(counter("takt_journal_blocks_total", "Blocks written to the journal.", n(c.blocks)));
    out.push_back(counter("takt_journal_bytes_total", "Bytes written to the journal.", n(c.block_bytes)));
    out.push_back(counter("takt_samples_total", "Telemetry samples evaluated.", n(c.samples)));
    out.push_back(counter("takt_samples_dropped_total",
                          "Telemetry samples dropped because the inbox of their source was full.",
                          n(c.samples_dropped)));
    out.push_back(counter("takt_samples_kept_total", "Telemetry samples taken into trends.", n(c.samples_stored)));
    out.push_back(counter("takt_samples_not_kept_total",
                          "Telemetry samples that trends had no room for, or that were too old or no number.",
                          n(c.samples_lost)));
    out.push_back(counter("takt_samples_late_total", "Telemetry samples kept that were older than the latest.",
                          n(c.samples_late)));
    out.push_back(counter("takt_entity_activations_total", "Entities taken into memory.", n(c.activations)));
    out.push_back(counter("takt_entity_passivations_total", "Entities put out of memory.", n(c.passivations)));
}

void add_gauges(families& out, const runtime::node& node, const runtime::node_counters& c)
{
    const auto n = [](std::uint64_t value) { return static_cast<double>(value); };
    constexpr double ms_per_s = 1000;
    out.push_back(
        gauge("takt_effects_pending", "Effects not yet acknowledged by their receivers.", n(c.effects_pending)));
    out.push_back(gauge("takt_timers_pending", "Durable timers that wait.", n(c.timers_pending)));
    out.push_back(gauge("takt_entities_resident", "Entities in memory.", n(c.entities_resident)));
    out.push_back(gauge("takt_journal_position", "Number of the last block in the journal.", n(c.journal_position)));
    out.push_back(gauge("takt_derived_position", "Number of the block that snapshots and lists have reached.",
                        n(c.derived_position)));
    out.push_back(gauge("takt_store_memory_bytes", "Memory that the store holds: its buffers and its cache.",
                        n(c.store_memory_bytes)));
    out.push_back(gauge("takt_sample_store_bytes", "Bytes of trends on disk.", n(c.sample_bytes)));
    out.push_back(gauge("takt_ready", "1 if the node takes commands.", node.ready() ? 1 : 0));
    out.push_back(gauge("takt_plant_timestamp_seconds", "Time of the plant since 1970.",
                        static_cast<double>(node.now().ms) / ms_per_s));
}

/// The member that says in which of a few conditions an entity is, with those conditions.
struct condition {
    std::string member;
    std::vector<std::string> values;
};

std::optional<condition> condition_of(const boost::json::object& members)
{
    for (const std::string_view name : {"status", "state", "packml"}) {
        const auto* schema = members.if_contains(name);
        const auto* known = schema == nullptr ? nullptr : schema->as_object().if_contains("enum");
        if (known == nullptr) continue;
        condition c{std::string(name), {}};
        for (const auto& value : known->as_array())
            if (value.is_string()) c.values.emplace_back(value.as_string());
        return c;
    }
    return std::nullopt;
}

/// Truths about an entity that are worth a count of their own, where a kind has them.
constexpr std::array<std::string_view, 5> counted_truths{"late", "expected_late", "up", "low", "held"};

struct census {
    std::map<std::string, double> by_condition;
    std::map<std::string, double> by_truth;
};

/// Looks at every row of a kind; none is copied.
census count_rows(runtime::node& node, const kind_ops& kind, const boost::json::object& members,
                  const std::optional<condition>& by)
{
    census c;
    if (by)
        for (const auto& value : by->values) c.by_condition[value] = 0; // those with none too
    for (const auto truth : counted_truths)
        if (members.contains(truth)) c.by_truth[std::string(truth)] = 0;
    if (c.by_condition.empty() && c.by_truth.empty()) return c;
    node.list(kind.name, {}, 1, [&](const runtime::row& row) {
        const auto* value = by ? row.state->if_contains(by->member) : nullptr;
        if (value != nullptr && value->is_string()) ++c.by_condition[std::string(value->as_string())];
        for (auto& [truth, count] : c.by_truth) {
            const auto* holds = row.state->if_contains(truth);
            if (holds != nullptr && holds->is_bool() && holds->as_bool()) ++count;
        }
        return false;
    });
    return c;
}

/// takt_orders{status="open"}, takt_machines{state="execute"} and, where a kind knows it, takt_orders_late.
void add_kind(families& out, runtime::node& node, const kind_ops& kind)
{
    const auto schema = kind.state_schema();
    const auto* members = schema.if_contains("properties");
    if (!kind.listed || members == nullptr) return;
    const auto by = condition_of(members->as_object());
    const auto counted = count_rows(node, kind, members->as_object(), by);
    const auto name = "takt_" + plural(kind.name);
    if (by) {
        const std::string label = by->member == "status" ? "status" : "state";
        auto f = family(name, "Entities of kind " + std::string(kind.name) + " by " + label + '.',
                        prometheus::MetricType::Gauge);
        for (const auto& [value, count] : counted.by_condition) add_value(f, count, {{label, value}});
        out.push_back(std::move(f));
    }
    for (const auto& [truth, count] : counted.by_truth)
        out.push_back(gauge(std::string(name).append("_").append(truth), "Those that are " + truth + '.', count));
}

} // namespace

std::vector<prometheus::MetricFamily> node_metrics::Collect() const
{
    families out;
    const auto c = node_.counters();
    add_counters(out, c);
    add_gauges(out, node_, c);
    add_load(out, node_.load());
    const std::lock_guard lock(mutex_);
    const auto& counted = plant();
    out.insert(out.end(), counted.begin(), counted.end());
    return out;
}

const std::vector<prometheus::MetricFamily>& node_metrics::plant() const
{
    const auto now = std::chrono::steady_clock::now();
    if (!plant_.empty() && now - counted_at_ < refresh_) return plant_;
    plant_.clear();
    for (const auto& kind : node_.kinds().all()) add_kind(plant_, node_, *kind);
    counted_at_ = now;
    return plant_;
}

} // namespace takt::metrics
