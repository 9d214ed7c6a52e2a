#include "gateways/http/target.hpp"

#include <algorithm>
#include <cstdint>

namespace takt::http {
namespace {

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// How many bytes follow a first byte, and the smallest code point that needs so many; -1 if it cannot be first.
struct sequence {
    int more;
    std::uint32_t least, first_bits;
};

sequence sequence_of(unsigned char c)
{
    if (c < 0x80U) return {0, 0, c};
    if ((c & 0xE0U) == 0xC0U) return {1, 0x80, c & 0x1FU};
    if ((c & 0xF0U) == 0xE0U) return {2, 0x800, c & 0x0FU};
    if ((c & 0xF8U) == 0xF0U) return {3, 0x10000, c & 0x07U};
    return {-1, 0, 0};
}

bool plain_text(std::string_view text)
{
    return is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return byte < 0x20 || byte == 0x7F;
           });
}

std::optional<std::string> decode_text(std::string_view text, bool plus_is_space)
{
    auto decoded = percent_decode(text, plus_is_space);
    if (decoded && !plain_text(*decoded)) decoded.reset();
    return decoded;
}

/// Calls `each` with the parts between `separator`s; false as soon as it says so.
template <class F> bool split(std::string_view text, char separator, F each)
{
    while (true) {
        const auto end = text.find(separator);
        if (!each(text.substr(0, end))) return false;
        if (end == std::string_view::npos) return true;
        text.remove_prefix(end + 1);
    }
}

bool read_path(std::string_view text, std::vector<std::string>& out)
{
    text.remove_prefix(1);
    if (!text.empty() && text.back() == '/') text.remove_suffix(1);
    if (text.empty()) return true;
    return split(text, '/', [&](std::string_view part) {
        auto decoded = decode_text(part, false);
        if (decoded) out.push_back(std::move(*decoded));
        return decoded.has_value();
    });
}

bool read_query(std::string_view text, std::vector<std::pair<std::string, std::string>>& out)
{
    return split(text, '&', [&](std::string_view pair) {
        if (pair.empty()) return true;
        const auto equals = pair.find('=');
        auto name = decode_text(pair.substr(0, equals), true);
        auto value = decode_text(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), true);
        if (!name || !value) return false;
        out.emplace_back(std::move(*name), std::move(*value));
        return true;
    });
}

} // namespace

std::optional<std::string> target::parameter(std::string_view name) const
{
    for (const auto& [n, value] : query)
        if (n == name) return value;
    return std::nullopt;
}

std::vector<std::string> target::parameters(std::string_view name) const
{
    std::vector<std::string> all;
    for (const auto& [n, value] : query)
        if (n == name)
            split(value, ',', [&](std::string_view part) {
                if (!part.empty()) all.emplace_back(part);
                return true;
            });
    return all;
}

std::optional<target> parse_target(std::string_view text)
{
    if (const auto scheme = text.find("://"); scheme != std::string_view::npos && scheme < text.find('/')) {
        const auto path = text.find('/', scheme + 3); // absolute form, as proxies send it
        text = path == std::string_view::npos ? std::string_view("/") : text.substr(path);
    }
    if (text.empty() || text.front() != '/') return std::nullopt;
    const auto question = text.find('?');
    target parsed;
    if (!read_path(text.substr(0, question), parsed.path)) return std::nullopt;
    if (question != std::string_view::npos && !read_query(text.substr(question + 1), parsed.query)) return std::nullopt;
    return parsed;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

std::string percent_encode(std::string_view text)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                                c == '-' || c == '.' || c == '_' || c == '~';
        if (unreserved) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += hex[byte >> 4U];
            out += hex[byte & 15U];
        }
    }
    return out;
}

bool is_utf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto [more, least, first_bits] = sequence_of(static_cast<unsigned char>(text[i]));
        if (more < 0 || i + static_cast<std::size_t>(more) >= text.size()) return false;
        std::uint32_t point = first_bits;
        for (int k = 0; k < more; ++k) {
            const auto c = static_cast<unsigned char>(text[++i]);
            if ((c & 0xC0U) != 0x80U) return false;
            point = point << 6U | (c & 0x3FU);
        }
        const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
        if (point < least || point > 0x10FFFF || surrogate) return false;
    }
    return true;
}

} // namespace takt::http
