#pragma once

#include "gateways/http/state_reader.hpp"
#include "messages/core/describe.hpp"
#include "messages/core/quantity.hpp"
#include "messages/wms/stock.hpp"

namespace takt::http {

struct genealogy_node {
    static constexpr std::string_view doc = "A lot, a work order, a customer's order, a purchase order or a supplier.";
    entity_ref entity;
    item_id item;
    takt::quantity quantity;
    std::string status;
    int level = 0;             ///< less than 0: what went into it; more: what became of it
    std::optional<instant> at; ///< when it came into being
};
BOOST_DESCRIBE_STRUCT(genealogy_node, (), (entity, item, quantity, status, level, at))

struct genealogy_link {
    static constexpr std::string_view doc = "So much went from one into the other.";
    entity_ref from, to;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(genealogy_link, (), (from, to, quantity))

/// What GET /api/v1/{kind}/{key}/genealogy answers.
struct genealogy {
    static constexpr std::string_view doc = "Where something came from and what became of it, over all levels: lots, "
                                            "the work orders between them, suppliers, and customers' orders.";
    entity_ref entity;
    std::vector<genealogy_node> nodes;
    std::vector<genealogy_link> links;
    std::vector<entity_ref> customers_orders; ///< that got pieces of it: whom a recall concerns
    std::vector<entity_ref> lots_on_hand;     ///< it, or made of it, and still in stock
    bool cut = false;                         ///< there is more than is shown
};
BOOST_DESCRIBE_STRUCT(genealogy, (), (entity, nodes, links, customers_orders, lots_on_hand, cut))

/// What an entity's state alone does not say.
struct genealogy_reader {
    state_reader state_of;
    /// Lots that were shipped for a customer's order.
    std::function<std::vector<wms::lot_amount>(const entity_ref&)> shipped_of;
    /// Lots that a supplier has delivered.
    std::function<std::vector<lot_id>(const supplier_id&)> delivered_by;
};

/// Of a lot, a work order, an order, a purchase order, a supplier, or a machine (the work orders of its latest runs).
genealogy genealogy_of(const entity_ref& entity, const genealogy_reader& from);

} // namespace takt::http
