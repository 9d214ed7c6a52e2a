#include "gateways/http/genealogy.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <set>

#include "actors/erp/material.hpp"
#include "actors/erp/order.hpp"
#include "actors/qms/inspection.hpp"
#include "actors/scm/purchase_order.hpp"
#include "actors/wms/lot.hpp"
#include "gateways/http/genealogy_parts.hpp"

namespace takt::http {
namespace {

constexpr std::array traced =
    std::to_array<std::string_view>({"lot", "order", "work_order", "purchase_order", "supplier", "machine"});

class walk {
public:
    walk(const genealogy_question& what, const genealogy_records& records) : what_(what), records_(records)
    {
        found_.entity = what.entity;
        found_.direction = what.direction;
    }

    genealogy follow()
    {
        visit(what_.entity, 0);
        while (!open_.empty()) {
            auto next = std::move(open_.front());
            open_.pop_front();
            depth_ = next.depth + 1;
            if (what_.direction == trace_direction::backward)
                back_from(next.view);
            else
                on_from(next.view);
        }
        return std::move(found_);
    }

private:
    struct waiting {
        runtime::entity_view view;
        int depth = 0;
    };

    bool visit(const entity_ref& entity, int depth)
    {
        if (seen_.contains(entity.path())) return true;
        if (static_cast<std::size_t>(depth) > what_.depth || found_.nodes.size() >= what_.limit) {
            found_.truncated = true;
            return false;
        }
        seen_.insert(entity.path());
        auto view = records_.view(entity);
        view.entity = entity;
        found_.nodes.push_back(node_of(entity, view, depth));
        open_.push_back({std::move(view), depth});
        return true;
    }

    /// `other` is the end of the link that is further from where the trace began.
    void add(const entity_ref& other, genealogy_link link)
    {
        if (visit(other, depth_)) found_.links.push_back(std::move(link));
    }
    void from(const entity_ref& source, const entity_ref& here, link_kind kind, takt::quantity quantity,
              std::optional<instant> at = {})
    {
        add(source, {source, here, kind, quantity, {}, {}, at, {}});
    }
    void from_lots(const std::map<lot_id, takt::quantity>& lots, const entity_ref& here, link_kind kind)
    {
        for (const auto& [lot, quantity] : lots) from({"lot", lot.text}, here, kind, quantity);
    }
    void into(const entity_ref& here, const entity_ref& target, link_kind kind, takt::quantity quantity,
              std::optional<instant> at = {})
    {
        add(target, {here, target, kind, quantity, {}, {}, at, {}});
    }

    void back_from(const runtime::entity_view& view)
    {
        const auto kind = view.entity.kind();
        if (kind == "lot") back_from_lot(view);
        if (kind == "work_order") back_from_work_order(view);
        if (kind == "order") back_from_order(view);
        if (kind != "purchase_order") return;
        if (const auto s = state_in<purchase_order::state>(view))
            from({"supplier", s->supplier.text}, view.entity, link_kind::ordered, s->quantity, s->created_at);
    }

    void back_from_lot(const runtime::entity_view& view)
    {
        const auto s = state_in<lot::state>(view);
        if (!s) return;
        const auto origin = s->origin.kind();
        if (origin == "work_order") from(s->origin, view.entity, link_kind::made, s->created, s->created_at);
        if (origin == "purchase_order") from(s->origin, view.entity, link_kind::received, s->created, s->created_at);
        if (origin == "material") from(s->origin, view.entity, link_kind::opened, s->created, s->created_at);
        inspected(view.entity, std::string(view.entity.key()), {});
    }

    /// Inspections have the keys that actors/wms/lot.cpp and actors/mes/work_order_step.cpp give them.
    void inspected(const entity_ref& what, const std::string& key, const std::string& operation)
    {
        const entity_ref inspection("inspection", "Q-" + key);
        const auto s = state_in<inspection::state>(records_.view(inspection));
        if (!s) return;
        add(inspection, {inspection,
                         what,
                         link_kind::inspected,
                         quantity::of(s->inspected),
                         quantity::of(s->defects),
                         operation,
                         s->decided_at,
                         {}});
    }

    void back_from_work_order(const runtime::entity_view& view)
    {
        const auto s = state_in<work_order::state>(view);
        if (!s) return;
        std::map<lot_id, takt::quantity> consumed, set_aside;
        for (const auto& line : s->consumed) consumed[line.lot] += line.quantity;
        for (const auto* lines : {&s->to_pick, &s->picking, &s->staged})
            for (const auto& line : *lines) set_aside[line.lot] += line.quantity;
        from_lots(consumed, view.entity, link_kind::consumed);
        from_lots(set_aside, view.entity, link_kind::set_aside);
        const auto runs = runs_of(view.entity, records_);
        if (!runs.complete) found_.truncated = true;
        for (const auto& r : runs.all) {
            const auto link = [&](const entity_ref& who, link_kind kind) {
                add(who, {who, view.entity, kind, r.good + r.scrap, r.scrap, r.operation, r.started, r.ended});
            };
            link({"machine", r.machine.text}, link_kind::run);
            if (!r.person.empty()) link({"operator", r.person.text}, link_kind::worked);
        }
        for (const auto& o : s->operations)
            if (o.inspection) inspected(view.entity, std::string(view.entity.key()) + '-' + o.key, o.key);
    }

