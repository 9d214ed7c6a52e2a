#include "gateways/http/genealogy.hpp"

#include <algorithm>
#include <deque>
#include <set>

#include "actors/erp/order.hpp"
#include "actors/mes/machine.hpp"
#include "actors/mes/work_order.hpp"
#include "actors/scm/purchase_order.hpp"
#include "actors/wms/lot.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/state_rows.hpp"
#include "messages/core/json_write.hpp"

/// GET /api/v1/{kind}/{key}/genealogy: both ways through lots and the work orders between them.
namespace takt::http {
namespace {

constexpr std::size_t nodes_most = 2000;

class tracer {
public:
    explicit tracer(const genealogy_reader& from) : from_(from) {}

    genealogy trace(const entity_ref& entity)
    {
        all_.entity = entity;
        reach(entity, 0);
        walk(entity, -1);
        walk(entity, +1);
        return std::move(all_);
    }

private:
    struct step {
        entity_ref entity;
        int level;
    };

    /// Everything before it, or after it, never turning round: a sibling is no ancestor.
    void walk(const entity_ref& begin, int direction)
    {
        std::deque<step> open{{begin, 0}};
        std::set<std::string> seen{begin.path()};
        while (!open.empty() && !all_.cut) {
            const auto [entity, level] = open.front();
            open.pop_front();
            next_.clear();
            direction < 0 ? before(entity) : after(entity);
            for (const auto& [other, quantity] : next_) {
                if (direction < 0)
                    link(other, entity, quantity);
                else
                    link(entity, other, quantity);
                if (!seen.insert(other.path()).second) continue;
                reach(other, level + direction);
                open.push_back({other, level + direction});
            }
        }
    }

    template <class State> std::optional<State> read(const entity_ref& entity) const
    {
        return read_state<State>(from_.state_of, entity);
    }

    void add(std::string_view kind, std::string_view key, takt::quantity quantity)
    {
        if (!key.empty()) next_.emplace_back(entity_ref(kind, key), quantity);
    }

    void before(const entity_ref& entity)
    {
        if (entity.kind() == "lot") {
            const auto lot = read<lot::state>(entity);
            if (!lot) return;
            if (!lot->origin.empty() && lot->origin.kind() != "material") next_.emplace_back(lot->origin, lot->created);
        } else if (entity.kind() == "work_order") {
            const auto work = read<work_order::state>(entity);
            if (!work) return;
            for (const auto& c : work->consumed) add("lot", c.lot.text, c.quantity);
            if (work->consumed.empty())
                for (const auto& s : work->staged) add("lot", s.lot.text, s.quantity);
        } else if (entity.kind() == "purchase_order") {
            const auto bought = read<purchase_order::state>(entity);
            if (bought) add("supplier", bought->supplier.text, bought->received);
        } else if (entity.kind() == "order") {
            for (const auto& l : from_.shipped_of(entity)) add("lot", l.lot.text, l.quantity);
            if (const auto order = read<order::state>(entity))
                for (const auto& r : order->reservations) add("lot", r.lot.text, r.quantity);
        }
    }

    void after(const entity_ref& entity)
    {
        if (entity.kind() == "lot") {
            const auto lot = read<lot::state>(entity);
            if (!lot) return;
            for (const auto& u : lot->uses)
                if (u.purpose == wms::issue_purpose::consume || u.purpose == wms::issue_purpose::ship)
                    next_.emplace_back(u.reference, u.quantity);
        } else if (entity.kind() == "work_order") {
            const auto work = read<work_order::state>(entity);
            if (work && work->lot) add("lot", work->lot->text, work->good);
        } else if (entity.kind() == "purchase_order") {
            const auto bought = read<purchase_order::state>(entity);
            if (!bought) return;
            for (const auto& l : bought->lots) add("lot", l.text, {});
        } else if (entity.kind() == "supplier") {
            for (const auto& l : from_.delivered_by(supplier_id(entity.key()))) add("lot", l.text, {});
        } else if (entity.kind() == "machine") {
            const auto made = read<machine::state>(entity);
            if (!made) return;
            for (const auto& p : made->past) add("work_order", p.job.work_order.text, {});
            for (const auto& j : made->jobs) add("work_order", j.spec.work_order.text, {});
        }
    }

