#pragma once

#include <functional>
#include <optional>

#include "messages/core/json_read.hpp"
#include "runtime/node.hpp"

namespace takt::http {

/// State of an entity as JSON; empty if nothing has happened to it.
using state_reader = std::function<std::string(const entity_ref&)>;

/// As a node has it. Waits for the entity: not on a thread that serves connections.
inline state_reader states_of(runtime::node& node)
{
    return [&node](const entity_ref& entity) {
        auto seen = node.view(entity);
        return seen.revision == 0 ? std::string() : std::move(seen.state);
    };
}

/// Nothing if nothing has happened to the entity.
template <class State> std::optional<State> read_state(const state_reader& state_of, const entity_ref& entity)
{
    const auto json = state_of(entity);
    if (json.empty()) return std::nullopt;
    auto read = read_json_text<State>(json, strictness::from_storage);
    if (!read) return std::nullopt;
    return std::move(*read);
}

} // namespace takt::http
