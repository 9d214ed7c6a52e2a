#pragma once

#include <optional>

#include "actors/decision.hpp"
#include "messages/core/quantity.hpp"

/// The refusals that commands of many kinds share, so that the same mistake has the same reason everywhere.
namespace takt {

inline decision refuse_unless_positive(quantity q, std::string field)
{
    return decision::refuse("not_positive", field + " must be more than 0, not " + to_string(q), field);
}

inline decision refuse_key(const std::string& key, std::string field)
{
    return decision::refuse(
        "invalid_key", field + " is '" + key + "'; a key is 1 to 80 of letters, digits, '_', '.', ':' and '-'", field);
}

inline decision refuse_undefined(const context& about)
{
    return decision::refuse("not_defined", about.self.path() + " has not been defined");
}

inline decision refuse_priority(int priority)
{
    return decision::refuse("priority_out_of_range", "priority is 1 to 9, not " + std::to_string(priority), "priority");
}

inline bool valid_priority(int priority) { return priority >= 1 && priority <= 9; }

} // namespace takt
