#include "gateways/http/overview.hpp"

#include <algorithm>

#include "actors/anomaly/anomaly.hpp"
#include "actors/erp/order.hpp"
#include "actors/mes/schedule_parts.hpp"
#include "actors/scada/alarm.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/schedules.hpp"
#include "gateways/http/state_rows.hpp"
#include "messages/core/json_write.hpp"
#include "scheduling/calendar.hpp"

/// GET /api/v1/overview: the plant at a glance.
namespace takt::http {
namespace {

constexpr std::size_t rows_most = 200;

bool has(const boost::json::object& state, std::string_view member, std::initializer_list<std::string_view> values)
{
    const auto* found = state.if_contains(member);
    return found != nullptr && found->is_string() &&
           std::find(values.begin(), values.end(), std::string_view(found->get_string())) != values.end();
}

overview_job job_of(const machine::job& j)
{
    overview_job out{j.spec.work_order, j.spec.operation, j.spec.item, j.spec.person, {}, {}, j.good,
                     j.scrap,           j.dispatched_at,  {}};
    out.set_up = j.phase == machine::job_phase::running;
    out.quantity = j.spec.quantity.whole();
    const auto run = j.spec.batch ? j.spec.run_time_ms : j.spec.run_time_ms * out.quantity;
    out.expected_end =
        j.running_at ? *j.running_at + run : j.confirmed_at.value_or(j.dispatched_at) + j.spec.setup_time_ms + run;
    return out;
}

std::string state_of(const machine::state& m)
{
    if (!m.up) return "down";
    const auto in_phase = [&](machine::job_phase p) {
        return std::any_of(m.jobs.begin(), m.jobs.end(), [&](const auto& j) { return j.phase == p; });
    };
    const bool at_work = m.packml == machine::packml_state::execute || m.packml == machine::packml_state::idle;
    if (m.blocked && !in_phase(machine::job_phase::running)) return "blocked";
    if (at_work && in_phase(machine::job_phase::running)) return "execute";
    if (at_work && in_phase(machine::job_phase::setup)) return "setup";
    return std::string(enum_name(m.packml));
}

std::optional<double> latest_power(runtime::node& node, const std::string& key)
{
    for (const auto& s : node.latest({"machine", key}))
        if (s.tag == "power_kw") return s.value;
    return std::nullopt;
}

void add_machines(runtime::node& node, overview& o)
{
    each_state<machine::state>(node, "machine", [&](const std::string& key, const machine::state& m) {
        if (!m.is_defined) return;
        overview_machine out;
        out.machine = key;
        out.work_center = m.definition.work_center;
        out.state = state_of(m);
        out.reason = m.blocked ? *m.blocked : m.reason;
        out.down_since = m.down_since;
        for (const auto& j : m.jobs) out.jobs.push_back(job_of(j));
        out.next = static_cast<std::int64_t>(m.next.size());
        out.alarms = static_cast<std::int64_t>(m.alarms.size());
        out.power_kw = latest_power(node, key);
        o.power_kw += out.power_kw.value_or(0);
        o.machines.push_back(std::move(out));
    });
}

void add_orders(runtime::node& node, overview& o, const std::string& zone)
{
    const auto today = zone.empty() ? std::string() : scheduling::local_date(zone, o.now.ms);
    each_state<order::state>(
        node, "order",
        [&](const std::string& key, const order::state& s) {
            ++o.orders_open;
            if (!today.empty() && scheduling::local_date(zone, s.due.ms) == today) ++o.orders_due_today;
            if (s.late || s.expected_late)
                o.at_risk.push_back({key, s.customer, s.product, s.quantity, s.due, s.promised, s.late});
        },
        [](const auto& state) {
            return has(state, "status", {"open", "allocated", "partially_shipped"});
        });
    o.orders_at_risk = static_cast<std::int64_t>(o.at_risk.size());
    const auto lateness = [&](const overview_order& a) { return std::max(a.promised.value_or(o.now), o.now) - a.due; };
    std::sort(o.at_risk.begin(), o.at_risk.end(),
              [&](const auto& a, const auto& b) { return lateness(a) > lateness(b); });
    if (o.at_risk.size() > rows_most) o.at_risk.resize(rows_most);
}

void add_cases(runtime::node& node, overview& o)
{
    each_state<anomaly::state>(
        node, "anomaly",
        [&](const std::string& key, const anomaly::state& s) {
            o.cases.push_back({key, s.source, s.kind, s.detail, s.owner, s.stage, s.severity, s.opened,
                               s.acknowledged.has_value(), s.deadline});
        },
        [](const auto& state) { return has(state, "state", {"open"}); });
    std::sort(o.cases.begin(), o.cases.end(), [](const auto& a, const auto& b) {
        return a.severity != b.severity ? a.severity > b.severity : a.opened > b.opened;
    });
    each_state<alarm::state>(
        node, "alarm",
        [&](const std::string&, const alarm::state& s) {
            o.alarms_active += s.active ? 1 : 0;
            o.alarms_unacknowledged += s.status == alarm::alarm_status::unacknowledged ||
                                               s.status == alarm::alarm_status::returned_unacknowledged ||
                                               s.status == alarm::alarm_status::latched_unacknowledged
                                           ? 1
                                           : 0;
        },
        [](const auto& state) { return !has(state, "status", {"normal"}); });
}

/// The lowest cap that holds now, and until when.
void add_cap(const schedule::define& d, overview& o)
{
    constexpr milliseconds day{86'400'000};
    for (const auto& cap : d.power_caps)
        for (const auto& i : schedule::hours_of_every_day(d.zone, cap.start, cap.end, o.now - day, o.now + day)) {
            if (o.now.ms < i.start || o.now.ms >= i.end || (o.cap_kw && *o.cap_kw <= cap.kw)) continue;
            o.cap_kw = cap.kw;
            o.cap_until = instant{i.end};
        }
}

} // namespace

overview overview_of(runtime::node& node)
{
    overview o;
    o.now = node.now();
    const auto plans = schedules_of(node);
    const auto plan = plans.empty() ? schedule::define() : plans.front().second.definition;
    add_machines(node, o);
    add_orders(node, o, plan.zone);
    add_cases(node, o);
    add_cap(plan, o);
    return o;
}

answering get_overview(door& d, const request&)
{
    auto write = [&node = d.node] { return to_json(overview_of(node)); };
    co_return json(200, co_await in_background(d, std::move(write))).with("Cache-Control", "no-cache");
}

} // namespace takt::http
