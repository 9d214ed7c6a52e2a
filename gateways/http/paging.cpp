#include "gateways/http/paging.hpp"

#include <charconv>

namespace takt::http {
namespace {

/// A list of problems can be made of a number too, so a number has to say that it is the value.
constexpr auto found = boost::system::in_place_value;

std::optional<std::uint64_t> parse_whole(std::string_view text, int base = 10)
{
    std::uint64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, base);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

std::string hex(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : text) {
        out += digits[static_cast<unsigned char>(c) >> 4U];
        out += digits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

std::optional<std::string> unhex(std::string_view text)
{
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto byte = parse_whole(text.substr(i, 2), 16);
        if (!byte) return std::nullopt;
        out += static_cast<char>(*byte);
    }
    return out;
}

} // namespace

checked<std::size_t> page_limit(const target& where, const limits& bounds)
{
    const auto text = where.parameter("limit");
    if (!text) return checked<std::size_t>(found, bounds.page_items);
    const auto limit = parse_whole(*text);
    if (!limit || *limit == 0 || *limit > bounds.page_items_most)
        return problems{{"?limit", "must be a whole number from 1 to " + std::to_string(bounds.page_items_most)}};
    return checked<std::size_t>(found, *limit);
}

checked<std::uint64_t> whole_number(const target& where, std::string_view name, std::uint64_t otherwise)
{
    const auto text = where.parameter(name);
    if (!text) return checked<std::uint64_t>(found, otherwise);
    const auto value = parse_whole(*text);
    if (!value) return problems{{"?" + std::string(name), "must be a whole number, 0 or more"}};
    return checked<std::uint64_t>(found, *value);
}

std::string make_cursor(std::string_view last_key, std::uint64_t question)
{
    return hex(std::to_string(question) + '/' + std::string(last_key));
}

std::optional<std::string> read_cursor(std::string_view cursor, std::uint64_t question)
{
    const auto text = unhex(cursor);
    if (!text) return std::nullopt;
    const auto slash = text->find('/');
    if (slash == std::string::npos || text->substr(0, slash) != std::to_string(question)) return std::nullopt;
    return text->substr(slash + 1);
}

std::uint64_t stable_hash(std::string_view text, std::uint64_t seed)
{
    std::uint64_t h = 14695981039346656037ULL ^ seed;
    for (const char c : text) {
        h ^= static_cast<unsigned char>(c);
        h *= 1099511628211ULL;
    }
    h ^= h >> 33U;
    h *= 0xff51afd7ed558ccdULL;
    h ^= h >> 33U;
    h *= 0xc4ceb9fe1a85ec53ULL;
    h ^= h >> 33U;
    return h;
}

} // namespace takt::http
