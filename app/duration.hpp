#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace takt::app {

/// "90s", "5m", "1h30m", "90": nothing if it is none of these.
inline std::optional<std::chrono::seconds> parse_duration(const std::string& text)
{
    std::chrono::seconds sum{0};
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t end = at;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
        if (end == at || end - at > 6) return std::nullopt;
        const long count = std::stol(text.substr(at, end - at));
        const char unit = end < text.size() ? text[end] : 's';
        if (unit == 's')
            sum += std::chrono::seconds(count);
        else if (unit == 'm')
            sum += std::chrono::minutes(count);
        else if (unit == 'h')
            sum += std::chrono::hours(count);
        else
            return std::nullopt;
        at = end + 1;
    }
    if (text.empty()) return std::nullopt;
    return sum;
}

} // namespace takt::app
