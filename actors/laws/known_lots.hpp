#pragma once

#include <set>

#include "actors/laws/law.hpp"

namespace takt::laws {

/// Nothing is consumed, shipped or built in that did not come into being before: every lot that a bin gives out, and
/// every parent of a lot, was created earlier in the journal.
class known_lots {
public:
    void see(const seen_event& e);
    finding result() const { return found_; }

private:
    void check(const lot_id& lot, const seen_event& e);

    finding found_{"every consumed lot is known", 0, 0, {}};
    std::set<lot_id> created_;
};

} // namespace takt::laws
