#pragma once

#include <string>
#include <string_view>

#include "gateways/http/exchange.hpp"
#include "runtime/node.hpp"

/// How a repeated POST meets its first answer: the key names the sender, so the entity remembers what it answered.
namespace takt::http {

/// The Idempotency-Key without its quotes, or empty if there is none; a problem if it is longer than 200 bytes or has
/// other than printable ASCII.
checked<std::string> idempotency_key(const request& r);

/// Gives the command its identity: {"key/K", 1} with a fingerprint of path and body, or none without a key.
void identify(runtime::envelope& command, const request& r, const std::string& key);

/// "SO-" and 10 Crockford base32 characters: from an Idempotency-Key always the same, without one random.
std::string order_key(const std::string& idempotency_key);

} // namespace takt::http
