#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "messages/core/describe.hpp"

/// MQTT Sparkplug B 3.0, seen from a host application. What the rules are and which test shows each: docs/sparkplug.md.
namespace takt::sparkplug {

BOOST_DEFINE_ENUM_CLASS(message_kind, nbirth, dbirth, ndata, ddata, ndeath, ddeath, ncmd, dcmd)

/// An edge node (no device) or a device of it.
struct thing {
    std::string group, edge_node, device;
    friend bool operator==(const thing&, const thing&) = default;
    /// "group/edge_node" or "group/edge_node/device"
    std::string path() const;
};

/// spBv1.0/{group}/{kind}/{edge_node}[/{device}]
struct topic {
    message_kind kind = message_kind::ndata;
    thing from;
};

/// Nothing if it is no topic of an edge node: a wrong number of levels, an empty or unprintable id, an unknown kind, a
/// device where none may be or none where one must be.
std::optional<topic> parse_topic(std::string_view text);
std::string to_string(const topic& t);

/// "spBv1.0/STATE/{host_id}"
std::string state_topic(std::string_view host_id);

/// Not empty, at most 200 bytes of UTF-8 without control characters, '+', '/' and '#'.
bool valid_id(std::string_view id);

bool valid_utf8(std::string_view text);

} // namespace takt::sparkplug
