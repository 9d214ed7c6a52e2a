#pragma once

#include "messages/core/id.hpp"
#include "messages/scada/trend.hpp"

/// What GET /api/v1/samples answers.
namespace takt::http {

struct measured {
    static constexpr std::string_view doc = "A stored sample.";
    instant at;
    double value = 0;
    int quality = 192;
};
BOOST_DESCRIBE_STRUCT(measured, (), (at, value, quality))

struct trend_of_samples {
    static constexpr std::string_view doc = "Stored samples of one tag, oldest first.";
    entity_ref source;
    std::string tag;
    std::string resolution; ///< "raw"
    instant from, to;
    std::vector<measured> items;
    std::optional<instant> next_from; ///< where the next page begins; missing: that was all
};
BOOST_DESCRIBE_STRUCT(trend_of_samples, (), (source, tag, resolution, from, to, items, next_from))

struct trend_of_rollups {
    static constexpr std::string_view doc =
        "Minutes or hours of one tag, oldest first; those without a value left out.";
    entity_ref source;
    std::string tag;
    std::string resolution; ///< "1m", "1h"
    instant from, to;
    std::vector<scada::rollup> items;
    std::optional<instant> next_from;
};
BOOST_DESCRIBE_STRUCT(trend_of_rollups, (), (source, tag, resolution, from, to, items, next_from))

struct latest_value {
    static constexpr std::string_view doc = "The latest stored sample of a tag.";
    std::string tag;
    instant at;
    double value = 0;
    int quality = 192;
};
BOOST_DESCRIBE_STRUCT(latest_value, (), (tag, at, value, quality))

struct latest_values {
    static constexpr std::string_view doc = "The latest stored sample of each tag of a source, by tag.";
    entity_ref source;
    std::vector<latest_value> items;
};
BOOST_DESCRIBE_STRUCT(latest_values, (), (source, items))

} // namespace takt::http
