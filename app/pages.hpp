#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateways/http/client.hpp"

namespace takt::app {

/// Goes through a list page by page, up to `limit` items. `where`: "status=open". The answer that was no success, if
/// one was not. Throws CLI::ValidationError if a filter is not NAME=VALUE.
std::optional<http::client_answer> each_row(http::client& node, const std::string& kind,
                                            const std::vector<std::string>& where, std::size_t limit,
                                            const std::function<void(const boost::json::value&)>& each);

/// "&status=open&late=true" of the filters.
std::string query_of(const std::vector<std::string>& where);

} // namespace takt::app
