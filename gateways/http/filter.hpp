#pragma once

#include <functional>

#include "gateways/http/kind_names.hpp"
#include "gateways/http/target.hpp"
#include "runtime/node.hpp"

namespace takt::http {

using row_test = std::function<bool(const runtime::row&)>;

/// The filter that a list's query asks for. Any member of the kind's state that is a text, number, truth value or time
/// can be asked for: `status=open`, `status=open,allocated`, `late=true`; times with `due_before=…`, `due_after=…`
/// (RFC 3339, before is exclusive, after is inclusive); numbers with `quantity_min=…`, `quantity_max=…` (inclusive).
/// `limit` and `cursor` are left to the caller. A name or value that cannot be asked for is a problem at "?name".
checked<row_test> make_filter(const kind_ops& kind, const target& where);

/// What make_filter understands for a kind, for the API's description: name and JSON Schema of each parameter.
boost::json::object filter_parameters(const kind_ops& kind);

} // namespace takt::http
