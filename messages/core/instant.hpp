#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace takt {

using std::chrono::milliseconds;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z. Always UTC; shift calendars convert at their edge.
/// In JSON an RFC 3339 text with milliseconds: "2026-01-05T06:00:00.000Z".
struct instant {
    std::int64_t ms = 0;

    friend auto operator<=>(const instant&, const instant&) = default;
    friend instant operator+(instant at, milliseconds d) { return {at.ms + d.count()}; }
    friend instant operator-(instant at, milliseconds d) { return {at.ms - d.count()}; }
    friend milliseconds operator-(instant a, instant b) { return milliseconds{a.ms - b.ms}; }
    instant& operator+=(milliseconds d)
    {
        ms += d.count();
        return *this;
    }
};

/// "2026-01-05T06:00:00.000Z"; years 0000 to 9999.
std::string to_rfc3339(instant at);
void append_rfc3339(std::string& out, instant at);

/// Accepts any RFC 3339 date-time, with or without fraction, with "Z" or a numeric offset. Nothing else.
std::optional<instant> parse_rfc3339(std::string_view text);

} // namespace takt
