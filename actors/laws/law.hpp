#pragma once

#include <optional>
#include <string>

#include "actors/decision.hpp"

/// The plant's conservation laws: what must hold over everything that ever happened, whatever crashed in between. Each
/// law sees all events in the order of the journal, then the effects that are still under way, and says what it found.
namespace takt::laws {

/// One event as an auditor reads it.
struct seen_event {
    std::uint64_t position = 0; ///< in the journal's event stream
    entity_ref entity;
    instant at;
    message event;
};

struct violation {
    entity_ref entity;
    std::uint64_t position = 0; ///< of the event; 0: the end of the journal
    std::string detail;
};

struct finding {
    std::string name;
    std::uint64_t checked = 0; ///< how many balances, intervals, deliveries … were looked at
    std::uint64_t violations = 0;
    std::optional<violation> first;

    void violated(violation what)
    {
        if (violations++ == 0) first = std::move(what);
    }
};

} // namespace takt::laws
