#include "metrics/plant_metrics.hpp"

#include <map>
#include <mutex>
#include <set>

#include "messages/core/json_read.hpp"
#include "messages/mes/area.hpp"
#include "metrics/business_watch.hpp"
#include "metrics/family.hpp"
#include "metrics/machine_watch.hpp"

namespace takt::metrics {
namespace {

constexpr std::size_t all_rows = 1'000'000;
constexpr double ms_per_s = 1000;

template <class T> std::optional<T> member(const boost::json::object& o, std::string_view name)
{
    const auto* value = o.if_contains(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    auto read = read_json<T>(*value, strictness::from_storage);
    if (!read) return std::nullopt;
    return std::move(*read);
}

/// How many cases are open, and for how long the oldest.
void add_cases(runtime::node& node, bounded_label& kinds, std::vector<prometheus::MetricFamily>& to)
{
    struct open_cases {
        double count = 0, oldest_seconds = 0;
    };
    std::map<std::string, open_cases> by_kind;
    const auto now = node.now();
    node.list("anomaly", {}, 1, [&](const runtime::row& row) {
        auto& c = by_kind[kinds.of(member<std::string>(*row.state, "kind").value_or("other"))];
        if (member<std::string>(*row.state, "state") != "open") return false; // a kind that had some shows 0
        ++c.count;
        const auto opened = member<instant>(*row.state, "opened").value_or(now);
        c.oldest_seconds = std::max(c.oldest_seconds, static_cast<double>((now - opened).count()) / ms_per_s);
        return false;
    });
    auto open = family("takt_anomalies_open", "Cases that are not closed, by kind.", prometheus::MetricType::Gauge);
    auto oldest = family("takt_anomalies_oldest_seconds", "Plant time since the oldest open case was opened, by kind.",
                         prometheus::MetricType::Gauge);
    for (const auto& [kind, c] : by_kind) {
        add_value(open, c.count, {{"kind", kind}});
        add_value(oldest, c.oldest_seconds, {{"kind", kind}});
    }
    to.push_back(std::move(open));
    to.push_back(std::move(oldest));
}

/// Items that somebody needs and of which there is nothing.
double out_of_stock(runtime::node& node)
{
    double count = 0;
    node.list("material", {}, 1, [&](const runtime::row& row) {
        const auto* demands = row.state->if_contains("demands");
        const bool wanted = demands != nullptr && demands->is_object() && !demands->as_object().empty();
        const auto* on_hand = row.state->if_contains("on_hand");
        if (wanted && on_hand != nullptr && on_hand->is_number() && on_hand->to_number<double>() <= 0) ++count;
        return false;
    });
    return count;
}

} // namespace

struct plant_metrics::parts {
    explicit parts(runtime::node& n) : node(n) {}

    runtime::node& node;
    std::mutex mutex; ///< guards the two below; the node's own thread waits for it, so nobody asks the node under it
    machine_watch machines;
    business_watch business;

    std::mutex rows_mutex; ///< guards what follows
    bounded_label case_kinds{30};
    std::vector<prometheus::MetricFamily> rows;
    std::chrono::steady_clock::time_point counted_at;

    void take(const runtime::facts& some)
    {
        const std::lock_guard lock(mutex);
        for (const auto& f : *some) {
            if (f.entity.kind() == "machine") machines.take_machine(f);
            if (f.entity.kind() == "schedule") machines.take_schedule(f);
            business.take(f);
        }
    }

    void begin()
    {
        std::set<std::string> areas{std::string(mes::whole_plant)};
        for (const auto& row : node.list("machine", {}, all_rows, {})) {
            machines.take_row(row.key, *row.state, node.now());
            const auto* definition = row.state->if_contains("definition");
            if (definition != nullptr && definition->is_object())
                if (auto area = member<std::string>(definition->as_object(), "area")) areas.insert(std::move(*area));
        }
        for (const auto& row : node.list("order", {}, all_rows, {})) begin_order(row);
        for (const auto& area : areas) {
            const auto plan = parse_json(node.view(entity_ref("schedule", area)).state);
            if (plan && plan->is_object()) begin_plan(plan->as_object());
        }
    }

    void begin_order(const runtime::row& row)
    {
        const auto status = member<std::string>(*row.state, "status").value_or("");
        if (status == "shipped" || status == "cancelled" || status == "rejected") return;
        const auto* promises = row.state->if_contains("promises");
        std::optional<instant> first;
        if (promises != nullptr && promises->is_array() && !promises->as_array().empty())
            first = member<instant>(promises->as_array().front().as_object(), "date");
        business.take_order(row.key, first);
    }

    void begin_plan(const boost::json::object& plan)
    {
        if (const auto definition = member<schedule::define>(plan, "definition")) machines.take_calendar(*definition);
        if (const auto* planned = plan.if_contains("machines"))
            for (const auto& [name, m] : planned->as_object())
                for (const auto& d : m.at("downtimes").as_array())
                    machines.plan_downtime(std::string(name), std::string(d.at("reference").as_string()),
                                           member<instant>(d.as_object(), "from").value_or(instant{}),
                                           member<instant>(d.as_object(), "to").value_or(instant{}));
        if (const auto* jobs = plan.if_contains("jobs"))
            for (const auto& [name, job] : jobs->as_object())
                business.take_job(std::string(name), job.at("operations").as_array().size());
    }

    /// Counted at most every five seconds.
    void add_rows(std::vector<prometheus::MetricFamily>& to)
    {
        const std::lock_guard lock(rows_mutex);
        const auto now = std::chrono::steady_clock::now();
        if (rows.empty() || now - counted_at > std::chrono::seconds(5)) {
            rows.clear();
            add_cases(node, case_kinds, rows);
            rows.push_back(gauge("takt_materials_out_of_stock", "Items that are needed and of which there is nothing.",
                                 out_of_stock(node)));
            counted_at = now;
        }
        to.insert(to.end(), rows.begin(), rows.end());
    }
};

plant_metrics::plant_metrics(runtime::node& node) : parts_(std::make_shared<parts>(node))
{
    parts_->begin();
    listening_ = node.subscribe([p = parts_](const runtime::facts& some) { p->take(some); });
}

plant_metrics::~plant_metrics() = default;

std::vector<prometheus::MetricFamily> plant_metrics::Collect() const
{
    std::vector<prometheus::MetricFamily> all;
    const auto now = parts_->node.now();
    {
        const std::lock_guard lock(parts_->mutex);
        parts_->machines.advance(now);
        parts_->machines.add_families(all);
        parts_->business.add_families(all, now);
    }
    parts_->add_rows(all);
    return all;
}

} // namespace takt::metrics
