#pragma once

#include <map>

#include "actors/laws/law.hpp"
#include "messages/core/id.hpp"

namespace takt::laws {

/// Nothing is begun at a machine that is kept free for its maintenance, no plan has two orders at a time, and no
/// technician is given two.
class maintenance {
public:
    void see(const seen_event& e);
    std::vector<finding> findings() const { return {machines_, plans_, technicians_}; }

private:
    void see_schedule(const seen_event& e);
    void see_asset(const seen_event& e);
    void see_order(const seen_event& e);

    std::map<std::pair<machine_id, std::string>, bool> kept_free_;  ///< by machine and what for
    std::map<std::pair<entity_ref, std::string>, std::string> due_; ///< the order of an asset's plan
    std::map<std::string, entity_ref> busy_with_;                   ///< by technician
    std::map<entity_ref, std::string> technician_of_;
    finding machines_{"nothing is begun at a machine that is maintained", 0, 0, {}};
    finding plans_{"maintenance is ordered once", 0, 0, {}};
    finding technicians_{"no technician has two orders at once", 0, 0, {}};
};

} // namespace takt::laws
