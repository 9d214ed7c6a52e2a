#include <algorithm>
#include <set>

#include "actors/mes/schedule_parts.hpp"
#include "actors/refusals.hpp"
#include "messages/anomaly/coordination.hpp"
#include "messages/hrm/operator.hpp"
#include "scheduling/calendar.hpp"
#include "scheduling/improve.hpp"

/// Optional shifts: which may be worked, and which are worth their overtime.
namespace takt::schedule {
namespace {

/// Each that is tried costs a search.
constexpr std::size_t shifts_tried = 4;
constexpr std::uint64_t iterations_each = 100;
/// A shift that gains less, in the goal's hours, is not worth calling people in.
constexpr double gain_least = 2;

bool same(const opened_shift& a, const std::string& shift, const std::string& date)
{
    return a.shift == shift && a.date == date;
}

const opened_shift* find(const std::vector<opened_shift>& all, const std::string& shift, const std::string& date)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& o) { return same(o, shift, date); });
    return found == all.end() ? nullptr : &*found;
}

bool works_it(const person_entry& p, const std::string& shift)
{
    return std::find(p.shifts.begin(), p.shifts.end(), shift) != p.shifts.end();
}

/// Every optional shift that begins in [from, to) and is not opened, in the order of time.
std::vector<opened_shift> closed_shifts(const state& s, instant from, instant to)
{
    std::vector<opened_shift> all;
    for (const auto& pattern : s.definition.shifts) {
        const bool anybody = std::any_of(s.people.begin(), s.people.end(),
                                         [&](const auto& p) { return works_it(p.second, pattern.key); });
        if (!pattern.optional || !anybody) continue;
        hrm::work_calendar when{s.definition.zone, {pattern}, {}};
        when.shifts.front().breaks.clear();
        for (const auto& i : scheduling::working_time(when, from.ms, to.ms)) {
            auto date = scheduling::local_date(s.definition.zone, i.start);
            if (i.start <= from.ms || i.start == i.end || find(s.opened, pattern.key, date) != nullptr) continue;
            all.push_back({pattern.key, std::move(date), instant{i.start}, instant{i.end}});
        }
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    return all;
}

/// What the plan is worth after a short search; less is better.
struct worth {
    double value = 0;
    bool late = false;
};
worth worth_of(const state& s, instant now, const std::stop_token& stopping)
{
    const auto task = task_of(s, now);
    scheduling::improvement_limits limits;
    limits.iterations = iterations_each;
    limits.stop = [&] { return stopping.stop_requested(); };
    const auto found = scheduling::improve(task.problem, task.in_force, wanted(s.definition), limits);
    return {cost_of(s.definition, found.after, found.plan.left_out.size()),
            found.after[scheduling::objective::weighted_tardiness] > 0 || !found.plan.left_out.empty()};
}

} // namespace

std::vector<opened_shift> shifts_worth_opening(state s, instant now, const std::stop_token& stopping)
{
    std::vector<opened_shift> worked;
    auto candidates = closed_shifts(s, now + s.definition.shift_notice_ms, now + s.definition.shift_ahead_ms);
    if (candidates.empty()) return worked;
    auto best = worth_of(s, now, stopping);
    candidates.resize(std::min(candidates.size(), shifts_tried));
    for (const auto& c : candidates) {
        if (!best.late || stopping.stop_requested()) break;
        s.opened.push_back(c);
        const auto with = worth_of(s, now, stopping);
        if (with.value + gain_least < best.value) {
            best = with;
            worked.push_back(c);
        } else {
            s.opened.pop_back();
        }
    }
    return worked;
}

void call_in(decision& d, state& s, const opened_shift& what, std::string cause, const context& about)
{
    shift_opened event{what, std::move(cause), about.now};
    apply(s, event);
    d.emit(std::move(event));
    for (const auto& [key, p] : s.people)
        if (works_it(p, what.shift)) d.send(key.text, operator_::call_in{what.shift, what.from, what.to});
}

decision decide(const state& s, const open_shift& what, const context& about)
{
    if (find(s.opened, what.shift, what.date) != nullptr) return {};
    const auto all = closed_shifts(s, about.now, about.now + s.definition.horizon_ms);
    const auto* found = find(all, what.shift, what.date);
    if (found == nullptr)
        return decision::refuse("no_such_shift",
                                "no optional shift '" + what.shift + "' that anybody works begins on " + what.date +
                                    ", from now on and within the horizon",
                                "date");
    decision d;
    auto with = s;
    call_in(d, with, *found, "planner", about);
    plan_anew(d, s, about, "shift " + what.shift + " on " + what.date + " opened");
    return d;
}

decision decide(const state& s, const open_next_shift& /*what*/, const context& about)
{
    const auto all = closed_shifts(s, about.now, about.now + s.definition.horizon_ms);
    decision d;
    anomaly::note_step answer{anomaly::step_kind::open_shift, !all.empty(), "no optional shift is left"};
    if (!all.empty()) {
        auto with = s;
        answer.detail = all.front().shift + " on " + all.front().date;
        call_in(d, with, all.front(), "lateness", about);
        plan_anew(d, s, about, "shift " + answer.detail + " opened");
    }
    if (const auto key = anomaly::case_of(about.sender); !key.empty()) d.send(key, std::move(answer));
    return d;
}

decision decide(const state& s, const close_shift& what, const context& about)
{
    const auto* found = find(s.opened, what.shift, what.date);
    if (found == nullptr)
        return decision::refuse("not_open", "shift '" + what.shift + "' on " + what.date + " is not opened", "date");
    if (found->from <= about.now) return decision::refuse("begun", "that shift has begun", "date");
    decision d;
    d.emit(shift_closed{*found, about.now});
    for (const auto& [key, p] : s.people)
        if (works_it(p, what.shift)) d.send(key.text, operator_::call_off{what.shift, found->from});
    plan_anew(d, s, about, "shift " + what.shift + " on " + what.date + " closed");
    return d;
}

void apply(state& s, const shift_opened& e)
{
    std::erase_if(s.opened, [&](const opened_shift& o) { return o.to < e.at; });
    s.opened.push_back(e.what);
}

void apply(state& s, const shift_closed& e)
{
    std::erase_if(s.opened, [&](const opened_shift& o) { return same(o, e.what.shift, e.what.date); });
}

} // namespace takt::schedule
