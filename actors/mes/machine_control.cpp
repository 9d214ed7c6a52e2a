#include <algorithm>
#include <cmath>

#include "actors/mes/machine_parts.hpp"
#include "actors/mes/packml.hpp"
#include "actors/refusals.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/core/json_write.hpp"
#include "messages/mes/schedule.hpp"

/// What a machine's controller is told to do, and how it is known to be done.
///
///     (none) --control--> in force --the controller's state or parameters say so--> done
///                            ├── refused by the controller ──┐
///                            ├── no longer possible ─────────┼──> failed, a case for a person
///                            ├── time over ──────────────────┘
///                            └── a stronger command ────────────> superseded
namespace takt::machine {
namespace {

constexpr const char* control_timer = "control";
constexpr const char* control_trouble = "control_failed"; ///< the type of its anomaly
constexpr milliseconds within_least{100}, within_most{3'600'000};
constexpr milliseconds hold_within{30'000}; ///< when a case has it contained
constexpr std::size_t set_points_max = 64;

/// A stronger command takes the place of a weaker one that is in force.
int strength_of(control_action a)
{
    switch (a) {
    case control_action::abort: return 3;
    case control_action::stop: return 2;
    case control_action::hold:
    case control_action::suspend: return 1;
    default: return 0;
    }
}

bool needs_reason(control_action a) { return strength_of(a) > 0; }

/// Effects of other entities are not refused: they cannot ask a person what to do instead.
bool from_entity(const std::string& sender)
{
    const auto from = [&](std::string_view door) { return sender.starts_with(door); };
    return !sender.empty() && !from("client/") && !from("key/") && !from("link/") && !from("timer/");
}

std::string text_of(control_action a) { return std::string(enum_name(a)); }
std::string text_of(packml_state s) { return std::string(enum_name(s)); }

std::optional<decision> refuse_members(const control& what)
{
    if (what.within_ms < within_least || what.within_ms > within_most)
        return decision::refuse("out_of_range", "a controller has 100 ms to 1 h", "within_ms");
    if (needs_reason(what.action) && what.reason.empty())
        return decision::refuse("reason_missing", "say why the machine is to " + text_of(what.action), "reason");
    const bool recipe = what.action == control_action::download_recipe;
    if (recipe ? !valid_key(what.recipe) : !what.recipe.empty())
        return recipe ? refuse_key(what.recipe, "recipe")
                      : decision::refuse("not_a_recipe", text_of(what.action) + " takes no recipe", "recipe");
    if (what.action == control_action::set_point && what.set_points.empty())
        return decision::refuse("set_points_missing", "say which tag is to have which value", "set_points");
    if (what.action != control_action::set_point && !recipe && !what.set_points.empty())
        return decision::refuse("no_set_points", text_of(what.action) + " takes no set-points", "set_points");
    if (what.set_points.size() > set_points_max)
        return decision::refuse("out_of_range", "at most 64 set-points at a time", "set_points");
    for (const auto& [tag, value] : what.set_points) {
        if (!valid_key(tag)) return refuse_key(tag, "set_points");
        if (!std::isfinite(value)) return decision::refuse("out_of_range", tag + " is not a number", "set_points");
    }
    return std::nullopt;
}

/// unhold or unsuspend for resume.
control_action plain(control_action a, packml_state in)
{
    if (a != control_action::resume) return a;
    return in == packml_state::suspended ? control_action::unsuspend : control_action::unhold;
}

std::string why_illegal(control_action a, packml_state in)
{
    std::string text = text_of(a) + " is not possible in " + text_of(in) + "; it is in";
    const char* before = " ";
    for (const auto from : allowed_from(a)) {
        text.append(before).append(text_of(from));
        before = ", ";
    }
    return text;
}

bool has_parameters(const control_order& order, const std::string& recipe, const std::map<std::string, double>& now)
{
    if (!order.recipe.empty() && order.recipe != recipe) return false;
    return std::all_of(order.set_points.begin(), order.set_points.end(), [&](const auto& wanted) {
        const auto found = now.find(wanted.first);
        const double tolerance = 1e-6 * std::max(1.0, std::abs(wanted.second)); // controllers keep floats
        return found != now.end() && std::abs(found->second - wanted.second) <= tolerance;
    });
}

/// Whether nothing is left to do.
bool is_there(const state& s, control_action action)
{
    const auto way = way_of(action);
    return way && !s.control && (s.packml == way->target || s.packml == way->acting);
}

bool same(const control_order& order, control_action action, const control& what)
{
    return order.action == action && order.set_points == what.set_points && order.recipe == what.recipe;
}

/// Where the machine is, or where the command in force takes it meanwhile.
bool may_begin(const state& s, control_action action)
{
    if (is_allowed(action, s.packml)) return true;
    const auto under_way = s.control ? way_of(s.control->order.action) : std::nullopt;
    return under_way && is_allowed(action, under_way->acting);
}

void raise_failure(decision& d, const control_failed& e, const context& about)
{
    const auto severity = needs_reason(e.action) ? anomaly::severity::critical : anomaly::severity::warning;
    d.send(anomaly::key_of(control_trouble, about.self),
           anomaly::raise{about.self, control_trouble, severity,
                          text_of(e.action) + " was not done: " + std::string(enum_name(e.why)) + ", " + e.detail});
}

/// The key of the case that has asked; empty if it was somebody else.
std::string_view case_of(std::string_view asked_by)
{
    constexpr std::string_view cases = "anomaly/";
    return asked_by.starts_with(cases) ? asked_by.substr(cases.size()) : std::string_view();
}

/// A case that had the machine contained is told whether it stands.
void tell_case(decision& d, const std::string& asked_by, control_action action, bool done, const std::string& detail)
{
    const auto key = case_of(asked_by);
    if (!key.empty() && needs_reason(action)) d.send(key, anomaly::note_contained{done, detail});
}

/// `stands`: what was wanted with a hold or a stop has come about in another way.
void fail(decision& d, const control_in_force& c, control_failure why, std::string detail, const context& about,
          bool stands = false)
{
    control_failed e{c.order.number, c.order.action, why, std::move(detail), c.asked_by, about.now};
    if (why != control_failure::superseded) raise_failure(d, e, about);
    tell_case(d, c.asked_by, c.order.action, stands, e.detail);
    d.emit(std::move(e));
    d.cancel_timer(control_timer);
}

void finish(decision& d, const state& s, const context& about)
{
    const auto& c = *s.control;
    d.emit(control_done{c.order.number, c.order.action, about.now - c.requested_at, about.now});
    d.cancel_timer(control_timer);
    tell_case(d, c.asked_by, c.order.action, true, text_of(c.order.action) + " was done");
    if (s.control_trouble)
        d.send(anomaly::key_of(control_trouble, about.self),
               anomaly::clear{control_trouble, "controller_obeys", text_of(c.order.action) + " was done"});
}

/// What cannot be done is refused at a door; to an entity it is answered as a command that has failed.
decision cannot(const state& s, const control& what, const char* reason, std::string detail, const context& about)
{
    if (!from_entity(about.sender)) return decision::refuse(reason, std::move(detail), "action");
    decision d;
    control_failed e{s.controls + 1,    what.action,  control_failure::impossible,
                     std::move(detail), about.sender, about.now};
    raise_failure(d, e, about);
    d.emit(std::move(e));
    return d;
}

} // namespace

decision decide(const state& s, const control& what, const context& about)
{
    if (!s.is_defined) return refuse_undefined(about);
    if (auto refused = refuse_members(what)) return *refused;
    const auto action = plain(what.action, s.packml);
    if (is_there(s, action) && from_entity(about.sender)) return {};
    if (s.control && same(s.control->order, action, what))
        return std::move(decision().reply(control_accepted{s.control->order.number}));
    if (!may_begin(s, action)) return cannot(s, what, "illegal_transition", why_illegal(what.action, s.packml), about);
    decision d;
    if (s.control) {
        const auto before = s.control->order.action;
        if (strength_of(action) <= strength_of(before))
            return cannot(s, what, "control_in_force", "the controller is still to " + text_of(before), about);
        fail(d, *s.control, control_failure::superseded, "by " + text_of(action), about);
    }
    const control_order order{s.controls + 1, action, what.set_points, what.recipe, about.now + what.within_ms};
    d.emit(control_requested{order, what.reason, about.sender, about.now});
    d.set_timer(control_timer, order.due, check_control{order.number});
    d.reply(control_accepted{order.number});
    return d;
}

decision decide(const state& s, const confirm_control& what, const context& about)
{
    decision d;
    if (s.control && s.control->order.number == what.number && !s.control->confirmed)
        d.emit(control_confirmed{what.number, about.now});
    return d;
}

decision decide(const state& s, const refuse_control& what, const context& about)
{
    if (what.reason.empty()) return decision::refuse("reason_missing", "say why not", "reason");
    decision d;
    if (s.control && s.control->order.number == what.number)
        fail(d, *s.control, control_failure::refused, what.reason, about);
    return d;
}

decision decide(const state& s, const report_parameters& what, const context& about)
{
    if (what.set_points.size() > set_points_max)
        return decision::refuse("out_of_range", "at most 64 set-points", "set_points");
    for (const auto& [tag, value] : what.set_points)
        if (!valid_key(tag) || !std::isfinite(value)) return refuse_key(tag, "set_points");
    decision d;
    if (what.recipe != s.recipe || what.set_points != s.set_points)
        d.emit(parameters_changed{what.recipe, what.set_points});
    if (s.control && !way_of(s.control->order.action) && has_parameters(s.control->order, what.recipe, what.set_points))
        finish(d, s, about);
    return d;
}

decision decide(const state& s, const check_control& what, const context& about)
{
    decision d;
    if (!s.control || s.control->order.number != what.number) return d;
    const auto* heard = s.control->confirmed ? "the controller has got it" : "the controller has not answered";
    fail(d, *s.control, control_failure::timed_out, std::string(heard) + "; it is in " + text_of(s.packml), about);
    return d;
}

decision decide(const state& s, const block& what, const context& about)
{
    if (!s.is_defined) return refuse_undefined(about);
    if (what.reason.empty()) return decision::refuse("reason_missing", "say why the machine gets no jobs", "reason");
    const bool hold = what.hold && is_allowed(control_action::hold, s.packml);
    decision d;
    if (hold && !s.control) d = decide(s, control{control_action::hold, what.reason, {}, {}, hold_within}, about);
    if (what.hold && d.refused()) return d;
    if (!hold) tell_case(d, about.sender, control_action::hold, true, "it is in " + text_of(s.packml));
    if (s.blocked) return d;
    d.emit(blocked{what.reason, about.sender, about.now});
    d.send(s.definition.area, schedule::note_machine{machine_id(about.self.key()), false, std::nullopt});
    for (const auto& j : s.jobs)
        if (j.phase == job_phase::sent) give_back(d, s, j, "machine_blocked", about);
    return d;
}

decision decide(const state& s, const unblock& what, const context& about)
{
    decision d;
    if (!what.reason.empty() && s.blocked && *s.blocked != what.reason) return d; // somebody else's
    const bool resume = what.resume && !s.control && is_allowed(control_action::unhold, s.packml);
    if (resume) d = decide(s, control{control_action::unhold, {}, {}, {}, hold_within}, about);
    if (!s.blocked || d.refused()) return d;
    d.emit(unblocked{about.sender, about.now});
    if (s.up) d.send(s.definition.area, schedule::note_machine{machine_id(about.self.key()), true, std::nullopt});
    return d;
}

decision decide(const state& s, const report_made& what, const context& about)
{
    anomaly::take_made answer;
    for (const auto& one : s.past)
        if (one.to > what.since) answer.runs.push_back({one.job, one.item, one.from, one.to});
    for (const auto& j : s.jobs)
        if (j.confirmed_at) answer.runs.push_back({mes::ref_of(j.spec), j.spec.item, *j.confirmed_at, std::nullopt});
    decision d;
    if (const auto key = case_of(about.sender); !key.empty()) d.send(key, std::move(answer));
    return d;
}

void follow_control(decision& d, const state& s, packml_state now, const context& about)
{
    if (!s.control) return;
    const auto action = s.control->order.action;
    const auto way = way_of(action);
    if (!way) {
        if (!is_allowed(action, now))
            fail(d, *s.control, control_failure::impossible, "the machine is in " + text_of(now), about);
        return;
    }
    if (now == way->target) return finish(d, s, about);
    if (now == way->acting || is_allowed(action, now)) return;
    const bool stopped = now == packml_state::stopping || now == packml_state::stopped ||
                         now == packml_state::aborting || now == packml_state::aborted;
    const bool stands =
        needs_reason(action) && (stopped || now == packml_state::completing || now == packml_state::complete);
    fail(d, *s.control, stands && stopped ? control_failure::superseded : control_failure::impossible,
         "the machine is in " + text_of(now), about, stands);
}

void apply(state& s, const control_requested& e)
{
    s.controls = e.order.number;
    s.control = control_in_force{e.order, e.reason, e.asked_by, false, e.at};
}

void apply(state& s, const control_confirmed& /*e*/)
{
    if (s.control) s.control->confirmed = true;
}

void apply(state& s, const control_done& /*e*/)
{
    s.control.reset();
    s.control_trouble = false;
}

void apply(state& s, const control_failed& e)
{
    s.controls = std::max(s.controls, e.number);
    if (s.control && s.control->order.number == e.number) s.control.reset();
    s.control_trouble = s.control_trouble || e.why != control_failure::superseded;
}

void apply(state& s, const parameters_changed& e)
{
    s.recipe = e.recipe;
    s.set_points = e.set_points;
}

void apply(state& s, const blocked& e) { s.blocked = e.reason; }
void apply(state& s, const unblocked& /*e*/) { s.blocked.reset(); }

} // namespace takt::machine
