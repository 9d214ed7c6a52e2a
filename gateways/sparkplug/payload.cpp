#include "gateways/sparkplug/payload.hpp"

#include "gateways/sparkplug/topic.hpp"
#include <sparkplug_b.pb.h>

namespace takt::sparkplug {
namespace {

constexpr std::string_view quality_key = "Quality";

std::optional<instant> time_of(bool given, std::uint64_t ms)
{
    constexpr std::uint64_t year_9999 = 253'402'300'800'000;
    if (!given || ms > year_9999) return std::nullopt;
    return instant{static_cast<std::int64_t>(ms)};
}

/// Quality codes are Int32 of the property "Quality"; a metric without it is good.
int quality_of(const wire::PropertySet& properties)
{
    const int count = std::min(properties.keys_size(), properties.values_size());
    for (int i = 0; i < count; ++i) {
        if (properties.keys(i) != quality_key) continue;
        const auto& v = properties.values(i);
        if (v.value_case() == wire::PropertyValue::kIntValue) return static_cast<int>(v.int_value());
        if (v.value_case() == wire::PropertyValue::kLongValue) return static_cast<int>(v.long_value());
    }
    return good_quality;
}

raw_value text_value(const std::string& text, const payload_limits& limits)
{
    if (text.size() > limits.string_bytes) return unreadable{"a string of " + std::to_string(text.size()) + " bytes"};
    if (!valid_utf8(text)) return unreadable{"a string that is not UTF-8"};
    return text;
}

raw_value raw_of(const wire::Metric& m, const payload_limits& limits)
{
    switch (m.value_case()) {
    case wire::Metric::kIntValue: return m.int_value();
    case wire::Metric::kLongValue: return std::uint64_t{m.long_value()};
    case wire::Metric::kFloatValue: return m.float_value();
    case wire::Metric::kDoubleValue: return m.double_value();
    case wire::Metric::kBooleanValue: return m.boolean_value();
    case wire::Metric::kStringValue: return text_value(m.string_value(), limits);
    case wire::Metric::kBytesValue:
        if (m.bytes_value().size() > limits.string_bytes)
            return unreadable{std::to_string(m.bytes_value().size()) + " bytes"};
        return byte_string{m.bytes_value()};
    case wire::Metric::kDatasetValue: return unreadable{"a DataSet is no single value"};
    case wire::Metric::kTemplateValue: return unreadable{"a Template is no single value"};
    case wire::Metric::VALUE_NOT_SET: break;
    }
    return std::monostate{};
}

void write_raw(const raw_value& raw, wire::Metric& to)
{
    struct writer {
        wire::Metric& m;
        void operator()(std::monostate) const { m.set_is_null(true); }
        void operator()(std::uint32_t v) const { m.set_int_value(v); }
        void operator()(std::uint64_t v) const { m.set_long_value(v); }
        void operator()(float v) const { m.set_float_value(v); }
        void operator()(double v) const { m.set_double_value(v); }
        void operator()(bool v) const { m.set_boolean_value(v); }
        void operator()(const std::string& v) const { m.set_string_value(v); }
        void operator()(const byte_string& v) const { m.set_bytes_value(v.bytes); }
        void operator()(const unreadable&) const { m.set_is_null(true); }
    };
    std::visit(writer{to}, raw);
}

} // namespace

or_reason<payload> decode(std::string_view bytes, const payload_limits& limits)
{
    if (bytes.size() > limits.bytes) return {std::nullopt, "larger than " + std::to_string(limits.bytes) + " bytes"};
    wire::Payload from;
    if (!from.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return {std::nullopt, "is no protobuf"};
    if (from.uuid() == "SPBV1.0_COMPRESSED") return {std::nullopt, "is compressed, which is not read here"};
    if (static_cast<std::size_t>(from.metrics_size()) > limits.metrics)
        return {std::nullopt, "has more than " + std::to_string(limits.metrics) + " metrics"};
    payload p;
    p.at = time_of(from.has_timestamp(), from.timestamp());
    if (from.has_seq()) p.seq = from.seq();
    p.metrics.reserve(static_cast<std::size_t>(from.metrics_size()));
    for (const auto& m : from.metrics()) {
        if (m.name().size() > limits.name_bytes || !valid_utf8(m.name()))
            return {std::nullopt, "metric " + std::to_string(p.metrics.size()) + " has no readable name"};
        metric one;
        one.name = m.name();
        if (m.has_alias()) one.alias = m.alias();
        one.at = time_of(m.has_timestamp(), m.timestamp());
        if (m.has_datatype()) one.type = static_cast<data_type>(m.datatype());
        one.historical = m.is_historical();
        one.transient = m.is_transient();
        one.null = m.is_null();
        if (m.has_properties()) one.quality = quality_of(m.properties());
        if (!one.null) one.raw = raw_of(m, limits);
        p.metrics.push_back(std::move(one));
    }
    return {std::move(p), {}};
}

std::string encode(const payload& p)
{
    wire::Payload to;
    if (p.at) to.set_timestamp(static_cast<std::uint64_t>(p.at->ms));
    if (p.seq) to.set_seq(*p.seq);
    for (const auto& one : p.metrics) {
        auto& m = *to.add_metrics();
        if (!one.name.empty()) m.set_name(one.name);
        if (one.alias) m.set_alias(*one.alias);
        if (one.at) m.set_timestamp(static_cast<std::uint64_t>(one.at->ms));
        if (one.type) m.set_datatype(static_cast<std::uint32_t>(*one.type));
        if (one.historical) m.set_is_historical(true);
        if (one.transient) m.set_is_transient(true);
        if (one.quality != good_quality) {
            m.mutable_properties()->add_keys(std::string(quality_key));
            auto& q = *m.mutable_properties()->add_values();
            q.set_type(static_cast<std::uint32_t>(data_type::int32));
            q.set_int_value(static_cast<std::uint32_t>(one.quality));
        }
        if (one.null)
            m.set_is_null(true);
        else
            write_raw(one.raw, m);
    }
    return to.SerializeAsString();
}

} // namespace takt::sparkplug
