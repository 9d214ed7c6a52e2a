#pragma once

#include <algorithm>
#include <optional>

#include "gateways/http/target.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/problem.hpp"

namespace takt::http {

/// A query's time ("from=2026-01-05T06:00:00Z"), nothing if it is not there, or what is wrong with it.
inline checked<std::optional<instant>> query_time(const target& where, std::string_view name)
{
    auto text = where.parameter(name);
    if (!text) return std::optional<instant>();
    std::replace(text->begin(), text->end(), ' ', '+'); // an offset's "+" that was not escaped in the query
    if (const auto at = parse_rfc3339(*text)) return std::optional(*at);
    return problems{{"?" + std::string(name), "is not an RFC 3339 time such as 2026-01-05T06:00:00Z"}};
}

} // namespace takt::http
