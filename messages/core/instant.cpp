#include "messages/core/instant.hpp"

#include <array>
#include <charconv>

namespace takt {
namespace {

constexpr std::int64_t ms_per_day = 86'400'000;

void append_padded(std::string& out, std::int64_t value, int width)
{
    std::array<char, 8> digits{};
    for (int i = width - 1; i >= 0; --i) {
        digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    out.append(digits.data(), static_cast<std::size_t>(width));
}

/// Reads exactly `width` digits at `at` and moves past them.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t width)
{
    if (at + width > text.size()) return std::nullopt;
    int value = 0;
    const char* first = text.data() + at;
    for (std::size_t i = 0; i < width; ++i)
        if (first[i] < '0' || first[i] > '9') return std::nullopt;
    std::from_chars(first, first + width, value);
    at += width;
    return value;
}

bool skip(std::string_view text, std::size_t& at, char expected)
{
    if (at >= text.size() || text[at] != expected) return false;
    ++at;
    return true;
}

struct date_time {
    std::chrono::year_month_day date;
    int hour = 0, minute = 0, second = 0;
};

std::optional<date_time> read_date_time(std::string_view text, std::size_t& at)
{
    const auto year = digits(text, at, 4);
    if (!year || !skip(text, at, '-')) return std::nullopt;
    const auto month = digits(text, at, 2);
    if (!month || !skip(text, at, '-')) return std::nullopt;
    const auto day = digits(text, at, 2);
    if (!day || at >= text.size() || (text[at] != 'T' && text[at] != 't')) return std::nullopt;
    ++at;
    const auto hour = digits(text, at, 2);
    if (!hour || !skip(text, at, ':')) return std::nullopt;
    const auto minute = digits(text, at, 2);
    if (!minute || !skip(text, at, ':')) return std::nullopt;
    const auto second = digits(text, at, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return date_time{date, *hour, *minute, *second};
}

/// ".123" and finer; digits past the millisecond are cut off. No fraction is zero.
std::optional<int> read_fraction_ms(std::string_view text, std::size_t& at)
{
    if (at >= text.size() || text[at] != '.') return 0;
    ++at;
    const std::size_t first = at;
    int ms = 0, weight = 100;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, weight /= 10) ms += (text[at] - '0') * weight;
    if (at == first) return std::nullopt;
    return ms;
}

/// "Z" or "+08:00": how far local time is ahead of UTC, in minutes.
std::optional<int> read_offset(std::string_view text, std::size_t& at)
{
    if (at >= text.size()) return std::nullopt;
    const char sign = text[at++];
    if (sign == 'Z' || sign == 'z') return 0;
    if (sign != '+' && sign != '-') return std::nullopt;
    const auto hours = digits(text, at, 2);
    if (!hours || !skip(text, at, ':')) return std::nullopt;
    const auto minutes = digits(text, at, 2);
    if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const int offset = *hours * 60 + *minutes;
    return sign == '+' ? offset : -offset;
}

} // namespace

void append_rfc3339(std::string& out, instant at)
{
    auto day = at.ms / ms_per_day;
    auto in_day = at.ms % ms_per_day;
    if (in_day < 0) {
        in_day += ms_per_day;
        --day;
    }
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    append_padded(out, static_cast<int>(date.year()), 4);
    out += '-';
    append_padded(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    append_padded(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    append_padded(out, in_day / 3'600'000, 2);
    out += ':';
    append_padded(out, in_day / 60'000 % 60, 2);
    out += ':';
    append_padded(out, in_day / 1000 % 60, 2);
    out += '.';
    append_padded(out, in_day % 1000, 3);
    out += 'Z';
}

std::string to_rfc3339(instant at)
{
    std::string out;
    out.reserve(24);
    append_rfc3339(out, at);
    return out;
}

std::optional<instant> parse_rfc3339(std::string_view text)
{
    std::size_t at = 0;
    const auto when = read_date_time(text, at);
    if (!when) return std::nullopt;
    const auto fraction_ms = read_fraction_ms(text, at);
    if (!fraction_ms) return std::nullopt;
    const auto offset_minutes = read_offset(text, at);
    if (!offset_minutes || at != text.size()) return std::nullopt;
    const std::int64_t days = std::chrono::sys_days{when->date}.time_since_epoch().count();
    const std::int64_t minutes = when->hour * 60 + when->minute - *offset_minutes;
    return instant{days * ms_per_day + minutes * 60'000 + when->second * 1000 + *fraction_ms};
}

} // namespace takt
