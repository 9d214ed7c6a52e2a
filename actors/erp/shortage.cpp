#include "actors/erp/netting.hpp"
#include "actors/refusals.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/anomaly/coordination.hpp"
#include "messages/scm/expedite.hpp"
#include "messages/scm/purchase_order.hpp"

/// What is bought and comes too late: who is to blame for it, and what can be done.
namespace takt::material {
namespace {

constexpr const char* own_trouble = "material_shortage";
constexpr const char* suppliers_trouble = "late_supplier";
/// What comes later than needed by less disturbs nobody.
constexpr milliseconds shortage_tolerance{4 * 3'600'000};

/// An overdue purchase order has a case already: what is short because of it is a symptom of that.
std::string symptom_of(const shortage_found& s, const context& about)
{
    return s.blamed == about.self ? own_trouble : std::string(suppliers_trouble) + '.' + std::string(about.self.key());
}

void end_case(decision& d, const shortage_found& s, const context& about)
{
    const auto symptom = symptom_of(s, about);
    d.send(anomaly::key_of(symptom, s.blamed), anomaly::clear{symptom, "supplied", "everything comes in time"});
}

void raise_case(decision& d, const shortage_found& s, const context& about)
{
    const auto symptom = symptom_of(s, about);
    d.send(anomaly::key_of(symptom, s.blamed),
           anomaly::raise{s.blamed, symptom, anomaly::severity::warning,
                          to_string(s.quantity) + " of " + std::string(about.self.key()) + ": " + s.demand +
                              " needs it by " + to_rfc3339(s.need_by) + ", it comes " + to_rfc3339(s.expected)});
}

bool is_purchase(const std::string& supply) { return supply.starts_with("purchase_order/"); }

} // namespace

/// The demand that waits longest beyond its date, and what is short in all.
std::optional<shortage_found> netting::worst_shortage() const
{
    std::optional<shortage_found> worst;
    takt::quantity all;
    for (const auto& [key, line] : s_.demands) {
        const auto need = still_needed(line);
        if (!need || !line.promised || *line.promised <= line.need_by + shortage_tolerance) continue;
        all += need;
        if (worst && *line.promised - line.need_by <= worst->expected - worst->need_by) continue;
        auto blamed = about_.self;
        for (const auto& p : line.pegs) {
            const auto supply = s_.supplies.find(p.supply.path());
            if (supply != s_.supplies.end() && is_purchase(supply->first) && supply->second.due < about_.now)
                blamed = p.supply;
        }
        worst = shortage_found{{}, line.need_by, *line.promised, blamed, key};
    }
    if (worst) worst->quantity = all;
    return worst;
}

void netting::watch_shortage()
{
    if (s_.definition.source != source::buy) return;
    const auto worst = worst_shortage();
    const auto known = s_.missing;
    if (known && worst && known->blamed == worst->blamed) return;
    if (known) end_case(d_, *known, about_);
    if (known && !worst) happen(shortage_ended{});
    if (!worst) return;
    raise_case(d_, *worst, about_);
    happen(shortage_found(*worst));
}

void netting::buy(const supplier_id& supplier, takt::quantity amount)
{
    const auto item = item_id(about_.self.key());
    const auto wanted = about_.now + s_.definition.lead_time_ms;
    const purchase_order_id key("PO-" + item.text + "-" + std::to_string(s_.supply_count + 1));
    happen(supply_ordered{entity_ref("purchase_order", key.text), amount, wanted, wanted});
    happen(bought_elsewhere{key, supplier, amount});
    d_.send(key.text, purchase_order::create{supplier, item, amount, wanted, s_.definition.receiving_bin,
                                             s_.definition.inspection});
}

decision decide(const state& s, const buy_elsewhere& what, const context& about)
{
    const auto answer = [&](decision d, bool done, std::string detail) {
        const auto asked = what.anomaly.empty() ? std::string(anomaly::case_of(about.sender)) : what.anomaly;
        if (!asked.empty())
            d.send(asked, anomaly::note_step{anomaly::step_kind::buy_elsewhere, done, std::move(detail)});
        return d;
    };
    const auto& others = s.definition.alternative_suppliers;
    if (!s.missing) return answer({}, true, "nothing is missing");
    if (others.empty()) return answer({}, false, "nobody else sells it");
    netting n(s, about);
    const auto& chosen = others[static_cast<std::size_t>(s.bought_elsewhere) % others.size()];
    n.buy(chosen, s.missing->quantity);
    return answer(n.settle(), true, to_string(s.missing->quantity) + " from " + chosen.text);
}

decision decide(const state& s, const hasten& /*what*/, const context& about)
{
    decision d;
    std::size_t asked = 0;
    for (const auto& [path, supply] : s.supplies) {
        if (!is_purchase(path) || supply.closed || !s.missing || supply.due <= s.missing->need_by) continue;
        d.send(entity_ref(path).key(), purchase_order::expedite{});
        ++asked;
    }
    if (const auto key = anomaly::case_of(about.sender); !key.empty())
        d.send(key, anomaly::note_step{anomaly::step_kind::expedite, asked > 0,
                                       std::to_string(asked) + " purchase orders are to come sooner"});
    return d;
}

void apply(state& s, const shortage_found& e) { s.missing = e; }
void apply(state& s, const shortage_ended& /*e*/) { s.missing.reset(); }
void apply(state& s, const bought_elsewhere& /*e*/) { ++s.bought_elsewhere; }

} // namespace takt::material
