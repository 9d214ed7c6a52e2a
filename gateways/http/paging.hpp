#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateways/http/limits.hpp"
#include "gateways/http/target.hpp"
#include "messages/core/problem.hpp"

namespace takt::http {

/// `limit` of a query within the bounds, or what is wrong with it.
checked<std::size_t> page_limit(const target& where, const limits& bounds);

/// A query's whole number ("after=120"), `otherwise` if it is not there.
checked<std::uint64_t> whole_number(const target& where, std::string_view name, std::uint64_t otherwise);

/// Where a list goes on: opaque to clients, bound to the question it was given for.
std::string make_cursor(std::string_view last_key, std::uint64_t question);
/// The last key; nothing if the cursor is broken or belongs to another question.
std::optional<std::string> read_cursor(std::string_view cursor, std::uint64_t question);

/// 64-bit FNV-1a with a final mix; the same on every machine and in every version, as order keys hang on it.
std::uint64_t stable_hash(std::string_view text, std::uint64_t seed = 0);

} // namespace takt::http
