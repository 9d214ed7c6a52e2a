#pragma once

#include <map>
#include <set>

#include "actors/laws/law.hpp"

namespace takt::laws {

/// Nothing is shipped and nothing is consumed from a held lot: a bin that has been told that a lot is held gives none
/// of it to a work order or a customer until it is told otherwise, and every bin that a lot wanted to tell has heard
/// it.
class held_lots {
public:
    void see(const seen_event& e);
    /// A hold that is still on its way is no fault.
    void under_way(const entity_ref& target, const message& command);
    finding result() const;

private:
    using place = std::pair<entity_ref, lot_id>; ///< bin and lot
    void see_contents(const seen_event& e);
    void see_issue(const seen_event& e);
    void see_status(const seen_event& e);

    std::map<place, quantity> contents_;
    std::set<place> held_;
    std::map<place, std::uint64_t> to_tell_; ///< position of the lot's event
    std::set<place> on_the_way_;
    finding found_{"nothing is shipped and nothing is consumed from a held lot", 0, 0, {}};
};

} // namespace takt::laws
