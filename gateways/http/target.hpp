#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace takt::http {

/// A request's target, percent-decoded: "/api/v1/orders?status=open" is path {"api","v1","orders"}, query
/// {{"status","open"}}.
struct target {
    std::vector<std::string> path;
    std::vector<std::pair<std::string, std::string>> query;

    /// The first parameter of that name.
    std::optional<std::string> parameter(std::string_view name) const;
    /// All of them, also from comma-separated lists.
    std::vector<std::string> parameters(std::string_view name) const;
};

/// Nothing if the target has a broken escape, bytes that are not UTF-8, or control characters. One slash at the end
/// does not matter.
std::optional<target> parse_target(std::string_view text);

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);
/// Everything but unreserved characters escaped.
std::string percent_encode(std::string_view text);

bool is_utf8(std::string_view text);

} // namespace takt::http
