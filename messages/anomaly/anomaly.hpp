#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// anomaly/<key>: what goes wrong at one source in one way; one case is open at a time, later ones are numbered.
namespace takt::anomaly {

BOOST_DEFINE_ENUM_CLASS(severity, info, warning, critical)

/// "breakdown:machine:M-104": the case of this type at this source.
inline std::string key_of(std::string_view type, const entity_ref& source)
{
    std::string key(type);
    key.append(1, ':').append(source.kind()).append(1, ':').append(source.key());
    return key;
}

struct raise {
    static constexpr std::string_view doc =
        "From whoever sees it, or door: something is wrong. Sent to key_of(type, source).";
    static constexpr auto defaulted = std::to_array<std::string_view>({"severity", "detail"});
    entity_ref source;
    std::string type; ///< "breakdown", "limit", "dispatch_unconfirmed", "quality", "master_data"
    takt::anomaly::severity severity = takt::anomaly::severity::warning;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(raise, (), (source, type, severity, detail))

struct acknowledge {
    static constexpr std::string_view doc = "Door: a person has seen it and takes care.";
    std::string by;
};
BOOST_DESCRIBE_STRUCT(acknowledge, (), (by))

struct close {
    static constexpr std::string_view doc = "From the source when it is well again, or door: over, with its cause.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"detail"});
    std::string cause;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(close, (), (cause, detail))

struct opened {
    static constexpr std::string_view doc = "A case was opened.";
    std::int64_t number = 0; ///< of the case at this source
    entity_ref source;
    std::string type;
    takt::anomaly::severity severity = takt::anomaly::severity::warning;
    std::string detail;
    instant at;
};
BOOST_DESCRIBE_STRUCT(opened, (), (number, source, type, severity, detail, at))

struct recurred {
    static constexpr std::string_view doc = "The same was seen again while the case is open.";
    takt::anomaly::severity severity = takt::anomaly::severity::warning;
    std::string detail;
    instant at;
};
BOOST_DESCRIBE_STRUCT(recurred, (), (severity, detail, at))

struct acknowledged {
    static constexpr std::string_view doc = "A person takes care of the case.";
    std::string by;
    instant at;
};
BOOST_DESCRIBE_STRUCT(acknowledged, (), (by, at))

struct closed {
    static constexpr std::string_view doc = "The case is over.";
    std::string cause;
    std::string detail;
    instant at;
};
BOOST_DESCRIBE_STRUCT(closed, (), (cause, detail, at))

} // namespace takt::anomaly
