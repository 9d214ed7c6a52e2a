#pragma once

#include "actors/kind.hpp"
#include "messages/wms/lot.hpp"

/// A lot keeps its own balance — created + adjusted = on_hand + consumed + shipped + scrapped + returned — its quality
/// status, what it was made from and what it went into.
///
///     inspection --accepted--> unrestricted --block--> blocked --unblock--> unrestricted
///         └──────rejected────> blocked --scrap, send_back--> (empty)
///
/// The bins are told whether it may be used. What becomes of a rejected lot is said by a non-conformance or a person.
namespace takt::lot {

/// Where an amount of this lot went.
struct use {
    entity_ref reference;
    wms::issue_purpose purpose = wms::issue_purpose::consume;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(use, (), (reference, purpose, quantity))

struct state {
    item_id item;
    wms::lot_status status = wms::lot_status::unrestricted;
    std::string reason;          ///< of a block
    std::string nonconformance;  ///< that waits until what is left is disposed of
    std::vector<bin_id> held_in; ///< bins that were told not to give it out
    entity_ref origin;
    takt::quantity created, on_hand, consumed, shipped, scrapped, returned, adjusted;
    std::map<bin_id, takt::quantity> bins; ///< an entry may be negative while a move and an issue overtake each other
    std::vector<wms::parent_lot> parents;
    std::vector<use> uses;
    std::optional<supplier_id> supplier;
    std::optional<std::string> supplier_lot;
    std::optional<instant> expiry;
    instant created_at;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (item, status, reason, nonconformance, held_in, origin, created, on_hand, consumed, shipped,
                       scrapped, returned, adjusted, bins, parents, uses, supplier, supplier_lot, expiry, created_at))

decision decide(const state&, const create&, const context&);
decision decide(const state&, const book_issue&, const context&);
decision decide(const state&, const book_move&, const context&);
decision decide(const state&, const book_adjustment&, const context&);
decision decide(const state&, const take_inspection&, const context&);
decision decide(const state&, const decline_issue&, const context&);
decision decide(const state&, const report_origin&, const context&);
decision decide(const state&, const take_disposition&, const context&);
decision decide(const state&, const block&, const context&);
decision decide(const state&, const unblock&, const context&);
decision decide(const state&, const quarantine&, const context&);
decision decide(const state&, const scrap&, const context&);
decision decide(const state&, const send_back&, const context&);

void apply(state&, const lot::created&);
void apply(state&, const issued&);
void apply(state&, const moved&);
void apply(state&, const lot::adjusted&);
void apply(state&, const status_changed&);
void apply(state&, const disposal_requested&);
void apply(state&, const disposal_declined&);
void apply(state&, const disposition_taken&);
void apply(state&, const disposition_done&);

struct kind {
    static constexpr std::string_view name = "lot";
    static constexpr std::string_view doc = "An amount of one item that came into being at once, with its genealogy.";
    using state = lot::state;
    using commands = types<create, book_issue, book_move, book_adjustment, take_inspection, decline_issue,
                           report_origin, take_disposition, block, unblock, quarantine, scrap, send_back>;
    using events = types<lot::created, issued, moved, lot::adjusted, status_changed, disposal_requested,
                         disposal_declined, disposition_taken, disposition_done>;
    using doors = types<block, unblock, scrap, send_back>;
};

} // namespace takt::lot
