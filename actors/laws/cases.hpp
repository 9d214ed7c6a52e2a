#pragma once

#include <map>

#include "actors/laws/law.hpp"

namespace takt::laws {

/// Machines that are blocked get no work, and no case is left without an owner or begun twice.
class cases {
public:
    void see(const seen_event& e);
    /// A playbook that is still being asked for is no fault.
    void under_way(const entity_ref& target, const message& command);
    std::vector<finding> findings() const;

private:
    struct one_case {
        bool owned = false, asked = false;
        std::uint64_t position = 0; ///< of its opening
    };
    std::map<entity_ref, one_case> open_;
    std::map<entity_ref, bool> blocked_;
    finding machines_{"nothing is begun at a blocked machine", 0, 0, {}};
    finding owners_{"every case ends or has an owner", 0, 0, {}};
};

} // namespace takt::laws
