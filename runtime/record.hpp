#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// The journal's records: what one handled command did, as one line of JSON in a block. See docs/journal_format.md.
namespace takt::runtime {

/// A stored message: its type within the kind it belongs to, its version, its document.
struct recorded_event {
    std::string type;
    int v = 1;
    boost::json::value data;
    static constexpr auto defaulted = std::array<std::string_view, 1>{"v"};
};
BOOST_DESCRIBE_STRUCT(recorded_event, (), (type, v, data))

struct recorded_effect {
    entity_ref to;
    std::uint64_t seq = 0; ///< rises over all effects of the sending entity
    std::string type;
    int v = 1;
    boost::json::value data;
    static constexpr auto defaulted = std::array<std::string_view, 1>{"v"};
};
BOOST_DESCRIBE_STRUCT(recorded_effect, (), (to, seq, type, v, data))

struct recorded_timer {
    std::string name;
    std::uint64_t id = 0; ///< what it fires with; a later timer of the same name has another
    instant due;
    std::string type;
    int v = 1;
    boost::json::value data;
    static constexpr auto defaulted = std::array<std::string_view, 1>{"v"};
};
BOOST_DESCRIBE_STRUCT(recorded_timer, (), (name, id, due, type, v, data))

struct recorded_refusal {
    std::string reason, detail, field;
    bool failed = false; ///< the entity's code threw; otherwise it refused
    static constexpr auto defaulted = std::array<std::string_view, 2>{"field", "failed"};
};
BOOST_DESCRIBE_STRUCT(recorded_refusal, (), (reason, detail, field, failed))

/// One handled command: everything in it happened, or nothing.
struct record {
    entity_ref entity;
    std::uint64_t n = 0;   ///< number of this record among the entity's own: 1, 2, …
    std::uint64_t rev = 0; ///< the entity's revision before it; each event adds one
    instant at;            ///< plant time
    std::string by;        ///< the command's sender; empty: without identity
    std::uint64_t seq = 0; ///< the sender's sequence
    std::uint64_t fp = 0;  ///< fingerprint of the request, for doors
    std::string trace;     ///< see runtime/trace.hpp; empty in journals of older programs
    std::string command;
    std::vector<recorded_event> events;
    std::vector<recorded_effect> effects;
    std::vector<recorded_timer> timers;
    std::vector<std::string> cancel; ///< names of timers
    boost::json::value reply;
    std::optional<recorded_refusal> refused;
    static constexpr auto defaulted = std::array<std::string_view, 5>{"by", "seq", "fp", "trace", "reply"};
};
BOOST_DESCRIBE_STRUCT(record, (),
                      (entity, n, rev, at, by, seq, fp, trace, command, events, effects, timers, cancel, reply,
                       refused))

} // namespace takt::runtime
