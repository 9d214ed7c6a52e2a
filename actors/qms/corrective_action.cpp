#include "actors/qms/corrective_action.hpp"

#include <algorithm>

#include "messages/anomaly/anomaly.hpp"
#include "messages/qms/sampling.hpp"

namespace takt::corrective_action {
namespace {

constexpr const char* due_timer = "due";
constexpr const char* overdue = "corrective_action_overdue"; ///< symptom
constexpr milliseconds usual_time = std::chrono::hours(14 * 24);

bool is_open(const state& s) { return s.status != status::none && s.status != status::closed; }

std::optional<decision> refuse(const state& s, const std::string& by, std::initializer_list<status> in,
                               const context& about)
{
    if (by.empty()) return decision::refuse("name_missing", "say who you are", "by");
    if (std::find(in.begin(), in.end(), s.status) != in.end()) return std::nullopt;
    return decision::refuse("is_" + std::string(enum_name(s.status)),
                            about.self.path() + " is " + std::string(enum_name(s.status)));
}

void watch_due(decision& d, instant due, std::int64_t number) { d.set_timer(due_timer, due, check_due{number}); }

void clear_overdue(decision& d, const state& s, const context& about)
{
    if (s.overdue) d.send(anomaly::key_of(overdue, about.self), anomaly::clear{overdue, "", "done"});
}

void end_verification(decision& d, const state& s, bool effective, std::string by, std::string detail,
                      const context& about)
{
    d.emit(verified{std::move(by), std::move(detail), effective, about.now});
    if (!effective) watch_due(d, about.now + usual_time, s.number);
}

} // namespace

decision decide(const state& s, const open& what, const context& about)
{
    if (is_open(s)) {
        if (about.sender.starts_with("sampling/")) return {}; // it is being dealt with
        return decision::refuse("already_open", about.self.path() + " is " + std::string(enum_name(s.status)));
    }
    if (what.problem.empty()) return decision::refuse("problem_missing", "say what keeps coming back", "problem");
    if (what.verify_lots < 1) return decision::refuse("not_positive", "at least one lot", "verify_lots");
    decision d;
    const auto due = what.due.value_or(about.now + usual_time);
    d.emit(opened{s.number + 1, what, due, about.now});
    watch_due(d, due, s.number + 1);
    return d;
}

decision decide(const state& s, const plan& what, const context& about)
{
    if (auto refused = refuse(s, what.by, {status::open, status::planned}, about)) return *refused;
    if (what.root_cause.empty()) return decision::refuse("root_cause_missing", "say why it happens", "root_cause");
    if (what.action.empty()) return decision::refuse("action_missing", "say what will be done", "action");
    decision d;
    const auto due = what.due.value_or(s.due);
    d.emit(planned{what.by, what.root_cause, what.action, due, about.now});
    watch_due(d, due, s.number);
    return d;
}

decision decide(const state& s, const report_implemented& what, const context& about)
{
    if (auto refused = refuse(s, what.by, {status::planned}, about)) return *refused;
    decision d;
    d.emit(implemented{what.by, what.detail, about.now});
    d.cancel_timer(due_timer);
    clear_overdue(d, s, about);
    if (s.what.about.kind() == "sampling")
        d.send(s.what.about.key(), sampling::watch{about.self, s.number, s.what.verify_lots});
    return d;
}

decision decide(const state& s, const verify& what, const context& about)
{
    if (auto refused = refuse(s, what.by, {status::implemented}, about)) return *refused;
    if (what.detail.empty()) return decision::refuse("detail_missing", "say what shows it", "detail");
    decision d;
    if (s.what.about.kind() == "sampling") d.send(s.what.about.key(), sampling::end_watch{about.self});
    end_verification(d, s, what.effective, what.by, what.detail, about);
    return d;
}

decision decide(const state& s, const note_next_lots& what, const context& about)
{
    if (s.status != status::implemented || what.number != s.number) return {};
    decision d;
    const bool effective = what.lots >= s.what.verify_lots;
    const std::string detail =
        effective ? std::to_string(what.lots) + " lots in a row were accepted" : "a lot was not accepted";
    end_verification(d, s, effective, about.sender, detail, about);
    return d;
}

decision decide(const state& s, const check_due& what, const context& about)
{
    const bool waits = s.status == status::open || s.status == status::planned;
    if (!waits || what.number != s.number || s.overdue) return {};
    decision d;
    d.emit(fell_due{about.now});
    d.send(anomaly::key_of(overdue, about.self),
           anomaly::raise{about.self, overdue, anomaly::severity::warning, s.what.problem, {}});
    return d;
}

void apply(state& s, const opened& e)
{
    s = {};
    s.number = e.number;
    s.status = status::open;
    s.what = e.what;
    s.due = e.due;
    s.opened_at = e.at;
}

void apply(state& s, const planned& e)
{
    s.status = status::planned;
    s.root_cause = e.root_cause;
    s.action = e.action;
    s.due = e.due;
    s.by = e.by;
    s.planned_at = e.at;
}

void apply(state& s, const implemented& e)
{
    s.status = status::implemented;
    ++s.attempts;
    s.overdue = false;
    s.by = e.by;
    s.detail = e.detail;
    s.implemented_at = e.at;
}

void apply(state& s, const verified& e)
{
    s.status = e.effective ? status::closed : status::open;
    s.by = e.by;
    s.detail = e.detail;
    if (e.effective) s.closed_at = e.at;
}

void apply(state& s, const fell_due& /*e*/) { s.overdue = true; }

} // namespace takt::corrective_action
