#include <algorithm>
#include <set>

#include "gateways/http/promise_parts.hpp"

/// What else could be offered when the date is late.
namespace takt::http {
namespace {

scheduling::calendar longer(const scheduling::calendar& shifts, std::int64_t by)
{
    scheduling::calendar all;
    for (auto i : shifts) {
        if (i.start < i.end) i.end += by;
        if (!all.empty() && i.start <= all.back().end)
            all.back().end = std::max(all.back().end, i.end);
        else
            all.push_back(i);
    }
    return all;
}

} // namespace

/// A date without its steps.
std::optional<instant> promising::quietly_ready(const item_id& item, takt::quantity amount)
{
    auto steps = std::move(steps_);
    auto work = std::move(final_);
    const auto date = ready(item, amount, 0);
    steps_ = std::move(steps);
    final_ = std::move(work);
    return date;
}

/// The largest number of pieces that is there in time. More is never there earlier.
takt::quantity promising::most_by(const promise_answer& a, instant by)
{
    std::int64_t possible = 0, impossible = a.quantity.whole();
    while (impossible - possible > 1) {
        const auto middle = possible + (impossible - possible) / 2;
        const auto date = quietly_ready(a.product, takt::quantity::of(middle));
        (date && *date <= by ? possible : impossible) = middle;
    }
    return takt::quantity::of(possible);
}

void promising::add_alternatives(promise_answer& a)
{
    if (!a.date || *a.date <= due_.value_or(now_)) return;
    const auto by = due_.value_or(now_);
    if (const auto first = most_by(a, by)) {
        a.alternatives.push_back(
            {"partial", {{first, by}}, to_string(first) + " of " + to_string(a.quantity) + " are there by then"});
        add_split(a, first);
    }
    if (due_) add_overtime(a);
}

/// The first delivery is made before the rest, in a run of its own, unless stock suffices for it.
void promising::add_split(promise_answer& a, takt::quantity first)
{
    if (!final_) return;
    const auto made_first = first - std::min(first, a.quantity - final_->amount);
    const auto rest = final_->amount - made_first;
    if (!made_first) {
        a.alternatives.push_back(
            {"split", {{first, due_.value_or(now_)}, {rest, *a.date}}, "from stock at once, the rest when it is made"});
        return;
    }
    auto kit = now_;
    auto steps = std::move(steps_);
    for (const auto& line : final_->made.bom)
        kit = std::max(kit, ready(line.item, line.quantity_per * made_first, 1).value_or(final_->kit));
    steps_ = std::move(steps);
    auto job = job_for(a.product, now_, due_);
    auto& plan = plan_of(final_->made.area);
    schedule::append_operations(job, plan.schedule, job.key + "/first", final_->made, made_first, kit);
    const auto last_of_first = job.operations.back().key;
    schedule::append_operations(job, plan.schedule, job.key + "/rest", final_->made, rest, final_->kit);
    const auto both = plan.promiser->ask(job, 1);
    if (!both.possible) return;
    const auto end_of = [&](const std::string& key) {
        for (const auto& s : both.steps)
            if (s.operation == key) return instant{s.end};
        return instant{both.end};
    };
    const auto early = end_of(last_of_first), late = end_of(job.operations.back().key);
    if (early >= *a.date) return;
    a.alternatives.push_back({"split", {{first, early}, {rest, late}}, "made in two runs, each set up for itself"});
}

/// The machine at which the work waits for the machine itself, its operator or its hours, the last such wait; if it
/// waits for none, where it takes longest, nights included.
std::string promising::bottleneck() const
{
    for (const auto& b : final_->placed.why) {
        if (b.kind != "machine" && b.kind != "operator" && b.kind != "calendar") continue;
        for (const auto& s : final_->placed.steps)
            if (s.operation == b.operation) return s.machine;
    }
    const auto& steps = final_->placed.steps;
    return std::max_element(steps.begin(), steps.end(),
                            [](const auto& a, const auto& b) { return a.end - a.start < b.end - b.start; })
        ->machine;
}

/// That machine, and all who can work at it, go on for a while after each shift.
void promising::add_overtime(promise_answer& a)
{
    constexpr std::int64_t hours = 2, hour_ms = 3'600'000;
    const auto machine = final_ ? bottleneck() : std::string();
    if (machine.empty()) return;
    auto job = job_for(a.product, now_, due_);
    const auto& plan = plan_of(final_->made.area);
    schedule::append_operations(job, plan.schedule, job.key, final_->made, final_->amount, final_->kit);
    std::set<std::string> skills;
    for (const auto& o : job.operations)
        for (const auto& mode : o.modes)
            if (mode.machine == machine) skills.insert(mode.skill);
    auto extended = plan.task.problem;
    for (auto& m : extended.machines)
        if (m.key == machine) m.available = longer(m.available, hours * hour_ms);
    for (auto& one : extended.people)
        if (std::any_of(one.skills.begin(), one.skills.end(), [&](const auto& s) { return skills.count(s) != 0; }))
            one.available = longer(one.available, hours * hour_ms);
    const auto placed = scheduling::promise(extended, plan.task.in_force, job, 1);
    if (!placed.possible || instant{placed.end} >= *a.date) return;
    a.alternatives.push_back(
        {"overtime",
         {{a.quantity, instant{placed.end}}},
         std::to_string(hours) + " h more after each shift for " + machine + " and those who can work at it"});
}

} // namespace takt::http
