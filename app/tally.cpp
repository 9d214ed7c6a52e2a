#include "app/tally.hpp"

namespace takt::app {
namespace {

using boost::json::object;

std::string_view text(const object& state, std::string_view name)
{
    const auto* value = state.if_contains(name);
    return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

bool truth(const object& state, std::string_view name)
{
    const auto* value = state.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

bool has(const object& state, std::string_view name)
{
    const auto* value = state.if_contains(name);
    return value != nullptr && !value->is_null();
}

std::uint64_t number(const object& state, std::string_view name)
{
    const auto* value = state.if_contains(name);
    return value != nullptr && value->is_int64() ? static_cast<std::uint64_t>(value->get_int64()) : 0;
}

/// Looks at every row of a kind; none is copied.
template <class F> void each(runtime::node& node, std::string_view kind, F look)
{
    if (node.kinds().find(kind) == nullptr) return;
    node.list(kind, {}, 1, [&](const runtime::row& row) {
        look(*row.state);
        return false;
    });
}

void count_order(tally& t, const object& order)
{
    const auto status = text(order, "status");
    if (status == "none" || status == "rejected") return;
    auto& o = t.orders;
    ++o.received;
    const bool ended = status == "shipped" || status == "cancelled";
    if (!ended) ++o.open;
    if (status == "shipped") ++o.shipped;
    if (status != "open" || has(order, "promised")) ++o.released;
    if (truth(order, "late")) ++o.late;
}

void count_work_order(tally& t, const object& work_order)
{
    const auto status = text(work_order, "status");
    if (status == "none") return;
    auto& w = t.work_orders;
    ++w.created;
    if (status == "completed") ++w.completed;
    if (status == "in_progress") ++w.in_progress;
    if (status != "waiting_material" && status != "cancelled") ++w.released;
}

void count_machine(tally& t, const object& machine)
{
    if (!truth(machine, "is_defined")) return;
    ++t.machines[truth(machine, "up") ? std::string(text(machine, "packml")) : "down"];
}

/// An anomaly entity has had `number` cases, the last of which may be open.
void count_anomaly(tally& t, const object& anomaly)
{
    const auto cases = number(anomaly, "number");
    const bool closed = text(anomaly, "state") == "closed";
    t.anomalies.opened += cases;
    t.anomalies.closed += closed || cases == 0 ? cases : cases - 1;
}

} // namespace

tally count(runtime::node& node)
{
    tally t;
    each(node, "order", [&](const object& o) { count_order(t, o); });
    each(node, "work_order", [&](const object& w) { count_work_order(t, w); });
    each(node, "machine", [&](const object& m) { count_machine(t, m); });
    each(node, "anomaly", [&](const object& a) { count_anomaly(t, a); });
    each(node, "material", [&](const object& m) { t.stock_alerts += truth(m, "low") ? 1 : 0; });
    each(node, "dead_letter", [&](const object& d) { t.dead_letters += text(d, "status") == "open" ? 1 : 0; });
    return t;
}

object to_json_object(const tally& t)
{
    object machines;
    for (const auto& [state, n] : t.machines) machines.emplace(state, n);
    return {{"orders", object{{"received", t.orders.received},
                              {"released", t.orders.released},
                              {"open", t.orders.open},
                              {"shipped", t.orders.shipped},
                              {"late", t.orders.late}}},
            {"work_orders", object{{"created", t.work_orders.created},
                                   {"released", t.work_orders.released},
                                   {"in_progress", t.work_orders.in_progress},
                                   {"completed", t.work_orders.completed}}},
            {"anomalies", object{{"opened", t.anomalies.opened}, {"closed", t.anomalies.closed}}},
            {"machines", std::move(machines)},
            {"stock_alerts", t.stock_alerts},
            {"dead_letters", t.dead_letters}};
}

} // namespace takt::app
