#include "gateways/http/genealogy_parts.hpp"

#include <algorithm>
#include <set>

#include "actors/crm/customer.hpp"
#include "actors/erp/material.hpp"
#include "actors/erp/order.hpp"
#include "actors/hrm/operator.hpp"
#include "actors/mes/machine.hpp"
#include "actors/qms/inspection.hpp"
#include "actors/scm/purchase_order.hpp"
#include "actors/scm/supplier.hpp"
#include "actors/wms/lot.hpp"

namespace takt::http {
namespace {

constexpr std::size_t page = 1000;
constexpr std::size_t pages_most = 50;

template <class Event> std::optional<Event> event_in(const runtime::fact& fact)
{
    auto read = read_json_text<Event>(fact.data, strictness::from_storage);
    if (!read) return std::nullopt;
    return std::move(*read);
}

/// Calls `each` with an entity's events, oldest first; whether all of them were read.
template <class F> bool each_fact(const entity_ref& entity, const genealogy_records& records, F each)
{
    std::uint64_t after = 0;
    for (std::size_t i = 0; i < pages_most; ++i) {
        const auto facts = records.history(entity, after, page);
        for (const auto& f : facts) each(f);
        if (facts.size() < page) return true;
        after = facts.back().revision;
    }
    return false;
}

/// Whom an entity's events name, the latest first, those in the question's time.
template <class F>
named latest_named(const genealogy_question& what, const genealogy_records& records, std::string_view kind, F key_in)
{
    named found;
    std::set<std::string> seen;
    auto end = records.view(what.entity).revision; // events up to here are still to be read
    for (std::size_t i = 0; end > 0; ++i) {
        const auto begin = end > page ? end - page : 0;
        const auto facts = records.history(what.entity, begin, end - begin);
        for (auto f = facts.rbegin(); f != facts.rend(); ++f) {
            if (what.from && f->at < *what.from) return found;
            if (what.to && f->at >= *what.to) continue;
            const std::string key = key_in(*f);
            if (key.empty() || !seen.insert(key).second) continue;
            if (found.all.size() >= what.limit) {
                found.complete = false;
                return found;
            }
            found.all.emplace_back(kind, key);
        }
        end = begin;
        if (i + 1 >= pages_most && end > 0) {
            found.complete = false;
            return found;
        }
    }
    return found;
}

/// Where a work order that is not done yet is: the machine it is at, or the work centre it is to go to.
std::string place_of(const work_order::state& s)
{
    if (s.status != work_order::work_order_status::in_progress) return {};
    for (const auto& o : s.operations) {
        if (o.status == mes::operation_status::done) continue;
        const bool at_machine = o.status != mes::operation_status::waiting && o.status != mes::operation_status::ready;
        return at_machine && !o.machine.empty() ? o.machine.text : o.work_center.text;
    }
    return {};
}

void describe(genealogy_node& n, const lot::state& s)
{
    n.item = s.item.text;
    n.quantity = s.created;
    n.status = enum_name(s.status);
    n.at = s.created_at;
    n.lot = lot_whereabouts{s.on_hand,  s.consumed, s.shipped,  s.scrapped,     s.returned,
                            s.adjusted, {},         s.supplier, s.supplier_lot, s.expiry};
    for (const auto& [bin, quantity] : s.bins)
        if (quantity) n.lot->bins.emplace(bin, quantity);
}

} // namespace

work_runs runs_of(const entity_ref& work_order, const genealogy_records& records)
{
    work_runs found;
    std::vector<work_run> dispatched;
    const auto of = [&](const mes::run_ref& job) {
        return std::find_if(dispatched.begin(), dispatched.end(),
                            [&](const work_run& r) { return r.operation == job.operation && r.number == job.run; });
    };
    found.complete = each_fact(work_order, records, [&](const runtime::fact& f) {
        if (f.type == "operation_dispatched") {
            if (const auto e = event_in<work_order::operation_dispatched>(f))
                dispatched.push_back({e->job.operation, e->job.run, e->machine, e->person, {}, {}, {}, {}});
        } else if (f.type == "operation_started") {
            const auto e = event_in<work_order::operation_started>(f);
            if (const auto r = e ? of(e->job) : dispatched.end(); r != dispatched.end()) r->started = e->at;
        } else if (f.type == "operation_progressed") {
            const auto e = event_in<work_order::operation_progressed>(f);
            if (const auto r = e ? of(e->job) : dispatched.end(); r != dispatched.end()) {
                r->good = quantity::of(e->good);
                r->scrap = quantity::of(e->scrap);
            }
        } else if (f.type == "run_ended") {
            const auto e = event_in<work_order::run_ended>(f);
            if (const auto r = e ? of(e->job) : dispatched.end(); r != dispatched.end()) {
                r->good = quantity::of(e->good);
                r->scrap = quantity::of(e->scrap);
                r->ended = e->at;
            }
        }
    });
    std::copy_if(dispatched.begin(), dispatched.end(), std::back_inserter(found.all),
                 [](const work_run& r) { return r.started || r.good || r.scrap; });
    return found;
}

std::vector<shipped_lot> shipments_of(const entity_ref& order, const genealogy_records& records)
{
    std::vector<shipped_lot> found;
    each_fact(order, records, [&](const runtime::fact& f) {
        if (f.type != "shipped") return;
        const auto e = event_in<order::shipped>(f);
        if (!e) return;
        const auto same = std::find_if(found.begin(), found.end(), [&](const auto& s) { return s.lot == e->lot; });
        if (same == found.end()) {
            found.push_back({e->lot, e->quantity, e->at});
        } else {
            same->quantity += e->quantity;
            same->at = e->at;
        }
    });
    return found;
}

named work_of_machine(const genealogy_question& what, const genealogy_records& records)
{
    return latest_named(what, records, "work_order", [](const runtime::fact& f) -> std::string {
        if (f.type == "job_confirmed") {
            const auto e = event_in<machine::job_confirmed>(f);
            return e ? e->job.work_order.text : std::string();
        }
        if (f.type == "job_completed") {
            const auto e = event_in<machine::job_completed>(f);
            return e ? e->job.work_order.text : std::string();
        }
        return {};
    });
}

named purchases_of_supplier(const genealogy_question& what, const genealogy_records& records)
{
    return latest_named(what, records, "purchase_order", [](const runtime::fact& f) -> std::string {
        if (f.type != "order_noted") return {};
        const auto e = event_in<supplier::order_noted>(f);
        return e ? e->purchase_order.text : std::string();
    });
}

genealogy_node node_of(const entity_ref& entity, const runtime::entity_view& view, int depth)
{
    genealogy_node n;
    n.entity = entity;
    n.depth = depth;
    const auto kind = entity.kind();
    if (kind == "lot") {
        if (const auto s = state_in<lot::state>(view)) describe(n, *s);
    } else if (kind == "work_order") {
        if (const auto s = state_in<work_order::state>(view)) {
            n.item = s->item.text;
            n.quantity = s->quantity;
            n.scrap = s->scrap;
            n.status = enum_name(s->status);
            n.name = place_of(*s);
            n.at = s->completed_at ? s->completed_at : s->created_at;
        }
    } else if (kind == "order") {
        if (const auto s = state_in<order::state>(view)) {
            n.item = s->product.text;
            n.quantity = s->quantity;
            n.status = enum_name(s->status);
            n.at = s->shipped_at ? s->shipped_at : s->placed_at;
        }
    } else if (kind == "purchase_order") {
        if (const auto s = state_in<purchase_order::state>(view)) {
            n.item = s->item.text;
            n.quantity = s->quantity;
            n.status = enum_name(s->status);
            n.at = s->created_at;
        }
    } else if (kind == "inspection") {
        if (const auto s = state_in<inspection::state>(view)) {
            n.item = s->item.text;
            n.quantity = s->quantity;
            n.scrap = quantity::of(s->defects);
            n.status = enum_name(s->status);
            n.name = s->inspector;
            n.at = s->decided_at ? s->decided_at : s->created_at;
        }
    } else if (kind == "material") {
        if (const auto s = state_in<material::state>(view)) n.name = s->definition.name;
    } else if (kind == "supplier") {
        if (const auto s = state_in<supplier::state>(view)) n.name = s->definition.name;
    } else if (kind == "customer") {
        if (const auto s = state_in<customer::state>(view)) n.name = s->name;
    } else if (kind == "machine") {
        if (const auto s = state_in<machine::state>(view)) n.name = s->definition.name;
    } else if (kind == "operator") {
        if (const auto s = state_in<operator_::state>(view)) n.name = s->definition.name;
    }
    return n;
}

} // namespace takt::http
