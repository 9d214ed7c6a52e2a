#include "scheduling/timeline.hpp"

#include <algorithm>

namespace takt::scheduling {

std::size_t first_after(const bookings& all, time_ms at)
{
    const auto found =
        std::upper_bound(all.begin(), all.end(), at, [](time_ms t, const booking& b) { return t < b.end; });
    return static_cast<std::size_t>(found - all.begin());
}

void insert(bookings& all, const booking& one)
{
    const auto place = std::upper_bound(all.begin(), all.end(), one, [](const booking& a, const booking& b) {
        return a.start < b.start || (a.start == b.start && a.end < b.end);
    });
    all.insert(place, one);
}

void insert_running(bookings& all, const booking& one)
{
    for (auto& other : all) {
        if (other.end <= one.start || one.end <= other.start) continue;
        other.start = std::min(other.start, one.start);
        other.end = std::max(other.end, one.end);
        return;
    }
    insert(all, one);
}

working_hours::working_hours(calendar when) : when_(std::move(when))
{
    if (when_.empty()) when_.push_back({-forever, forever});
}

std::optional<std::size_t> working_hours::spend(std::size_t i, time_ms& at, time_ms duration) const
{
    for (; i < when_.size(); ++i) {
        at = std::max(at, when_[i].start);
        const time_ms left = when_[i].end - at;
        if (duration <= left) {
            at += duration;
            return i;
        }
        duration -= left;
        at = when_[i].end;
    }
    return std::nullopt;
}

std::optional<working_hours::stretch> working_hours::work(time_ms at, time_ms setup, time_ms run, bool whole) const
{
    const auto first =
        std::upper_bound(when_.begin(), when_.end(), at, [](time_ms t, const interval& i) { return t < i.end; });
    auto i = static_cast<std::size_t>(first - when_.begin());
    while (whole && i < when_.size() && std::max(at, when_[i].start) + setup + run > when_[i].end) ++i;
    if (i == when_.size()) return std::nullopt;

    stretch done;
    time_ms t = std::max(at, when_[i].start);
    done.start = t;
    const auto set_up = spend(i, t, setup);
    if (!set_up) return std::nullopt;
    done.setup_end = t;
    if (!spend(*set_up, t, run)) return std::nullopt;
    done.end = t;
    return done;
}

calendar intersection(const calendar& a, const calendar& b)
{
    calendar both;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        const interval shared{std::max(a[i].start, b[j].start), std::min(a[i].end, b[j].end)};
        if (shared.start < shared.end) both.push_back(shared);
        if (a[i].end < b[j].end)
            ++i;
        else
            ++j;
    }
    return both;
}

namespace {

/// The place of an equal calendar in `all`, appended if there is none.
std::size_t place_of(std::vector<calendar>& all, const calendar& when)
{
    const auto found = std::find(all.begin(), all.end(), when);
    if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
    all.push_back(when);
    return all.size() - 1;
}

working_hours meet(const calendar& machine, const calendar& person)
{
    if (machine.empty()) return working_hours(person);
    if (person.empty()) return working_hours(machine);
    auto both = intersection(machine, person);
    if (both.empty()) both.push_back({machine.back().end, machine.back().end}); // never, which is not always
    return working_hours(std::move(both));
}

} // namespace

shared_hours::shared_hours(const problem& p)
{
    std::vector<calendar> of_machines, of_people{calendar{}}; // an unattended machine has no one's calendar
    for (const auto& m : p.machines) machine_.push_back(place_of(of_machines, m.available));
    for (const auto& one : p.people) person_.push_back(place_of(of_people, one.available));
    columns_ = of_people.size();
    for (const auto& machine : of_machines)
        for (const auto& person : of_people) pairs_.push_back(meet(machine, person));
}

const working_hours& shared_hours::of(int machine, int person) const
{
    const std::size_t column = person < 0 ? 0 : person_[static_cast<std::size_t>(person)];
    return pairs_[machine_[static_cast<std::size_t>(machine)] * columns_ + column];
}

} // namespace takt::scheduling
