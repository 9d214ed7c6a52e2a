#include <algorithm>

#include "actors/core/worth_telling.hpp"
#include "actors/mes/schedule_parts.hpp"

/// What machines are told ahead of dispatches.
namespace takt::schedule {
namespace {

using told_operations = std::vector<told_operation>;

told_operations first_of(const state& s, const machine_entry& m)
{
    told_operations next;
    for (const auto& key : m.queue) {
        if (static_cast<int>(next.size()) >= s.definition.next_operations) break;
        const auto* o = find_operation(s, key.work_order, key.operation);
        if (o != nullptr && o->planned) next.push_back({key, o->planned->person, o->planned->start});
    }
    return next;
}

/// As long as things begin in the order that was told, about when it was told, the machine hears of more only when it
/// knows of half as many as it may.
bool worth_telling(const told_operations& told, const told_operations& next, int wanted, instant now)
{
    if (told.size() > next.size()) return true;
    const auto same = [&](const told_operation& a, const told_operation& b) {
        return a.key == b.key && a.person == b.person && !takt::worth_telling(a.start, b.start, now);
    };
    if (!std::equal(told.begin(), told.end(), next.begin(), same)) return true;
    return told.size() < next.size() && static_cast<int>(told.size()) * 2 <= wanted;
}

machine::next_operation described(const state& s, const told_operation& t)
{
    const auto& job = s.jobs.at(t.key.work_order);
    const auto* o = find_operation(s, t.key.work_order, t.key.operation);
    machine::next_operation next{
        t.key.work_order, t.key.operation, job.item, o->what.quantity, t.person, o->what.setup_family, t.start, {}, {}};
    next.setup_end = o->planned->setup_end;
    next.end = o->planned->end;
    return next;
}

} // namespace

void tell_next(decision& d, planned& event, const state& after, const context& about)
{
    for (const auto& [key, m] : after.machines) {
        auto next = first_of(after, m);
        if (!worth_telling(m.told, next, after.definition.next_operations, about.now)) continue;
        machine::note_next told;
        for (const auto& t : next) told.next.push_back(described(after, t));
        d.send(key.text, std::move(told));
        event.next.push_back({key, std::move(next)});
    }
}

} // namespace takt::schedule
