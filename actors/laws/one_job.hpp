#pragma once

#include <map>
#include <set>

#include "actors/laws/law.hpp"

namespace takt::laws {

/// No machine has more jobs at a time than its capacity, and no operator more than one.
class one_job {
public:
    void see(const seen_event& e);
    std::vector<finding> findings() const { return {machines_, operators_}; }

private:
    struct resource {
        std::size_t capacity = 1;
        std::set<std::string> jobs;
    };
    void begin(finding& law, const std::string& job, const seen_event& e);
    void end(const std::string& job, const seen_event& e);

    std::map<entity_ref, resource> resources_;
    finding machines_{"no machine does more than it can at once", 0, 0, {}};
    finding operators_{"no operator does two jobs at once", 0, 0, {}};
};

} // namespace takt::laws
