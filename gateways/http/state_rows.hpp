#pragma once

#include <functional>
#include <string_view>

#include "messages/core/json_read.hpp"
#include "runtime/node.hpp"

namespace takt::http {

/// Calls `each` with the key and the state of every entity of a listed kind in key order; nobody is called if the node
/// does not have the kind. `wanted` may leave rows out before they are read. Not on a thread that serves connections.
template <class State, class F> void each_state(
    runtime::node& node, std::string_view kind, F each,
    const std::function<bool(const boost::json::object&)>& wanted = [](const auto&) { return true; })
{
    if (node.kinds().find(kind) == nullptr) return;
    node.list(kind, {}, 1, [&](const runtime::row& row) {
        if (!wanted(*row.state)) return false;
        const auto read = read_json<State>(boost::json::value(*row.state), strictness::from_storage);
        if (read) each(row.key, *read);
        return false; // none is for the list itself
    });
}

} // namespace takt::http
