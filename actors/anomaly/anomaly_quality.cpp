#include <algorithm>

#include "actors/anomaly/anomaly_parts.hpp"
#include "messages/erp/order_quality.hpp"
#include "messages/mes/work_order_quarantine.hpp"
#include "messages/qms/sampling.hpp"
#include "messages/wms/lot.hpp"

/// Cases of quality: what is bad is held with all that has it, traced back, and disposed of; the next lots must be
/// good.
namespace takt::anomaly {
namespace {

/// Of one case; more is a person's business.
constexpr std::size_t origins_most = 100;

bool is_thing(const entity_ref& what) { return what.kind() == "lot" || what.kind() == "work_order"; }

/// What is held and traced: what is bad, what people suspect, and what the case is about.
std::vector<entity_ref> things_of(const case_file& s)
{
    std::vector<entity_ref> all;
    if (is_thing(s.source)) all.push_back(s.source);
    for (const auto& b : s.quality.bad)
        if (std::find(all.begin(), all.end(), b.what.what) == all.end()) all.push_back(b.what.what);
    for (const auto& suspect : s.quality.suspects)
        if (std::find(all.begin(), all.end(), suspect) == all.end()) all.push_back(suspect);
    return all;
}

bool is_begun(const case_file& s, step_kind what)
{
    const auto* one = find_step(s, what);
    return one != nullptr && one->status == step_status::begun;
}

/// Whether a step is still to be waited for.
bool is_due(const case_file& s, step_kind what)
{
    const auto* one = find_step(s, what);
    return one != nullptr && applies(s, *one) && !ended(*one);
}

/// A rejected thing is a symptom until it is disposed of; what a control chart or a discontinuation says is not.
bool ends_with_disposition(const symptom& one)
{
    return one.stands && (one.type == rejected || one.type == "quality" || one.type == "complaint");
}

std::string nonconformance_key(const case_file& s, const entity_ref& what)
{
    const auto opened = std::count_if(s.quality.bad.begin(), s.quality.bad.end(),
                                      [](const bad_pieces& b) { return !b.nonconformance.empty(); });
    std::string key = "NC-" + std::string(what.key()) + (s.source.kind() == "sampling" ? "-S" : "-");
    return key + std::to_string(s.number) + "." + std::to_string(opened + 1);
}

std::string summary(const quality_file& q)
{
    std::size_t lots = 0, work_orders = 0;
    std::string suppliers;
    for (const auto& o : q.origins) {
        (o.what.kind() == "lot" ? lots : work_orders) += 1;
        if (o.supplier && suppliers.find(o.supplier->text) == std::string::npos)
            suppliers += (suppliers.empty() ? " of " : ", ") + o.supplier->text;
    }
    return std::to_string(lots) + " lots" + suppliers + ", " + std::to_string(work_orders) + " work orders";
}

} // namespace

bool is_bad(const case_file& s, const entity_ref& what)
{
    return std::any_of(s.quality.bad.begin(), s.quality.bad.end(),
                       [&](const bad_pieces& b) { return b.what.what == what && !b.done; });
}

void progress::hold_all()
{
    for (const auto& thing : things_of(s_)) ask_to_quarantine(thing);
    end_quarantine_if_over("nothing is left to stop");
}

void progress::ask_origin(const entity_ref& what)
{
    const auto& sought = s_.quality.origins_sought;
    if (!is_thing(what) || sought.size() >= origins_most) return;
    if (std::find(sought.begin(), sought.end(), what.path()) != sought.end()) return;
    if (what.kind() == "lot")
        send(what.key(), lot::report_origin{about_.self});
    else
        send(what.key(), work_order::report_origin{about_.self});
    emit(origin_sought{what});
}

void progress::trace_all()
{
    for (const auto& thing : things_of(s_)) ask_origin(thing);
    end_trace_if_over();
}

void progress::end_trace_if_over()
{
    if (s_.quality.origins_unanswered == 0) end_step(step_kind::trace_back, summary(s_.quality));
}

void progress::open_nonconformances()
{
    const auto* step = find_step(s_, step_kind::dispose);
    const auto all = s_.quality.bad; // events change it
    for (const auto& b : all) {
        if (!b.nonconformance.empty()) continue;
        const auto key = nonconformance_key(s_, b.what.what);
        const auto& w = b.what;
        send(key, nonconformance::open{w.what, w.operation, w.item, w.quantity, w.supplier, w.inspection, w.inspected,
                                       w.defects, s_.detail, step->automatic, about_.self, s_.trace});
        emit(nonconformance_opened{key, w.what, about_.now});
    }
}

void progress::let_go(const entity_ref& what, std::optional<nonconformance::disposition> how)
{
    const bool stopped = std::any_of(s_.quarantine.begin(), s_.quarantine.end(),
                                     [&](const held& h) { return h.what == what && h.stopped && !h.inspection; });
    if (!stopped) return;
    if (what.kind() == "work_order")
        send(what.key(), work_order::lift_quarantine{s_.trace});
    else if (how == nonconformance::disposition::use_as_is)
        send(what.key(), lot::unblock{s_.trace + ": used as it is"});
}

/// The pieces are disposed of when each non-conformance is done and nothing more can be found.
void progress::go_on_disposing()
{
    if (!is_begun(s_, step_kind::dispose)) return;
    open_nonconformances();
    const auto& bad = s_.quality.bad;
    const bool done = std::all_of(bad.begin(), bad.end(), [](const bad_pieces& b) { return b.done; });
    if (!done || is_due(s_, step_kind::quarantine)) return;
    end_step(step_kind::dispose, bad.empty() ? "nothing is to be disposed of" : "all is done with");
    const auto symptoms = s_.symptoms; // events change it
    for (const auto& one : symptoms)
        if (ends_with_disposition(one)) emit(symptom_cleared{one.type, "", "", about_.now});
}

/// The next lots are watched where they are sampled; a thing has none, and is well after a time.
bool progress::watch_next_lots()
{
    if (s_.source.kind() != "sampling") return false;
    send(s_.source.key(), sampling::watch{about_.self, s_.number, s_.playbook.verify_lots});
    return true;
}

void progress::tell_customers(const std::vector<entity_ref>& orders, const entity_ref& what)
{
    for (const auto& order : orders)
        if (order.kind() == "order") send(order.key(), order::note_suspect{what, s_.trace});
}

decision decide(const state& s, const report_nonconforming& what, const context& about)
{
    if (key_of("quality", what.source) != about.self.key())
        return decision::refuse("wrong_key", "this case is anomaly/" + key_of("quality", what.source), "source");
    progress p(s, about);
    p.raise({what.source, std::string(rejected), severity::warning, what.detail, {}});
    p.emit(nonconforming_found{what.what, about.now});
    if (is_begun(p.now(), step_kind::quarantine)) p.hold_all();
    if (is_begun(p.now(), step_kind::trace_back)) p.trace_all();
    return p.advance();
}

decision decide(const state& s, const suspect& what, const context& about)
{
    if (auto refused = refuse_person(s, what.by, about)) return *refused;
    if (!is_thing(what.what)) return decision::refuse("not_a_thing", "name a lot or a work order", "what");
    if (s.kind != "quality") return decision::refuse("not_quality", "this is a case of " + s.kind);
    progress p(s, about);
    p.emit(suspected{what.by, what.what, about.now});
    if (is_begun(p.now(), step_kind::quarantine)) p.hold_all();
    if (is_begun(p.now(), step_kind::trace_back)) p.trace_all();
    return p.advance();
}

decision decide(const state& s, const take_origin& what, const context& about)
{
    if (!is_open(s)) return {};
    progress p(s, about);
    p.emit(origin_found{what, about.now});
    p.ask_origin(what.made_by);
    for (const auto& parent : what.parents) p.ask_origin({"lot", parent.lot.text});
    p.end_trace_if_over();
    return p.advance();
}

decision decide(const state& s, const note_disposed& what, const context& about)
{
    const auto known = std::find_if(s.quality.bad.begin(), s.quality.bad.end(), [&](const bad_pieces& b) {
        return b.nonconformance == what.nonconformance && !b.done;
    });
    if (known == s.quality.bad.end()) return {};
    progress p(s, about);
    p.emit(nonconformance_noted{what, about.now});
    const bool by_a_person = what.disposition && !what.done && what.by != "playbook";
    if (by_a_person && is_open(s) && !s.acknowledged) {
        p.emit(anomaly::acknowledged{what.by, about.now});
        p.watch_deadline();
    }
    if (what.done) p.let_go(known->what.what, what.disposition);
    return p.advance();
}

decision decide(const state& s, const note_next_lots& what, const context& about)
{
    if (!is_open(s) || what.number != s.number || what.lots < s.playbook.verify_lots) return {};
    progress p(s, about);
    p.end_step(step_kind::verify, "accepted: " + std::to_string(what.lots) + " in a row");
    return p.advance();
}

} // namespace takt::anomaly
