#pragma once

#include "actors/kind.hpp"
#include "messages/plm/product.hpp"

/// Effectivity: a work order takes the revision in force when it is made and keeps it.
namespace takt::product {

struct released_revision {
    define content;
    instant effective_from;
};
BOOST_DESCRIBE_STRUCT(released_revision, (), (content, effective_from))

struct state {
    std::string name;
    bool finished = false;
    std::vector<released_revision> revisions; ///< by effective_from
    std::int64_t work_orders = 0;
    takt::quantity made; ///< started in all
};
BOOST_DESCRIBE_STRUCT(state, (), (name, finished, revisions, work_orders, made))

/// The revision for a work order made at this time; none if the product has none yet.
const define* in_force(const state& s, instant at);
/// Whole pieces to start so that so many are expected to be good.
takt::quantity to_start(takt::quantity good, const define& how);

decision decide(const state&, const define&, const context&);
decision decide(const state&, const make&, const context&);

void apply(state&, const revision_defined&);
void apply(state&, const work_order_made&);
void apply(state&, const make_failed&);

struct kind {
    static constexpr std::string_view name = "product";
    static constexpr std::string_view doc = "How an item is made: bill of material and routing, by revision.";
    using state = product::state;
    using commands = types<define, make>;
    using events = types<revision_defined, work_order_made, make_failed>;
    using doors = types<define>;
};

} // namespace takt::product
