#include "actors/anomaly/anomaly_parts.hpp"

/// What events make of a case, and its timeline.
namespace takt::anomaly {
namespace {

constexpr std::size_t timeline_max = 200;

step* find(case_file& s, step_kind what)
{
    const auto found = std::find_if(s.steps.begin(), s.steps.end(), [&](const auto& one) { return one.what == what; });
    return found == s.steps.end() ? nullptr : &*found;
}

void add_symptom(case_file& s, const std::string& type, const std::string& detail, instant at)
{
    const auto found =
        std::find_if(s.symptoms.begin(), s.symptoms.end(), [&](const symptom& one) { return one.type == type; });
    if (found == s.symptoms.end()) {
        s.symptoms.push_back({type, detail, true, at});
        return;
    }
    if (!found->stands) found->since = at;
    found->stands = true;
    found->detail = detail;
}

stage stage_of(step_kind what)
{
    switch (what) {
    case step_kind::contain_machine:
    case step_kind::trace_back:
    case step_kind::quarantine:
    case step_kind::shed_load: return stage::contain;
    case step_kind::first_article:
    case step_kind::verify: return stage::verify;
    default: return stage::correct;
    }
}

std::string words(const note_maintenance& m)
{
    switch (m.progress) {
    case maintenance_progress::assigned: return m.person + " is to do it";
    case maintenance_progress::started: return m.person + " has begun";
    case maintenance_progress::done: return "done by " + m.person + ": " + m.cause;
    case maintenance_progress::cancelled: break;
    }
    return "cancelled: " + m.cause;
}

} // namespace

void note(case_file& s, instant at, std::string what, std::string by, std::optional<entity_ref> about)
{
    if (s.timeline.size() == timeline_max) s.timeline.erase(s.timeline.begin());
    s.timeline.push_back({at, s.stage, std::move(what), std::move(by), std::move(about)});
}

void begin_again(case_file& s)
{
    if (s.stage != stage::verify) return;
    s.stage = stage::correct;
    s.verify_until.reset();
    s.restored.reset();
    s.first_article.reset();
    for (auto& one : s.steps)
        if (one.status != step_status::skipped) one.status = step_status::waiting;
}

void apply(state& s, const anomaly::opened& e)
{
    s = {};
    s.state = case_state::open;
    s.number = e.number;
    s.kind = e.kind;
    s.source = e.source;
    s.trace = e.kind + ":" + e.source.path() + "/" + std::to_string(e.number);
    s.severity = e.severity;
    s.detail = e.detail;
    s.occurrences = 1;
    s.opened = e.at;
    s.good_until = e.good_until.value_or(e.at);
    add_symptom(s, e.type, e.detail, e.at);
    note(s, e.at, e.type + (e.detail.empty() ? "" : ": " + e.detail), e.source.path());
}

void apply(state& s, const recurred& e)
{
    ++s.occurrences;
    s.severity = std::max(s.severity, e.severity);
    if (e.good_until) s.good_until = std::min(s.good_until, *e.good_until);
    begin_again(s);
    add_symptom(s, e.type, e.detail, e.at);
    note(s, e.at, e.type + (e.detail.empty() ? "" : ": " + e.detail), s.source.path());
}

void apply(state& s, const symptom_cleared& e)
{
    for (auto& one : s.symptoms)
        if (one.type == e.type) one.stands = false;
    const auto* maintained = find(s, step_kind::maintain);
    const bool found = maintained != nullptr && maintained->status == step_status::done; // who repaired it knows better
    if (!found && !e.cause.empty()) s.cause = e.cause;
    note(s, e.at, e.type + " is gone" + (e.detail.empty() ? "" : ": " + e.detail), s.source.path());
}

void apply(state& s, const anomaly::acknowledged& e)
{
    s.acknowledged = e.at;
    s.acknowledged_by = e.by;
    s.deadline.reset();
    note(s, e.at, "acknowledged", e.by);
}

void apply(state& s, const commented& e) { note(s, e.at, e.text, e.by); }

void apply(state& s, const assigned& e)
{
    s.owner = e.owner;
    note(s, e.at, "owner is " + e.owner, e.by);
}

void apply(state& s, const playbook_taken& e)
{
    s.consulted = true;
    s.playbook = e.what;
    if (s.owner.empty()) s.owner = e.what.owner_role;
    for (const auto& one : e.what.steps)
        s.steps.push_back({one.step, step_status::waiting, one.automatic, one.from_severity});
    if (!e.what.escalations.empty()) s.deadline = s.opened + e.what.escalations.front().after_ms;
    note(s, e.at, "owner is " + s.owner, "playbook/" + s.kind);
}

void apply(state& s, const step_begun& e)
{
    auto* one = find(s, e.step);
    if (one == nullptr) return;
    one->status = e.by.empty() ? step_status::approval : step_status::begun;
    if (e.by.empty()) return note(s, e.at, anomaly::words(e.step) + " " + e.detail, "playbook/" + s.kind);
    s.stage = std::max(s.stage, stage_of(e.step));
    std::optional<entity_ref> about;
    if (e.step == step_kind::maintain) {
        ++s.orders;
        s.maintenance_order = e.detail;
        about = entity_ref("maintenance_order", e.detail);
    }
    if (e.step == step_kind::quarantine && s.kind != "quality") s.sought.clear();
    if (e.step == step_kind::verify) {
        if (s.source.kind() != "sampling") s.verify_until = e.at + s.playbook.verify_ms;
        s.restored = e.at;
    }
    note(s, e.at, anomaly::words(e.step) + (e.detail.empty() || about ? "" : " " + e.detail), e.by, about);
}

void apply(state& s, const step_ended& e)
{
    auto* one = find(s, e.step);
    if (one == nullptr) return;
    one->status = e.skipped ? step_status::skipped : step_status::done;
    if (e.step == step_kind::maintain) s.maintenance_order.clear();
    note(s, e.at, anomaly::words(e.step) + (e.skipped ? " left out: " : ": ") + e.detail, e.by);
}

void apply(state& s, const quarantine_sought& e)
{
    s.sought.push_back(e.what.path());
    ++s.unanswered;
}

void apply(state& s, const quarantined& e)
{
    --s.unanswered;
    if (e.what.stopped) s.pieces_affected += e.what.quantity;
    s.quarantine.push_back({e.what.what, e.what.stopped, e.what.item, e.what.quantity, e.inspection, false, false});
    for (const auto& order : e.what.left)
        if (std::find(s.customers_orders.begin(), s.customers_orders.end(), order) == s.customers_orders.end())
            s.customers_orders.push_back(order);
    const auto inspected = e.inspection ? ", inspected by " + e.inspection->text : "";
    const auto what = e.what.stopped ? "stopped" + inspected : "has nothing left to stop";
    note(s, e.at, e.what.what.path() + " " + what, e.what.what.path(), e.what.what);
}

void apply(state& s, const quarantine_ended& e)
{
    for (auto& h : s.quarantine)
        if (h.inspection == e.inspection) {
            h.ended = true;
            h.accepted = e.accepted;
        }
    const auto result = e.accepted ? " is good" : " has " + std::to_string(e.defects) + " defects";
    note(s, e.at, e.what.path() + result, "inspection/" + e.inspection.text, e.what);
}

void apply(state& s, const maintenance_noted& e)
{
    if (e.what.progress == maintenance_progress::done) {
        s.cause = e.what.cause;
        s.labour_ms += e.what.labour_ms;
        s.cost.labour += e.what.cost.labour;
        s.cost.parts += e.what.cost.parts;
        s.cost.downtime += e.what.cost.downtime;
    }
    note(s, e.at, words(e.what), "maintenance_order/" + e.what.order, entity_ref("maintenance_order", e.what.order));
}

void apply(state& s, const escalated& e)
{
    s.owner = e.role;
    s.deadline.reset();
    const auto next = static_cast<std::size_t>(e.level) + 1;
    if (next < s.playbook.escalations.size()) s.deadline = s.opened + s.playbook.escalations[next].after_ms;
    const std::string why =
        s.acknowledged ? "still open a day after it was acknowledged" : "nobody has acknowledged it";
    note(s, e.at, why + "; owner is " + e.role, "playbook/" + s.kind);
}

void apply(state& s, const anomaly::closed& e)
{
    s.state = case_state::closed;
    s.stage = stage::over;
    s.cause = e.cause;
    s.closed = e.at;
    s.deadline.reset();
    if (s.acknowledged) s.time_to_acknowledge_ms = *s.acknowledged - s.opened;
    s.time_to_repair_ms = s.restored.value_or(e.at) - s.opened;
    note(s, e.at, "closed: " + e.cause + (e.detail.empty() ? "" : ", " + e.detail),
         e.by.empty() ? "playbook/" + s.kind : e.by);
}

} // namespace takt::anomaly
