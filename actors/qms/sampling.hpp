#pragma once

#include "actors/kind.hpp"
#include "actors/qms/switching.hpp"
#include "messages/qms/sampling.hpp"

/// A series of lots: what is to be inspected passes through here and gets its sample; the result comes back, counts for
/// the switching rules and for the supplier, feeds the control charts, and is a case of quality if it was rejected.
namespace takt::sampling {

struct judged_lot {
    inspection_id inspection;
    entity_ref origin;
    std::optional<qms::drawn_sample> drawn;
    bool accepted = false;
    std::int64_t inspected = 0, defects = 0;
    instant at;
};
BOOST_DESCRIBE_STRUCT(judged_lot, (), (inspection, origin, drawn, accepted, inspected, defects, at))

struct watcher {
    entity_ref asker;
    std::int64_t number = 0;
    int lots = 1, accepted = 0;
};
BOOST_DESCRIBE_STRUCT(watcher, (), (asker, number, lots, accepted))

struct state {
    item_id item;
    std::string plan;
    std::optional<supplier_id> supplier;
    qms::switching switching;
    std::int64_t lots = 0, lots_rejected = 0;
    std::int64_t inspected = 0, defects = 0; ///< pieces
    std::vector<judged_lot> latest;          ///< 50
    std::vector<watcher> watchers;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (item, plan, supplier, switching, lots, lots_rejected, inspected, defects, latest, watchers))

decision decide(const state&, const inspect&, const context&);
decision decide(const state&, const note_result&, const context&);
decision decide(const state&, const watch&, const context&);
decision decide(const state&, const end_watch&, const context&);
decision decide(const state&, const permit_reduced&, const context&);
decision decide(const state&, const resume&, const context&);

void apply(state&, const begun&);
void apply(state&, const result_noted&);
void apply(state&, const switched&);
void apply(state&, const watched&);
void apply(state&, const watch_ended&);
void apply(state&, const reduced_permitted&);

struct kind {
    static constexpr std::string_view name = "sampling";
    static constexpr std::string_view doc =
        "Lots of one item by one plan: how strictly they are sampled, how they were.";
    using state = sampling::state;
    using commands = types<inspect, note_result, watch, end_watch, permit_reduced, resume>;
    using events = types<begun, result_noted, switched, watched, watch_ended, reduced_permitted>;
    using doors = types<permit_reduced, resume>;
};

} // namespace takt::sampling
