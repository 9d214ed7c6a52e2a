#pragma once

#include <map>
#include <set>
#include <unordered_map>

#include <boost/json/value.hpp>

#include "gateways/feeds/units.hpp"
#include "gateways/sparkplug/topic.hpp"
#include "messages/core/problem.hpp"
#include "messages/plant/plant.hpp"

/// What comes in over MQTT and is not yet a sample.
namespace takt::feeds {

struct target {
    entity_ref source;
    std::string tag;
    bool boolean = false;
    linear to_sample;
    std::optional<double> low, high;
};

/// A JSON document's values by where they go.
struct json_value {
    const target* to = nullptr;
    const boost::json::value* value = nullptr; ///< null: the document has no such member
    std::string field;
};

/// The data dictionary: address of a value → target. Answers are remembered, at most 200 000 of them. Not thread-safe.
class dictionary {
public:
    /// Of a plant file that has been checked.
    explicit dictionary(const plant::file& plant);

    /// Null for what no row maps. Stays where it is as long as the dictionary.
    const target* find(const sparkplug::thing& from, const std::string& metric);

    /// The topics to subscribe, with wildcards.
    std::vector<std::string> json_filters() const;
    struct json_match {
        std::string time; ///< member
        std::vector<json_value> values;
    };
    /// Nothing if no feed has such a topic. Points into `document`.
    std::optional<json_match> match(const std::string& topic, const boost::json::value& document);

private:
    using names = std::map<std::string, std::string>;
    const target* remember(std::string key, const plant::feed_target& row, const names& parts);

    plant::feeds feeds_;
    std::set<std::string> sources_;
    std::unordered_map<std::string, std::optional<target>> known_;
};

/// What is wrong with the section `feeds` of a plant file.
problems check(const plant::file& plant);

} // namespace takt::feeds
