#include "actors/anomaly/anomaly_parts.hpp"
#include "messages/eam/maintenance_order.hpp"
#include "messages/mes/machine.hpp"
#include "messages/mes/work_order_quarantine.hpp"
#include "messages/qms/inspection.hpp"
#include "messages/wms/lot.hpp"

namespace takt::anomaly {

std::optional<decision> refuse_person(const case_file& s, const std::string& by, const context& about)
{
    if (by.empty()) return decision::refuse("name_missing", "say who you are", "by");
    if (!is_open(s)) return decision::refuse("not_open", "no case is open at " + about.self.path());
    return std::nullopt;
}

void progress::raise(const anomaly::raise& what)
{
    if (is_open(s_)) return emit(recurred{what.type, what.severity, what.detail, what.good_until, about_.now});
    const auto kind = kind_of(what.type, what.source);
    emit(anomaly::opened{s_.number + 1, what.source, kind, what.type, what.severity, what.detail, what.good_until,
                         about_.now});
    send(kind, playbook::consult{std::string(about_.self.key()), s_.number});
}

namespace {

const symptom* find_symptom(const case_file& s, const std::string& type)
{
    const auto found =
        std::find_if(s.symptoms.begin(), s.symptoms.end(), [&](const symptom& one) { return one.type == type; });
    return found == s.symptoms.end() ? nullptr : &*found;
}

/// What becomes of it is decided in a case of quality: in this one if it is one.
void report_bad(progress& p, const held& h, const take_inspection& result)
{
    const nonconforming bad{h.what, {}, h.item, h.quantity, {}, result.inspection, 0, result.defects};
    if (p.now().kind == "quality") {
        p.emit(nonconforming_found{bad, p.about().now});
        return;
    }
    p.send(key_of("quality", h.what),
           report_nonconforming{h.what, bad, std::to_string(result.defects) + " defects, " + p.now().trace});
}

} // namespace

decision decide(const state& s, const raise& what, const context& about)
{
    if (what.type.empty()) return decision::refuse("type_missing", "an anomaly has a type", "type");
    if (key_of(what.type, what.source) != about.self.key())
        return decision::refuse("wrong_key", "this anomaly is anomaly/" + key_of(what.type, what.source), "source");
    progress p(s, about);
    p.raise(what);
    return p.advance();
}

decision decide(const state& s, const clear& what, const context& about)
{
    progress p(s, about);
    const auto* known = is_open(s) ? find_symptom(s, what.type) : nullptr;
    if (known == nullptr || !known->stands) return {};
    p.emit(symptom_cleared{what.type, what.cause, what.detail, about.now});
    return p.advance();
}

decision decide(const state& s, const acknowledge& what, const context& about)
{
    if (auto refused = refuse_person(s, what.by, about)) return *refused;
    progress p(s, about);
    if (s.acknowledged) return {};
    p.emit(anomaly::acknowledged{what.by, about.now});
    p.watch_deadline();
    return p.done();
}

decision decide(const state& s, const comment& what, const context& about)
{
    if (auto refused = refuse_person(s, what.by, about)) return *refused;
    if (what.text.empty()) return decision::refuse("text_missing", "say something", "text");
    decision d;
    d.emit(commented{what.by, what.text, about.now});
    return d;
}

decision decide(const state& s, const assign& what, const context& about)
{
    if (auto refused = refuse_person(s, what.by, about)) return *refused;
    if (what.owner.empty()) return decision::refuse("owner_missing", "say who has the case from now on", "owner");
    decision d;
    if (what.owner != s.owner) d.emit(assigned{what.by, what.owner, about.now});
    return d;
}

decision decide(const state& s, const approve_step& what, const context& about)
{
    if (auto refused = refuse_person(s, what.by, about)) return *refused;
    const auto* one = find_step(s, what.step);
    if (one == nullptr || one->status != step_status::approval)
        return decision::refuse("not_waiting", "'" + words(what.step) + "' does not wait for approval", "step");
    progress p(s, about);
    p.begin(what.step, what.by);
    return p.advance();
}

decision decide(const state& s, const skip_step& what, const context& about)
{
    if (auto refused = refuse_person(s, what.by, about)) return *refused;
    if (what.reason.empty()) return decision::refuse("reason_missing", "say why it is left out", "reason");
    const auto* one = find_step(s, what.step);
    if (one == nullptr || ended(*one))
        return decision::refuse("step_ended", "'" + words(what.step) + "' is not to be done any more", "step");
    if (what.step == step_kind::quarantine && any_waits(s))
        return decision::refuse("pieces_wait", "what is quarantined must be inspected first", "step");
    progress p(s, about);
    p.emit(step_ended{what.step, true, what.by, what.reason, about.now});
    if (what.step == step_kind::maintain && !s.maintenance_order.empty())
        p.send(s.maintenance_order, maintenance_order::cancel{what.reason});
    if (what.step == step_kind::contain_machine && one->status == step_status::begun)
        p.send(s.source.key(), machine::unblock{true, s.trace});
    return p.advance();
}

decision decide(const state& s, const close& what, const context& about)
{
    if (auto refused = refuse_person(s, what.by, about)) return *refused;
    if (what.cause.empty()) return decision::refuse("cause_missing", "say what it was", "cause");
    if (any_waits(s)) return decision::refuse("pieces_wait", "what is quarantined must be inspected first");
    progress p(s, about);
    if (!s.maintenance_order.empty()) p.send(s.maintenance_order, maintenance_order::cancel{what.cause});
    const auto* contained = find_step(s, step_kind::contain_machine);
    const auto* verified = find_step(s, step_kind::verify);
    const bool released = verified != nullptr && verified->status != step_status::waiting;
    if (contained != nullptr && !released &&
        (contained->status == step_status::begun || contained->status == step_status::done))
        p.send(s.source.key(), machine::unblock{true, s.trace});
    p.close_case(what.cause, what.detail, what.by);
    return p.done();
}

decision decide(const state& s, const take_playbook& what, const context& about)
{
    if (!is_open(s) || what.number != s.number || s.consulted) return {};
    progress p(s, about);
    p.emit(playbook_taken{what.what, about.now});
    p.watch_deadline();
    return p.advance();
}

decision decide(const state& s, const note_contained& what, const context& about)
{
    if (!is_open(s)) return {};
    progress p(s, about);
    if (what.stands)
        p.end_step(step_kind::contain_machine, what.detail);
    else
        p.emit(commented{about.sender, "does not hold: " + what.detail, about.now});
    return p.advance();
}

decision decide(const state& s, const take_made& what, const context& about)
{
    if (!is_open(s)) return {};
    progress p(s, about);
    for (const auto& run : what.runs) p.ask_to_quarantine({"work_order", run.job.work_order.text});
    p.end_quarantine_if_over("it made nothing since");
    return p.advance();
}

decision decide(const state& s, const note_quarantined& what, const context& about)
{
    progress p(s, about);
    std::optional<inspection_id> inspection;
    if (what.stopped && !is_bad(s, what.what)) {
        // The same work order may be stopped again before the case is over.
        const auto key = "S-" + std::string(what.what.key()) + "-" + std::string(s.source.key()) + "-" +
                         std::to_string(s.number) + "." + std::to_string(s.quarantine.size() + 1);
        inspection = inspection_id(key);
        const auto pieces = std::max(1, s.playbook.inspect_pieces);
        p.send(key, inspection::create{what.item, what.quantity, {"quarantine", pieces, 0, {}}, about.self, {}});
    }
    p.emit(quarantined{what, inspection, about.now});
    p.tell_customers(what.left, what.what);
    for (const auto& next : what.onward) p.ask_to_quarantine(next);
    p.end_quarantine_if_over("nothing is left to stop");
    return p.advance();
}

decision decide(const state& s, const take_inspection& what, const context& about)
{
    const auto found = std::find_if(s.quarantine.begin(), s.quarantine.end(),
                                    [&](const held& h) { return h.inspection == what.inspection && !h.ended; });
    if (is_open(s) && s.first_article == what.inspection) return judge_first_article(s, what, about);
    if (found == s.quarantine.end()) return {};
    progress p(s, about);
    const auto& held = *found;
    const auto& thing = held.what;
    p.emit(quarantine_ended{thing, what.inspection, what.accepted, what.defects, about.now});
    const auto reason = what.inspection.text + (what.accepted ? " found it good" : " found defects");
    if (thing.kind() == "lot" && what.accepted)
        p.send(thing.key(), lot::unblock{reason});
    else if (what.accepted)
        p.send(thing.key(), work_order::lift_quarantine{});
    else
        report_bad(p, held, what);
    p.end_quarantine_if_over("all is inspected");
    return p.advance();
}

decision decide(const state& s, const note_maintenance& what, const context& about)
{
    if (!is_open(s) || what.order != s.maintenance_order) return {};
    progress p(s, about);
    p.emit(maintenance_noted{what, about.now});
    if (what.progress == maintenance_progress::started && !s.acknowledged) {
        p.emit(anomaly::acknowledged{what.person, about.now});
        p.watch_deadline();
    }
    if (what.progress == maintenance_progress::done) p.end_step(step_kind::maintain, what.cause);
    if (what.progress == maintenance_progress::cancelled) p.end_step(step_kind::maintain, "cancelled: " + what.cause);
    return p.advance();
}

decision decide(const state& s, const check_escalation& what, const context& about)
{
    if (!is_open(s) || what.number != s.number) return {};
    const auto level = static_cast<std::size_t>(what.level);
    if (level >= s.playbook.escalations.size()) return {};
    progress p(s, about);
    p.emit(escalated{what.level, s.playbook.escalations[level].role, about.now});
    p.watch_deadline();
    return p.done();
}

decision decide(const state& s, const check_verified& what, const context& about)
{
    if (!is_open(s) || what.number != s.number) return {};
    progress p(s, about);
    if (!any_stands(s)) p.end_step(step_kind::verify, "well for long enough");
    return p.advance();
}

} // namespace takt::anomaly
