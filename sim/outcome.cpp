#include "sim/outcome.hpp"

#include "actors/erp/order.hpp"
#include "actors/mes/machine.hpp"
#include "actors/mes/work_order.hpp"
#include "scheduling/calendar.hpp"

namespace takt::sim {
namespace {

constexpr double hour_ms = 3'600'000;

double hours(milliseconds time) { return static_cast<double>(time.count()) / hour_ms; }
double percent(double part, double whole, double otherwise) { return whole > 0 ? 100 * part / whole : otherwise; }

template <class State, class F> void each(virtual_plant& plant, std::string_view kind, F look)
{
    auto& host = plant.node().host();
    const auto prefix = std::string(kind) + '/';
    for (auto i = host.paths().lower_bound(prefix); i != host.paths().end() && i->starts_with(prefix); ++i)
        look(host.state<State>(entity_ref(*i)));
}

} // namespace

observation::observation(virtual_plant& plant, const plant::file& file)
    : plant_(plant), file_(file), from_(plant.node().now()), before_(sum_of_machines())
{
}

observation::machine_sums observation::sum_of_machines() const
{
    machine_sums sum;
    each<machine::state>(plant_, "machine", [&](const machine::state& m) {
        sum.setup_h += hours(m.setup_ms);
        sum.run_h += hours(m.run_ms);
        sum.energy_kwh += m.energy_kwh;
    });
    return sum;
}

void observation::count_orders(plant::outcome& out) const
{
    using enum order::order_status;
    const auto now = plant_.node().now();
    each<order::state>(plant_, "order", [&](const order::state& o) {
        if (o.status == none || o.status == cancelled || o.status == rejected) return;
        if (o.due < from_ || o.due > now) return;
        ++out.orders_due;
        const auto ended = o.status == shipped && o.shipped_at ? *o.shipped_at : now;
        const double late = hours(std::max(milliseconds{0}, ended - o.due));
        if (o.status == shipped && late == 0) ++out.orders_on_time;
        out.tardiness_h += late;
        out.weighted_tardiness += late * o.priority;
    });
}

void observation::count_work_orders(plant::outcome& out) const
{
    const auto now = plant_.node().now();
    double in_progress_h = 0, flow_h = 0;
    each<work_order::state>(plant_, "work_order", [&](const work_order::state& w) {
        if (w.operations.empty() || !w.operations.front().started) return;
        const auto begun = *w.operations.front().started;
        const auto ended = std::min(w.completed_at.value_or(now), now);
        if (ended <= from_) return;
        in_progress_h += hours(ended - std::max(begun, from_));
        if (!w.completed_at) return;
        ++out.completed;
        flow_h += hours(ended - begun);
    });
    if (now > from_) out.work_in_progress = in_progress_h / hours(now - from_);
    if (out.completed > 0) out.flow_time_h = flow_h / static_cast<double>(out.completed);
}

/// What the machines' shifts leave, a furnace with several places like any other.
double observation::machine_hours() const
{
    const auto to = plant_.node().now();
    std::map<std::vector<std::string>, double> known;
    double sum = 0;
    for (const auto& m : file_.machines) {
        auto [found, fresh] = known.try_emplace(m.shifts, hours(to - from_));
        if (fresh && !m.shifts.empty()) {
            hrm::work_calendar pattern{file_.time_zone, {}, file_.holidays};
            for (const auto& s : file_.shifts)
                if (std::find(m.shifts.begin(), m.shifts.end(), s.key) != m.shifts.end()) pattern.shifts.push_back(s);
            found->second = 0;
            for (const auto& open : scheduling::working_time(pattern, from_.ms, to.ms))
                found->second += hours(milliseconds{open.end - open.start});
        }
        sum += found->second;
    }
    return sum;
}

plant::outcome observation::so_far() const
{
    plant::outcome out;
    count_orders(out);
    count_work_orders(out);
    const auto sums = sum_of_machines();
    out.setup_h = sums.setup_h - before_.setup_h;
    out.run_h = sums.run_h - before_.run_h;
    out.energy_kwh = sums.energy_kwh - before_.energy_kwh;
    out.on_time_percent = percent(static_cast<double>(out.orders_on_time), static_cast<double>(out.orders_due), 100);
    out.setup_percent = percent(out.setup_h, out.setup_h + out.run_h, 0);
    out.utilisation_percent = percent(out.setup_h + out.run_h, machine_hours(), 0);
    return out;
}

} // namespace takt::sim
