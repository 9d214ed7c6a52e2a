#include <algorithm>

#include "actors/mes/schedule_parts.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/anomaly/coordination.hpp"

/// Machines that hold so that a demand window stays below its limit.
namespace takt::schedule {
namespace {

constexpr const char* load_timer = "load";

struct sheddable {
    machine_id machine;
    int priority = 0;
    double kw = 0;
};

/// Machines whose work may stop in its middle, the least urgent first, of equals the one that draws most.
std::vector<sheddable> candidates(const state& s)
{
    std::vector<sheddable> all;
    for (const auto& [key, m] : s.machines) {
        if (!m.up || m.runs.empty() || m.rated_power_kw <= 0) continue;
        sheddable one{key, 0, m.rated_power_kw};
        bool may = true;
        for (const auto& r : m.runs) {
            const auto* o = find_operation(s, r.work_order, r.operation);
            const auto job = s.jobs.find(r.work_order);
            may = may && o != nullptr && job != s.jobs.end() && o->what.interruptible && !o->what.batch;
            if (job != s.jobs.end()) one.priority = std::max(one.priority, job->second.priority);
        }
        if (may) all.push_back(one);
    }
    std::stable_sort(all.begin(), all.end(), [](const sheddable& a, const sheddable& b) {
        return a.priority != b.priority ? a.priority < b.priority : a.kw > b.kw;
    });
    return all;
}

} // namespace

decision decide(const state& s, const shed_load& what, const context& /*about*/)
{
    load_shed e{{}, 0, what.until, what.reason};
    if (!s.shed)
        for (const auto& one : candidates(s)) {
            if (e.kw >= what.kw) break;
            e.machines.push_back(one.machine);
            e.kw += one.kw;
        }
    decision d;
    for (const auto& m : e.machines) d.send(m.text, machine::block{what.reason, true});
    std::string detail = s.shed ? "load is shed already" : e.machines.empty() ? "no machine may hold" : "hold:";
    for (const auto& m : e.machines) detail.append(" ").append(m.text);
    const bool any = !e.machines.empty();
    if (any) {
        d.set_timer(load_timer, what.until, restore_load{});
        d.emit(std::move(e));
    }
    if (!what.anomaly.empty())
        d.send(what.anomaly, anomaly::note_step{anomaly::step_kind::shed_load, any || s.shed, std::move(detail)});
    return d;
}

decision decide(const state& s, const restore_load& /*what*/, const context& /*about*/)
{
    if (!s.shed) return {};
    decision d;
    for (const auto& m : s.shed->machines) d.send(m.text, machine::unblock{true, s.shed->reason});
    d.emit(load_restored{});
    return d;
}

void apply(state& s, const load_shed& e) { s.shed = e; }
void apply(state& s, const load_restored& /*e*/) { s.shed.reset(); }

} // namespace takt::schedule