    void link(const entity_ref& from, const entity_ref& to, takt::quantity quantity)
    {
        const auto same = std::find_if(all_.links.begin(), all_.links.end(),
                                       [&](const auto& l) { return l.from == from && l.to == to; });
        if (same == all_.links.end())
            all_.links.push_back({from, to, quantity});
        else
            same->quantity += quantity;
    }

    /// Adds what an entity is; once, also if it is reached by several ways.
    void reach(const entity_ref& entity, int level)
    {
        if (!known_.insert(entity.path()).second) return;
        if (all_.nodes.size() >= nodes_most) {
            all_.cut = true;
            return;
        }
        genealogy_node node;
        node.entity = entity;
        node.level = level;
        describe(node);
        if (entity.kind() == "order" && level >= 0 && entity != all_.entity) all_.customers_orders.push_back(entity);
        all_.nodes.push_back(std::move(node));
    }

    void describe(genealogy_node& node)
    {
        if (const auto kind = node.entity.kind(); kind == "lot") {
            const auto lot = read<lot::state>(node.entity);
            if (!lot) return;
            node.item = lot->item;
            node.quantity = lot->created;
            node.status = enum_name(lot->status);
            node.at = lot->created_at;
            if (lot->on_hand > takt::quantity{} && node.level >= 0) all_.lots_on_hand.push_back(node.entity);
        } else if (kind == "work_order") {
            const auto work = read<work_order::state>(node.entity);
            if (!work) return;
            node.item = work->item;
            node.quantity = work->quantity;
            node.status = enum_name(work->status);
            node.at = work->created_at;
        } else if (kind == "order") {
            const auto order = read<order::state>(node.entity);
            if (!order) return;
            node.item = order->product;
            node.quantity = order->quantity;
            node.status = enum_name(order->status);
            node.at = order->placed_at;
        } else if (kind == "purchase_order") {
            const auto bought = read<purchase_order::state>(node.entity);
            if (!bought) return;
            node.item = bought->item;
            node.quantity = bought->quantity;
            node.status = enum_name(bought->status);
            node.at = bought->created_at;
        }
    }

    const genealogy_reader& from_;
    genealogy all_;
    std::set<std::string> known_;
    std::vector<std::pair<entity_ref, takt::quantity>> next_;
};

std::vector<wms::lot_amount> shipped_lots(runtime::node& node, const entity_ref& order)
{
    constexpr std::size_t most = 1000;
    std::vector<wms::lot_amount> lots;
    for (const auto& f : node.history(order, 0, most)) {
        if (f.type != "shipped") continue;
        const auto e = read_json_text<order::shipped>(f.data, strictness::from_storage);
        if (e) lots.push_back({{}, e->lot, e->bin, e->quantity});
    }
    return lots;
}

std::vector<lot_id> lots_of(runtime::node& node, const supplier_id& supplier)
{
    std::vector<lot_id> lots;
    each_state<lot::state>(
        node, "lot", [&](const std::string& key, const lot::state&) { lots.emplace_back(key); },
        [&](const boost::json::object& state) {
            const auto* who = state.if_contains("supplier");
            return who != nullptr && who->is_string() && std::string_view(who->get_string()) == supplier.text;
        });
    return lots;
}

bool has_genealogy(std::string_view kind)
{
    constexpr std::array<std::string_view, 6> kinds{"lot",      "work_order", "order", "purchase_order",
                                                    "supplier", "machine"};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

} // namespace

genealogy genealogy_of(const entity_ref& entity, const genealogy_reader& from) { return tracer(from).trace(entity); }

answering get_genealogy(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr || !has_genealogy(kind->name))
        co_return problem(404, "no_genealogy",
                          "Lots, orders, work orders, purchase orders, suppliers and machines have a genealogy.");
    const entity_ref entity(kind->name, r.part("key"));
    runtime::entity_view view;
    if (valid_key(entity.key())) view = co_await read(d, entity);
    if (view.revision == 0) co_return problem(404, "unknown_entity", "There is no " + entity.path() + '.');
    auto trace = [&node = d.node, entity] {
        const genealogy_reader reader{states_of(node),
                                      [&](const entity_ref& order) { return shipped_lots(node, order); },
                                      [&](const supplier_id& who) { return lots_of(node, who); }};
        return to_json(genealogy_of(entity, reader));
    };
    co_return json(200, co_await in_background(d, std::move(trace))).with("Cache-Control", "no-cache");
}

} // namespace takt::http
