#include <array>
#include <bit>
#include <cstring>
#include <limits>

#include "gateways/sparkplug/payload.hpp"

/// What values are by their data types.
namespace takt::sparkplug {
namespace {

constexpr std::array<std::string_view, 35> names{"Unknown",      "Int8",
                                                 "Int16",        "Int32",
                                                 "Int64",        "UInt8",
                                                 "UInt16",       "UInt32",
                                                 "UInt64",       "Float",
                                                 "Double",       "Boolean",
                                                 "String",       "DateTime",
                                                 "Text",         "UUID",
                                                 "DataSet",      "Bytes",
                                                 "File",         "Template",
                                                 "PropertySet",  "PropertySetList",
                                                 "Int8Array",    "Int16Array",
                                                 "Int32Array",   "Int64Array",
                                                 "UInt8Array",   "UInt16Array",
                                                 "UInt32Array",  "UInt64Array",
                                                 "FloatArray",   "DoubleArray",
                                                 "BooleanArray", "StringArray",
                                                 "DateTimeArray"};

or_reason<value> no(data_type type, const char* why) { return {std::nullopt, std::string(name_of(type)) + ' ' + why}; }
or_reason<value> yes(value v) { return {std::move(v), {}}; }

std::optional<std::uint64_t> whole(const raw_value& raw)
{
    if (const auto* v = std::get_if<std::uint32_t>(&raw)) return *v;
    if (const auto* v = std::get_if<std::uint64_t>(&raw)) return *v;
    return std::nullopt;
}

/// Two's complement in an unsigned field: of the type's own width, or already extended to the field's.
template <class Int> or_reason<value> as_signed(const raw_value& raw, data_type type)
{
    const auto bits = whole(raw);
    if (!bits) return no(type, "is not in an integer field");
    using unsigned_int = std::make_unsigned_t<Int>;
    if (*bits <= std::numeric_limits<unsigned_int>::max())
        return yes(std::int64_t{static_cast<Int>(static_cast<unsigned_int>(*bits))});
    const auto extended = std::holds_alternative<std::uint32_t>(raw)
                              ? std::int64_t{static_cast<std::int32_t>(static_cast<std::uint32_t>(*bits))}
                              : static_cast<std::int64_t>(*bits);
    if (extended < std::numeric_limits<Int>::min() || extended >= 0) return no(type, "is out of its range");
    return yes(extended);
}

template <class Int> or_reason<value> as_unsigned(const raw_value& raw, data_type type)
{
    const auto bits = whole(raw);
    if (!bits) return no(type, "is not in an integer field");
    if (*bits > std::numeric_limits<Int>::max()) return no(type, "is out of its range");
    return yes(*bits);
}

or_reason<value> as_real(const raw_value& raw, data_type type)
{
    if (const auto* v = std::get_if<float>(&raw)) return yes(double{*v});
    if (const auto* v = std::get_if<double>(&raw)) return yes(*v);
    return no(type, "is not in a float field");
}

template <class T> T little_endian(const char* at)
{
    static_assert(std::endian::native == std::endian::little, "arrays are copied as they are");
    T v;
    std::memcpy(&v, at, sizeof v);
    return v;
}

template <class T, class Element> or_reason<value> as_array(const std::string& bytes, data_type type)
{
    if (bytes.size() % sizeof(T) != 0) return no(type, "has an element that is cut off");
    std::vector<Element> all;
    all.reserve(bytes.size() / sizeof(T));
    for (std::size_t i = 0; i < bytes.size(); i += sizeof(T)) all.push_back(little_endian<T>(bytes.data() + i));
    return yes(std::move(all));
}

/// A count, then bits, the first in the highest place of a byte.
or_reason<value> as_booleans(const std::string& bytes, data_type type)
{
    constexpr std::size_t head = sizeof(std::uint32_t);
    if (bytes.size() < head) return no(type, "has no count");
    const std::size_t count = little_endian<std::uint32_t>(bytes.data());
    if (bytes.size() != head + (count + 7) / 8) return no(type, "has another length than its count says");
    std::vector<bool> all(count);
    for (std::size_t i = 0; i < count; ++i)
        all[i] = (static_cast<unsigned char>(bytes[head + i / 8]) >> (7 - i % 8) & 1) != 0;
    return yes(std::move(all));
}

or_reason<value> as_strings(const std::string& bytes, data_type type)
{
    if (!bytes.empty() && bytes.back() != '\0') return no(type, "has a string without an end");
    std::vector<std::string> all;
    for (std::size_t from = 0; from < bytes.size();) {
        const auto end = bytes.find('\0', from);
        all.push_back(bytes.substr(from, end - from));
        from = end + 1;
    }
    return yes(std::move(all));
}

or_reason<value> array_of(const std::string& bytes, data_type type)
{
    using i = std::int64_t;
    using u = std::uint64_t;
    switch (type) {
    case data_type::int8_array: return as_array<std::int8_t, i>(bytes, type);
    case data_type::int16_array: return as_array<std::int16_t, i>(bytes, type);
    case data_type::int32_array: return as_array<std::int32_t, i>(bytes, type);
    case data_type::int64_array: return as_array<std::int64_t, i>(bytes, type);
    case data_type::uint8_array: return as_array<std::uint8_t, u>(bytes, type);
    case data_type::uint16_array: return as_array<std::uint16_t, u>(bytes, type);
    case data_type::uint32_array: return as_array<std::uint32_t, u>(bytes, type);
    case data_type::uint64_array:
    case data_type::date_time_array: return as_array<std::uint64_t, u>(bytes, type);
    case data_type::float32_array: return as_array<float, double>(bytes, type);
    case data_type::float64_array: return as_array<double, double>(bytes, type);
    case data_type::boolean_array: return as_booleans(bytes, type);
    default: return as_strings(bytes, type);
    }
}

} // namespace

std::string_view name_of(data_type t)
{
    const auto n = static_cast<std::size_t>(t);
    return n < names.size() ? names[n] : "?";
}

or_reason<value> interpret(const raw_value& raw, data_type type)
{
    if (const auto* why = std::get_if<unreadable>(&raw)) return {std::nullopt, why->reason};
    if (std::holds_alternative<std::monostate>(raw)) return no(type, "has no value, and is not said to be null");
    switch (type) {
    case data_type::int8: return as_signed<std::int8_t>(raw, type);
    case data_type::int16: return as_signed<std::int16_t>(raw, type);
    case data_type::int32: return as_signed<std::int32_t>(raw, type);
    case data_type::int64: return as_signed<std::int64_t>(raw, type);
    case data_type::uint8: return as_unsigned<std::uint8_t>(raw, type);
    case data_type::uint16: return as_unsigned<std::uint16_t>(raw, type);
    case data_type::uint32: return as_unsigned<std::uint32_t>(raw, type);
    case data_type::uint64:
    case data_type::date_time: return as_unsigned<std::uint64_t>(raw, type);
    case data_type::float32:
    case data_type::float64: return as_real(raw, type);
    case data_type::boolean:
        if (const auto* v = std::get_if<bool>(&raw)) return yes(*v);
        return no(type, "is not in a boolean field");
    case data_type::string:
    case data_type::text:
    case data_type::uuid:
        if (const auto* v = std::get_if<std::string>(&raw)) return yes(*v);
        return no(type, "is not in a string field");
    case data_type::bytes:
    case data_type::file:
        if (const auto* v = std::get_if<byte_string>(&raw)) return yes(*v);
        return no(type, "is not in a bytes field");
    default: break;
    }
    if (type < data_type::int8_array || type > data_type::date_time_array)
        return no(type, "is a type that no single value has");
    const auto* packed = std::get_if<byte_string>(&raw);
    if (packed == nullptr) return no(type, "is not in a bytes field");
    return array_of(packed->bytes, type);
}

or_reason<raw_value> to_raw(const value& v, data_type type)
{
    const auto fits = [&](raw_value raw) -> or_reason<raw_value> {
        auto back = interpret(raw, type);
        if (back && *back.ok == v) return {std::move(raw), {}};
        return {std::nullopt, "the value is no " + std::string(name_of(type))};
    };
    if (const auto* b = std::get_if<bool>(&v)) return fits(*b);
    if (const auto* s = std::get_if<std::string>(&v)) return fits(*s);
    if (const auto* s = std::get_if<byte_string>(&v)) return fits(*s);
    if (const auto* d = std::get_if<double>(&v)) {
        if (type == data_type::float32) return {raw_value(static_cast<float>(*d)), {}}; // as near as it can be
        return fits(*d);
    }
    const bool wide = type == data_type::int64 || type == data_type::uint64 || type == data_type::date_time;
    const auto integer = [&](std::uint64_t bits) { return wide ? fits(bits) : fits(static_cast<std::uint32_t>(bits)); };
    if (const auto* n = std::get_if<std::int64_t>(&v)) return integer(static_cast<std::uint64_t>(*n));
    if (const auto* n = std::get_if<std::uint64_t>(&v)) return integer(*n);
    return {std::nullopt, "no command has such a value"};
}

std::optional<double> as_number(const value& v)
{
    if (const auto* b = std::get_if<bool>(&v)) return *b ? 1 : 0;
    if (const auto* n = std::get_if<std::int64_t>(&v)) return static_cast<double>(*n);
    if (const auto* n = std::get_if<std::uint64_t>(&v)) return static_cast<double>(*n);
    if (const auto* d = std::get_if<double>(&v)) return *d;
    return std::nullopt;
}

} // namespace takt::sparkplug
