#include "messages/core/json_write.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include <boost/json/serialize.hpp>

namespace takt {
namespace {

template <class T> void append_number(std::string& out, T number)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_escaped(std::string& out, char c)
{
    constexpr std::string_view hex = "0123456789abcdef";
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
        out += "\\u00";
        out += hex[static_cast<unsigned char>(c) >> 4U];
        out += hex[static_cast<unsigned char>(c) & 15U];
    }
}

} // namespace

void write_json(std::string& out, std::string_view text)
{
    out += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, plain, i - plain);
        append_escaped(out, c);
        plain = i + 1;
    }
    out.append(text, plain);
    out += '"';
}

void write_json(std::string& out, double number)
{
    if (std::isfinite(number))
        append_number(out, number);
    else
        out += "null";
}

void write_json(std::string& out, const boost::json::value& value)
{
    if (const auto* object = value.if_object()) {
        out += '{';
        bool first = true;
        for (const auto& member : *object) {
            if (!first) out += ',';
            first = false;
            write_json(out, std::string_view(member.key()));
            out += ':';
            write_json(out, member.value());
        }
        out += '}';
    } else if (const auto* array = value.if_array()) {
        out += '[';
        for (std::size_t i = 0; i < array->size(); ++i) {
            if (i != 0) out += ',';
            write_json(out, (*array)[i]);
        }
        out += ']';
    } else if (const auto* number = value.if_double()) {
        write_json(out, *number); // Boost writes 12.5 as 1.25E1
    } else {
        out += boost::json::serialize(value);
    }
}
void write_integer(std::string& out, std::int64_t number) { append_number(out, number); }
void write_integer(std::string& out, std::uint64_t number) { append_number(out, number); }

} // namespace takt