    void back_from_order(const runtime::entity_view& view)
    {
        const auto s = state_in<order::state>(view);
        if (!s) return;
        for (const auto& lot : shipments_of(view.entity, records_))
            from({"lot", lot.lot.text}, view.entity, link_kind::shipped, lot.quantity, lot.at);
        std::map<lot_id, takt::quantity> set_aside;
        for (const auto& r : s->reservations) set_aside[r.lot] += r.quantity;
        from_lots(set_aside, view.entity, link_kind::set_aside);
        const auto m = state_in<material::state>(records_.view({"material", s->product.text}));
        if (!m) return;
        const auto line = m->demands.find(view.entity.path());
        if (line == m->demands.end()) return;
        for (const auto& peg : line->second.pegs) from(peg.supply, view.entity, link_kind::awaited, peg.quantity);
    }

    void on_from(const runtime::entity_view& view)
    {
        const auto kind = view.entity.kind();
        if (kind == "lot") on_from_lot(view);
        if (kind == "machine") on_from_machine(view);
        if (kind == "work_order") {
            const auto s = state_in<work_order::state>(view);
            if (s && s->lot) into(view.entity, {"lot", s->lot->text}, link_kind::made, s->good, s->completed_at);
        }
        if (kind == "purchase_order") {
            const auto s = state_in<purchase_order::state>(view);
            for (const auto& lot : s ? s->lots : std::vector<lot_id>()) {
                const auto received = state_in<lot::state>(records_.view({"lot", lot.text}));
                if (received)
                    into(view.entity, {"lot", lot.text}, link_kind::received, received->created, received->created_at);
            }
        }
        if (kind == "order") {
            const auto s = state_in<order::state>(view);
            if (s) into(view.entity, {"customer", s->customer.text}, link_kind::sold, s->quantity, s->shipped_at);
        }
        if (kind != "supplier") return;
        const auto bought = purchases_of_supplier(what_, records_);
        if (!bought.complete) found_.truncated = true;
        for (const auto& p : bought.all) {
            const auto s = state_in<purchase_order::state>(records_.view(p));
            if (s) into(view.entity, p, link_kind::ordered, s->quantity, s->created_at);
        }
    }

    void on_from_lot(const runtime::entity_view& view)
    {
        const auto s = state_in<lot::state>(view);
        if (!s) return;
        for (const auto& u : s->uses) {
            if (u.purpose == wms::issue_purpose::consume)
                into(view.entity, u.reference, link_kind::consumed, u.quantity);
            if (u.purpose == wms::issue_purpose::ship) into(view.entity, u.reference, link_kind::shipped, u.quantity);
        }
        if (s->on_hand <= takt::quantity{}) return;
        const auto m = state_in<material::state>(records_.view({"material", s->item.text}));
        if (!m) return;
        for (const auto& [demand, line] : m->demands) {
            takt::quantity kept;
            for (const auto& a : line.allocations)
                if (a.lot.text == view.entity.key()) kept += a.quantity;
            if (kept) into(view.entity, entity_ref(demand), link_kind::set_aside, kept);
        }
    }

    void on_from_machine(const runtime::entity_view& view)
    {
        const auto worked = work_of_machine(what_, records_);
        if (!worked.complete) found_.truncated = true;
        for (const auto& w : worked.all) {
            const auto runs = runs_of(w, records_);
            if (!runs.complete) found_.truncated = true;
            for (const auto& r : runs.all) {
                if (r.machine.text != view.entity.key()) continue;
                if (what_.to && r.started && *r.started >= *what_.to) continue;
                if (what_.from && r.ended && *r.ended < *what_.from) continue;
                add(w, {view.entity, w, link_kind::run, r.good + r.scrap, r.scrap, r.operation, r.started, r.ended});
            }
        }
    }

    const genealogy_question& what_;
    const genealogy_records& records_;
    genealogy found_;
    std::set<std::string> seen_;
    std::deque<waiting> open_;
    int depth_ = 0;
};

} // namespace

bool has_genealogy(std::string_view kind) { return std::find(traced.begin(), traced.end(), kind) != traced.end(); }

genealogy trace(const genealogy_question& what, const genealogy_records& records)
{
    return walk(what, records).follow();
}

} // namespace takt::http
