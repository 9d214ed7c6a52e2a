#include "actors/qms/nonconformance.hpp"

#include "actors/refusals.hpp"
#include "messages/anomaly/quality.hpp"
#include "messages/mes/work_order_quarantine.hpp"
#include "messages/wms/lot.hpp"

namespace takt::nonconformance {
namespace {

std::string words(disposition what)
{
    switch (what) {
    case disposition::use_as_is: return "use as is";
    case disposition::rework: return "rework";
    case disposition::scrap: return "scrap";
    case disposition::return_to_supplier: break;
    }
    return "return to the supplier";
}

bool is_work_order(const open& what) { return what.what.kind() == "work_order"; }

void tell_case(decision& d, const open& what, std::optional<disposition> how, const context& about, bool done,
               std::string text, std::string by)
{
    if (what.asker.empty()) return;
    d.send(what.asker.key(),
           anomaly::note_disposed{std::string(about.self.key()), done, how, std::move(text), std::move(by)});
}

void dispose_of(decision& d, const open& what, disposition how, const std::string& by, const std::string& reason,
                const context& about)
{
    const std::string self(about.self.key());
    d.emit(disposed{how, by, reason, about.now});
    tell_case(d, what, how, about, false, words(how) + (reason.empty() ? "" : ": " + reason), by);
    if (is_work_order(what))
        d.send(what.what.key(), work_order::take_disposition{how, what.operation, self, what.trace, reason});
    else
        d.send(what.what.key(), lot::take_disposition{how, self, reason});
}

/// What a person asks for that cannot be.
std::optional<decision> refuse(const open& what, disposition how)
{
    if (how == disposition::return_to_supplier && !what.supplier)
        return decision::refuse("not_bought", what.what.path() + " was made here", "disposition");
    if (how == disposition::rework && (!is_work_order(what) || what.operation.empty()))
        return decision::refuse("no_rework", "only the rejected pieces of an operation are reworked", "disposition");
    return std::nullopt;
}

} // namespace

disposition proposal_for(const open& what)
{
    if (what.supplier) return disposition::return_to_supplier;
    const bool reworked = work_order::is_rework(what.operation);
    return is_work_order(what) && !what.operation.empty() && !reworked ? disposition::rework : disposition::scrap;
}

decision decide(const state& s, const open& what, const context& about)
{
    if (what.what.kind() != "lot" && what.what.kind() != "work_order")
        return decision::refuse("nothing_to_dispose_of", "name a lot or a work order", "what");
    if (!valid_key(what.what.key())) return refuse_key(std::string(what.what.key()), "what");
    if (s.status != status::none) {
        if (!what.asker.empty()) return {};
        return decision::refuse("already_open", about.self.path() + " exists");
    }
    decision d;
    const auto proposed = proposal_for(what);
    d.emit(opened{what, proposed, about.now});
    if (what.automatic) dispose_of(d, what, proposed, "playbook", {}, about);
    return d;
}

decision decide(const state& s, const dispose& what, const context& about)
{
    if (what.by.empty()) return decision::refuse("name_missing", "say who decides", "by");
    if (s.status == status::none) return decision::refuse("not_open", about.self.path() + " does not exist");
    if (s.status != status::open) return decision::refuse("already_disposed", words(*s.chosen) + ", says " + s.by);
    if (auto refused = refuse(s.what, what.disposition)) return *refused;
    if (what.disposition == disposition::use_as_is && what.reason.empty())
        return decision::refuse("reason_missing", "a concession has a reason", "reason");
    decision d;
    dispose_of(d, s.what, what.disposition, what.by, what.reason, about);
    return d;
}

decision decide(const state& s, const note_done& what, const context& about)
{
    if (s.status != status::disposed) return {};
    decision d;
    if (what.done) {
        d.emit(done{what.quantity, what.detail, about.now});
        tell_case(d, s.what, s.chosen, about, true, to_string(what.quantity) + " " + what.detail, about.sender);
    } else {
        d.emit(not_possible{what.detail});
        tell_case(d, s.what, {}, about, false, "not possible: " + what.detail, about.sender);
    }
    return d;
}

void apply(state& s, const opened& e)
{
    s.status = status::open;
    s.what = e.what;
    s.proposed = e.proposed;
    s.opened_at = e.at;
}

void apply(state& s, const disposed& e)
{
    s.status = status::disposed;
    s.chosen = e.disposition;
    s.by = e.by;
    s.reason = e.reason;
    s.disposed_at = e.at;
}

void apply(state& s, const done& e)
{
    s.status = status::done;
    s.quantity = e.quantity;
    s.detail = e.detail;
    s.done_at = e.at;
}

void apply(state& s, const not_possible& e)
{
    s.status = status::open;
    s.detail = e.detail;
}

} // namespace takt::nonconformance
