#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "messages/core/instant.hpp"

/// What a Sparkplug message carries, as plain values.
namespace takt::sparkplug {

/// As numbered on the wire.
enum class data_type : std::uint32_t {
    unknown,
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
    float32,
    float64,
    boolean,
    string,
    date_time,
    text,
    uuid,
    data_set,
    bytes,
    file,
    template_,
    property_set,
    property_set_list,
    int8_array,
    int16_array,
    int32_array,
    int64_array,
    uint8_array,
    uint16_array,
    uint32_array,
    uint64_array,
    float32_array,
    float64_array,
    boolean_array,
    string_array,
    date_time_array
};
std::string_view name_of(data_type t); ///< as the specification writes it: "Int8"; "?" for a number it does not know

struct byte_string {
    std::string bytes;
    friend bool operator==(const byte_string&, const byte_string&) = default;
};

/// A metric's value. Nothing (monostate) is null. DateTime is milliseconds since the epoch, unsigned.
using value =
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, byte_string, std::vector<bool>,
                 std::vector<std::int64_t>, std::vector<std::uint64_t>, std::vector<double>, std::vector<std::string>>;

/// A value as it is on the wire: what it means depends on its data type, which only the birth tells.
struct unreadable {
    std::string reason;
    friend bool operator==(const unreadable&, const unreadable&) = default;
};
using raw_value = std::variant<std::monostate, std::uint32_t, std::uint64_t, float, double, bool, std::string,
                               byte_string, unreadable>;

inline constexpr int good_quality = 192, stale_quality = 500;

struct metric {
    std::string name; ///< empty where an alias stands for it
    std::optional<std::uint64_t> alias;
    std::optional<instant> at;
    std::optional<data_type> type;
    bool historical = false, transient = false, null = false;
    int quality = good_quality; ///< 0 bad, 192 good, 500 stale
    raw_value raw;
};

struct payload {
    std::optional<instant> at;
    std::optional<std::uint64_t> seq;
    std::vector<metric> metrics;
};

/// More is refused.
struct payload_limits {
    std::size_t bytes = 4 << 20;
    std::size_t metrics = 50'000;
    std::size_t name_bytes = 1024;
    std::size_t string_bytes = 64 << 10; ///< of one string, byte string or array
};

/// A T, or why there is none.
template <class T> struct or_reason {
    std::optional<T> ok;
    std::string reason; ///< for people, if there is none
    explicit operator bool() const { return ok.has_value(); }
};

or_reason<payload> decode(std::string_view bytes, const payload_limits& limits = {});
std::string encode(const payload& p);

/// What a raw value is as this type. Signed numbers are sign-extended from the width of the type.
or_reason<value> interpret(const raw_value& raw, data_type type);
/// The other direction; a value that is no such type is refused.
or_reason<raw_value> to_raw(const value& v, data_type type);

/// The value as a number, if it is one: numbers as they are, booleans as 0 and 1.
std::optional<double> as_number(const value& v);

} // namespace takt::sparkplug
