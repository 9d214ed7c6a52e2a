#include "gateways/http/idempotency.hpp"

#include <algorithm>
#include <random>

#include "gateways/http/paging.hpp"

namespace takt::http {
namespace {

std::uint64_t random_bits()
{
    std::random_device source; // getrandom: the only randomness at this door, and no decision hangs on it
    return static_cast<std::uint64_t>(source()) << 32U | source();
}

std::string crockford(std::uint64_t bits, int characters)
{
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string out;
    for (int i = 0; i < characters; ++i) {
        out += alphabet[bits & 31U];
        bits >>= 5U;
    }
    return out;
}

} // namespace

checked<std::string> idempotency_key(const request& r)
{
    constexpr std::size_t longest = 200;
    const auto header = r.header("idempotency-key");
    if (!header) return std::string();
    std::string_view key = *header;
    if (key.size() >= 2 && key.front() == '"' && key.back() == '"') key = key.substr(1, key.size() - 2);
    const bool printable = std::all_of(key.begin(), key.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    if (key.empty() || key.size() > longest || !printable)
        return problems{{"Idempotency-Key", "must be 1 to 200 printable ASCII characters, best a UUID"}};
    return std::string(key);
}

void identify(runtime::envelope& command, const request& r, const std::string& key)
{
    if (const auto header = r.header("traceparent"))
        command.trace = runtime::read_traceparent(*header).value_or(runtime::trace_context{}); // else as if not there
    if (key.empty()) return;
    command.sender = "key/" + key;
    command.sequence = 1;
    std::uint64_t fingerprint = 0;
    for (const auto& segment : r.where.path) fingerprint = stable_hash(segment, fingerprint);
    command.fingerprint = stable_hash(r.body, fingerprint);
}

std::string order_key(const std::string& idempotency_key)
{
    const auto bits = idempotency_key.empty() ? random_bits() : stable_hash(idempotency_key);
    return "SO-" + crockford(bits, 10);
}

} // namespace takt::http
