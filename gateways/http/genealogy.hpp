#pragma once

#include <functional>
#include <map>

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"
#include "runtime/node.hpp"

namespace takt::http {

BOOST_DEFINE_ENUM_CLASS(trace_direction,
                        backward, // what went in
                        forward)  // who has it

/// Where all of a lot is: created + adjusted = on_hand + consumed + shipped + scrapped + returned.
struct lot_whereabouts {
    static constexpr std::string_view doc = "Where all of a lot is.";
    takt::quantity on_hand, consumed, shipped, scrapped, returned, adjusted;
    std::map<bin_id, takt::quantity> bins;
    std::optional<supplier_id> supplier;
    std::optional<std::string> supplier_lot;
    std::optional<instant> expiry;
};
BOOST_DESCRIBE_STRUCT(lot_whereabouts, (),
                      (on_hand, consumed, shipped, scrapped, returned, adjusted, bins, supplier, supplier_lot, expiry))

struct genealogy_node {
    static constexpr std::string_view doc = "One thing on the way of the material.";
    entity_ref entity;
    int depth = 0;           ///< links from where the trace began
    std::string item;        ///< what it is an amount of; empty: it is not
    takt::quantity quantity; ///< of a lot: created; of an order of any kind: ordered
    takt::quantity scrap;    ///< of a work order
    std::string status;
    std::string name;          ///< of a machine, a person, a customer or a supplier; of a work order: where it is
    std::optional<instant> at; ///< created, decided, shipped
    std::optional<lot_whereabouts> lot;
};
BOOST_DESCRIBE_STRUCT(genealogy_node, (), (entity, depth, item, quantity, scrap, status, name, at, lot))

BOOST_DEFINE_ENUM_CLASS(link_kind,
                        ordered,   // supplier → purchase order
                        received,  // purchase order → lot
                        opened,    // material → lot: opening stock
                        consumed,  // lot → work order
                        made,      // work order → lot
                        run,       // machine → work order
                        worked,    // operator → work order
                        inspected, // inspection → lot or work order
                        set_aside, // lot → order or work order that has not used it yet
                        shipped,   // lot → order
                        awaited,   // work order or purchase order → order that is to get of it
                        sold)      // order → customer

struct genealogy_link {
    static constexpr std::string_view doc = "What went from where to where, in the direction of the material.";
    entity_ref from, to;
    link_kind kind = link_kind::consumed;
    takt::quantity quantity; ///< of the item of the lot; of a run: pieces it processed, good and scrap
    takt::quantity scrap;    ///< of a run
    std::string operation;   ///< of a run or an inspection in a work order
    std::optional<instant> at, until;
};
BOOST_DESCRIBE_STRUCT(genealogy_link, (), (from, to, kind, quantity, scrap, operation, at, until))

/// What GET /api/v1/{kind}/{key}/trace answers.
struct genealogy {
    static constexpr std::string_view doc =
        "The genealogy of a lot, an order, a work order, a purchase order, a supplier or a machine in one direction: "
        "backward, what went in with who and what made and judged it; forward, which work orders, lots, orders and "
        "customers have it. Quantities are those that were booked, lot by lot.";
    entity_ref entity;
    trace_direction direction = trace_direction::backward;
    bool truncated = false;            ///< there is more than depth and limit let through
    std::vector<genealogy_node> nodes; ///< nearest first
    std::vector<genealogy_link> links;
};
BOOST_DESCRIBE_STRUCT(genealogy, (), (entity, direction, truncated, nodes, links))

struct genealogy_question {
    entity_ref entity;
    trace_direction direction = trace_direction::backward;
    std::size_t depth = 32;          ///< links from the entity
    std::size_t limit = 500;         ///< nodes
    std::optional<instant> from, to; ///< forward from a machine or a supplier: only what it did in this time
};

/// How the past of the plant is read; both wait for the entity, so not on a thread that serves connections.
struct genealogy_records {
    std::function<runtime::entity_view(const entity_ref&)> view;
    std::function<std::vector<runtime::fact>(const entity_ref&, std::uint64_t after, std::size_t limit)> history;
};

constexpr std::size_t genealogy_depth_most = 64;
constexpr std::size_t genealogy_limit_most = 2000;

/// Kinds that a trace can begin at.
bool has_genealogy(std::string_view kind);

genealogy trace(const genealogy_question& what, const genealogy_records& records);

} // namespace takt::http
