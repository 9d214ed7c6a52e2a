#include "actors/hrm/roster.hpp"

#include <set>

#include "messages/eam/maintenance_order.hpp"

namespace takt::roster {
namespace {

/// Gives what waits to those who are there and free: the most urgent first, and to whoever came first.
void give_out(decision& d, state s)
{
    std::set<std::string> busy;
    for (const auto& [task, person] : s.on) busy.insert(person.text);
    for (const auto& person : s.present) {
        if (s.waiting.empty()) return;
        if (busy.contains(person.text)) continue;
        const given event{s.waiting.front().task, person};
        apply(s, event);
        d.emit(event);
        d.send(event.task.key(), maintenance_order::assign{person.text});
    }
}

/// The state after what has been decided so far.
template <class Event> state with(state s, decision& d, Event event)
{
    apply(s, event);
    d.emit(std::move(event));
    return s;
}

} // namespace

decision decide(const state& s, const note_attendance& what, const context& /*about*/)
{
    decision d;
    give_out(d, with(s, d, attendance_noted{what.person, what.present}));
    return d;
}

decision decide(const state& s, const request& what, const context& about)
{
    decision d;
    give_out(d, with(s, d, requested{what.task, what.urgency, about.now}));
    return d;
}

decision decide(const state& s, const note_taken& what, const context& /*about*/)
{
    decision d;
    give_out(d, with(s, d, given{what.task, what.person}));
    return d;
}

decision decide(const state& s, const release& what, const context& /*about*/)
{
    decision d;
    give_out(d, with(s, d, released{what.task}));
    return d;
}

void apply(state& s, const attendance_noted& e)
{
    std::erase(s.present, e.person);
    if (e.present) s.present.push_back(e.person);
}

void apply(state& s, const requested& e)
{
    const auto after =
        std::find_if(s.waiting.begin(), s.waiting.end(), [&](const waiting_task& w) { return w.urgency < e.urgency; });
    s.waiting.insert(after, {e.task, e.urgency, e.at});
}

void apply(state& s, const given& e)
{
    std::erase_if(s.waiting, [&](const waiting_task& w) { return w.task == e.task; });
    s.on[e.task.path()] = e.person;
}

void apply(state& s, const released& e)
{
    std::erase_if(s.waiting, [&](const waiting_task& w) { return w.task == e.task; });
    s.on.erase(e.task.path());
}

} // namespace takt::roster
