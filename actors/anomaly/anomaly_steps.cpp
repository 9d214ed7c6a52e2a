#include "actors/anomaly/anomaly_parts.hpp"
#include "messages/eam/maintenance_order.hpp"
#include "messages/erp/order_quality.hpp"
#include "messages/mes/machine.hpp"
#include "messages/mes/machine_repair.hpp"
#include "messages/mes/work_order_quarantine.hpp"
#include "messages/wms/lot.hpp"

/// What the steps of a playbook do, and when their turn comes.
namespace takt::anomaly {
namespace {

constexpr const char* escalation_timer = "escalation";
constexpr const char* verify_timer = "verify";
/// A case that somebody has acknowledged is looked at again after so long.
constexpr milliseconds acknowledged_for{24 * 3'600'000};
/// Of one case; more is a person's business.
constexpr std::size_t sought_most = 200;

const symptom* first_standing(const case_file& s)
{
    const auto found = std::find_if(s.symptoms.begin(), s.symptoms.end(), [](const auto& one) { return one.stands; });
    return found == s.symptoms.end() ? nullptr : &*found;
}

std::string task_of(const case_file& s)
{
    const auto* standing = first_standing(s);
    if (standing == nullptr) return s.detail;
    return standing->detail.empty() ? standing->type : standing->type + ": " + standing->detail;
}

/// Is begun when everything else has ended.
bool is_of_release(step_kind what) { return what == step_kind::verify || what == step_kind::first_article; }

} // namespace

bool is_open(const case_file& s) { return s.state == case_state::open; }

const step* find_step(const case_file& s, step_kind what)
{
    const auto found = std::find_if(s.steps.begin(), s.steps.end(), [&](const auto& one) { return one.what == what; });
    return found == s.steps.end() ? nullptr : &*found;
}

bool ended(const step& one) { return one.status == step_status::done || one.status == step_status::skipped; }

namespace {

/// Only machines can be contained, asked what they made, and maintained; only what was made is traced and disposed of.
bool is_possible(const case_file& s, step_kind what)
{
    switch (what) {
    case step_kind::contain_machine:
    case step_kind::maintain:
    case step_kind::first_article: return s.source.kind() == "machine";
    case step_kind::quarantine: return s.source.kind() == "machine" || s.kind == "quality";
    case step_kind::trace_back:
    case step_kind::dispose: return s.kind == "quality";
    default: return true;
    }
}

} // namespace

bool applies(const case_file& s, const step& one)
{
    if (s.severity < one.from_severity) return false;
    return is_of_others(one.what) ? can_be_asked(s.source, one.what) : is_possible(s, one.what);
}

bool any_stands(const case_file& s) { return first_standing(s) != nullptr; }

bool any_waits(const case_file& s)
{
    return std::any_of(s.quarantine.begin(), s.quarantine.end(),
                       [](const held& h) { return h.stopped && h.inspection && !h.ended; });
}

std::string words(step_kind what)
{
    switch (what) {
    case step_kind::contain_machine: return "contain the machine";
    case step_kind::quarantine: return "quarantine";
    case step_kind::trace_back: return "trace back";
    case step_kind::dispose: return "dispose of it";
    case step_kind::maintain: return "order maintenance";
    case step_kind::first_article: return "inspect the first piece";
    case step_kind::expedite: return "hurry the supplier";
    case step_kind::buy_elsewhere: return "buy elsewhere";
    case step_kind::open_shift: return "open the next optional shift";
    case step_kind::tell_customer: return "tell the customer";
    case step_kind::call_in: return "call in a substitute";
    case step_kind::plan_without: return "plan without them";
    case step_kind::restart_feed: return "restart the feed";
    case step_kind::shed_load: return "shed load";
    case step_kind::verify: break;
    }
    return "release and verify";
}

void progress::begin(step_kind what, const std::string& by)
{
    if (is_of_others(what)) return ask_others(what, by);
    const auto machine = s_.source.key();
    switch (what) {
    case step_kind::contain_machine:
        emit(step_begun{what, by, {}, about_.now});
        send(machine, machine::block{s_.trace, true});
        break;
    case step_kind::quarantine:
        if (s_.kind == "quality") {
            emit(step_begun{what, by, "what is bad, and what has it", about_.now});
            hold_all();
            break;
        }
        emit(step_begun{what, by, "what it made since " + to_rfc3339(s_.good_until), about_.now});
        send(machine, machine::report_made{s_.good_until});
        break;
    case step_kind::maintain: {
        const auto order = std::string(machine) + "." + std::to_string(s_.number) + "." + std::to_string(s_.orders + 1);
        emit(step_begun{what, by, order, about_.now});
        maintenance_order::create repair{machine_id(machine), task_of(s_), s_.severity, about_.self};
        if (const auto* contained = find_step(s_, step_kind::contain_machine);
            contained != nullptr && applies(s_, *contained))
            repair.stands_since = s_.opened;
        send(order, std::move(repair));
        break;
    }
    case step_kind::trace_back:
        emit(step_begun{what, by, {}, about_.now});
        trace_all();
        break;
    case step_kind::dispose:
        emit(step_begun{what, by, {}, about_.now});
        open_nonconformances();
        break;
    case step_kind::first_article:
        emit(step_begun{what, by, {}, about_.now});
        send(machine, machine::watch_first_piece{});
        break;
    case step_kind::verify:
        emit(step_begun{what, by, {}, about_.now});
        if (watch_next_lots()) break;
        if (const auto* contained = find_step(s_, step_kind::contain_machine);
            contained != nullptr && contained->status == step_status::done)
            send(machine, machine::unblock{true, s_.trace});
        d_.set_timer(verify_timer, about_.now + s_.playbook.verify_ms, check_verified{s_.number});
        break;
    default: break; // ask_others
    }
}

void progress::end_step(step_kind what, std::string detail)
{
    const auto* one = find_step(s_, what);
    if (one == nullptr || one->status != step_status::begun) return;
    emit(step_ended{what, false, about_.sender, std::move(detail), about_.now});
}

bool progress::may_verify() const
{
    return !any_stands(s_) && std::all_of(s_.steps.begin(), s_.steps.end(), [&](const step& one) {
        return is_of_release(one.what) || !applies(s_, one) || ended(one);
    });
}

void progress::begin_due_steps()
{
    const auto steps = s_.steps; // events change it
    for (const auto& one : steps) {
        if (one.status != step_status::waiting || !applies(s_, one)) continue;
        if (is_of_release(one.what) && !may_verify()) continue;
        if (is_of_others(one.what) && !any_stands(s_)) continue; // nobody is asked for what is over
        if (one.automatic || one.what == step_kind::dispose)     // a person decides each non-conformance
            begin(one.what, "playbook");
        else
            emit(step_begun{one.what, {}, "waits for approval", about_.now});
    }
}

decision progress::advance()
{
    if (!is_open(s_) || !s_.consulted) return done();
    begin_due_steps();
    go_on_disposing();
    begin_due_steps();
    const bool all_done = std::all_of(s_.steps.begin(), s_.steps.end(), [&](const step& one) {
        return ended(one) || !applies(s_, one) || is_of_others(one.what);
    });
    if (all_done && !any_stands(s_) && !any_waits(s_) && !s_.symptoms.empty())
        close_case(s_.cause.empty() ? s_.symptoms.back().type : s_.cause, "no symptom is left", {});
    return done();
}

void progress::close_case(std::string cause, std::string detail, std::string by)
{
    for (const auto& order : s_.customers_orders)
        if (order.kind() == "order") send(order.key(), order::note_explained{s_.trace, cause});
    emit(anomaly::closed{std::move(cause), std::move(detail), about_.now, std::move(by)});
    d_.cancel_timer(escalation_timer);
    d_.cancel_timer(verify_timer);
}

/// The next time at which somebody has to look.
void progress::watch_deadline()
{
    const auto& ladder = s_.playbook.escalations;
    if (ladder.empty()) return;
    if (s_.acknowledged) {
        d_.set_timer(escalation_timer, about_.now + acknowledged_for,
                     check_escalation{s_.number, static_cast<int>(ladder.size()) - 1});
        return;
    }
    const auto next =
        std::find_if(ladder.begin(), ladder.end(), [&](const auto& e) { return s_.opened + e.after_ms > about_.now; });
    if (next == ladder.end()) return;
    d_.set_timer(escalation_timer, s_.opened + next->after_ms,
                 check_escalation{s_.number, static_cast<int>(next - ladder.begin())});
}

void progress::ask_to_quarantine(const entity_ref& what)
{
    const auto known = std::find(s_.sought.begin(), s_.sought.end(), what.path());
    if (known != s_.sought.end() || s_.sought.size() >= sought_most) return;
    if (what.kind() == "work_order")
        send(what.key(), work_order::quarantine{s_.trace, about_.self});
    else if (what.kind() == "lot")
        send(what.key(), lot::quarantine{s_.trace, about_.self});
    else
        return;
    emit(quarantine_sought{what});
}

void progress::end_quarantine_if_over(const char* how)
{
    if (s_.unanswered == 0 && !any_waits(s_)) end_step(step_kind::quarantine, how);
}

} // namespace takt::anomaly
