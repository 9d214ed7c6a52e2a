#include <algorithm>

#include "actors/mes/schedule_parts.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/anomaly/coordination.hpp"
#include "messages/hrm/operator.hpp"
#include "scheduling/calendar.hpp"

/// Somebody is on shift, work stands ready for their skill, and they are not there.
namespace takt::schedule {
namespace {

/// The symptom says whose schedule misses the person.
std::string trouble_of(const context& about) { return "missing_operator." + std::string(about.self.key()); }
constexpr milliseconds grace{15 * 60'000}; ///< who is later is missed
/// Between two shifts of one person (Directive 2003/88/EC, article 3).
constexpr milliseconds rest_least{11 * 3'600'000};
constexpr milliseconds worth_coming{60 * 60'000}; ///< for less nobody is called in
constexpr milliseconds around{3 * 24 * 3'600'000LL};

entity_ref source_of(const operator_id& person) { return {"operator", person.text}; }
std::string timer_of(const operator_id& person) { return "missing-" + person.text; }

void answer(decision& d, const context& about, anomaly::step_kind step, bool done, std::string detail)
{
    if (const auto key = anomaly::case_of(about.sender); !key.empty())
        d.send(key, anomaly::note_step{step, done, std::move(detail)});
}

bool shares_a_skill(const person_entry& a, const person_entry& b)
{
    return std::any_of(a.skills.begin(), a.skills.end(), [&](const std::string& skill) {
        return std::find(b.skills.begin(), b.skills.end(), skill) != b.skills.end();
    });
}

/// Neither at work, nor about to be, nor just gone.
bool is_rested(const scheduling::calendar& own, instant from, instant to)
{
    if (own.empty()) return false; // always there: not to be called
    const auto first = (from - rest_least).ms, last = (to + rest_least).ms;
    return std::none_of(own.begin(), own.end(), [&](const auto& i) { return i.start < last && first < i.end; });
}

} // namespace

std::optional<instant> note_missing(decision& d, const state& s, const operator_id& key, const std::string& skill,
                                    const context& about)
{
    const auto found = s.people.find(key);
    if (found == s.people.end() || found->second.present || found->second.missing_until) return {};
    calendars all(s, about.now - around, about.now + around);
    const auto& own = all.of(found->second.shifts);
    const auto shift = std::find_if(own.begin(), own.end(),
                                    [&](const auto& i) { return i.start <= about.now.ms && about.now.ms < i.end; });
    if (shift == own.end()) return {};
    const instant missed{shift->start + grace.count()}, until{shift->end};
    if (about.now < missed) return missed;
    d.emit(person_missed{key, skill, until});
    d.set_timer(timer_of(key), until, check_person{key});
    const auto source = source_of(key);
    const auto trouble = trouble_of(about);
    d.send(anomaly::key_of(trouble, source),
           anomaly::raise{source, trouble, anomaly::severity::warning,
                          "is on shift until " + to_rfc3339(until) + " and not there; work waits for " + skill});
    return {};
}

void end_missing(decision& d, const state& s, const operator_id& key, const std::string& how, const context& about)
{
    const auto found = s.people.find(key);
    if (found == s.people.end() || !found->second.missing_until) return;
    d.emit(miss_ended{key});
    d.cancel_timer(timer_of(key));
    const auto trouble = trouble_of(about);
    d.send(anomaly::key_of(trouble, source_of(key)), anomaly::clear{trouble, how, {}});
}

decision decide(const state& s, const check_person& what, const context& about)
{
    decision d;
    end_missing(d, s, what.person, "shift_over", about);
    return d;
}

decision decide(const state& s, const find_substitute& what, const context& about)
{
    using anomaly::step_kind;
    decision d;
    const auto missing = s.people.find(what.person);
    if (missing == s.people.end() || !missing->second.missing_until) {
        answer(d, about, step_kind::call_in, true, "is not missing any more");
        return d;
    }
    const auto until = *missing->second.missing_until;
    if (until - about.now < worth_coming) {
        answer(d, about, step_kind::call_in, false, "the shift is nearly over");
        return d;
    }
    calendars all(s, about.now - around, about.now + around);
    for (const auto& [key, p] : s.people) {
        const bool called =
            std::any_of(p.extra.begin(), p.extra.end(), [&](const auto& x) { return x.to > about.now; });
        if (p.present || called || !shares_a_skill(p, missing->second) ||
            !is_rested(all.of(p.shifts), about.now, until))
            continue;
        d.emit(substitute_called{key, what.person, about.now, until});
        d.send(key.text, operator_::call_in{"substitute", about.now, until});
        plan_anew(d, s, about, "operator " + key.text + " called in");
        answer(d, about, step_kind::call_in, true, key.text + " comes until " + to_rfc3339(until));
        return d;
    }
    answer(d, about, step_kind::call_in, false, "nobody with these skills is rested");
    return d;
}

decision decide(const state& s, const plan_without& what, const context& about)
{
    using anomaly::step_kind;
    decision d;
    const auto missing = s.people.find(what.person);
    if (missing == s.people.end() || !missing->second.missing_until) {
        answer(d, about, step_kind::plan_without, true, "is not missing any more");
        return d;
    }
    d.emit(person_excused{what.person, *missing->second.missing_until});
    plan_at_once(d, s, about, "operator " + what.person.text + " missing");
    answer(d, about, step_kind::plan_without, true,
           "nobody counts on " + what.person.text + " until " + to_rfc3339(*missing->second.missing_until));
    return d;
}

scheduling::calendar presence_of(const person_entry& p, scheduling::calendar ordinary, instant now)
{
    if (ordinary.empty()) return ordinary;
    if (p.excused_until && *p.excused_until > now)
        for (auto& i : ordinary)
            if (i.start < p.excused_until->ms && now.ms < i.end) i.start = std::min(i.end, p.excused_until->ms);
    std::erase_if(ordinary, [](const auto& i) { return i.start == i.end; });
    for (const auto& x : p.extra)
        if (x.to > now) ordinary.push_back({x.from.ms, x.to.ms});
    std::sort(ordinary.begin(), ordinary.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
    if (ordinary.empty()) ordinary.push_back({now.ms, now.ms}); // never is not always
    return ordinary;
}

void apply(state& s, const person_missed& e) { s.people[e.person].missing_until = e.until; }
void apply(state& s, const person_excused& e) { s.people[e.person].excused_until = e.until; }

void apply(state& s, const substitute_called& e)
{
    auto& extra = s.people[e.person].extra;
    std::erase_if(extra, [&](const auto& x) { return x.to < e.from; });
    extra.push_back({e.from, e.to});
}

void apply(state& s, const miss_ended& e)
{
    auto& p = s.people[e.person];
    p.missing_until.reset();
    p.excused_until.reset();
}

} // namespace takt::schedule
