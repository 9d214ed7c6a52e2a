#pragma once

#include "actors/kind.hpp"
#include "messages/wms/bin.hpp"

/// Every movement of stock begins here: a bin never gives more than it has, nor what is staged for someone else; the
/// lot and the material ledger are told of what did happen. Of a lot that is held nothing is consumed, shipped or
/// picked.
namespace takt::bin {

/// What lies here of one lot.
struct content {
    item_id item;
    takt::quantity quantity;
    std::map<std::string, takt::quantity> reserved; ///< by work order: staged for it
};
BOOST_DESCRIBE_STRUCT(content, (), (item, quantity, reserved))

struct state {
    std::string zone;
    std::map<lot_id, content> contents;
    std::vector<lot_id> held; ///< not to be used; a hold may come before what it is about
};
BOOST_DESCRIBE_STRUCT(state, (), (zone, contents, held))

decision decide(const state&, const define&, const context&);
decision decide(const state&, const put&, const context&);
decision decide(const state&, const issue&, const context&);
decision decide(const state&, const hold&, const context&);
decision decide(const state&, const release&, const context&);
decision decide(const state&, const release_reservation&, const context&);
decision decide(const state&, const transfer&, const context&);
decision decide(const state&, const count&, const context&);
decision decide(const state&, const scrap&, const context&);

void apply(state&, const defined&);
void apply(state&, const stored&);
void apply(state&, const issued&);
void apply(state&, const held&);
void apply(state&, const released&);
void apply(state&, const issue_declined&);
void apply(state&, const reservation_released&);
void apply(state&, const counted&);

struct kind {
    static constexpr std::string_view name = "bin";
    static constexpr std::string_view doc = "A place in the warehouse or at the line, and exactly what lies there.";
    using state = bin::state;
    using commands = types<define, put, issue, hold, release, release_reservation, transfer, count, scrap>;
    using events = types<defined, stored, issued, held, released, issue_declined, reservation_released, counted>;
    using doors = types<define, transfer, count, scrap>;
};

} // namespace takt::bin
