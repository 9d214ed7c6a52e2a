#pragma once

#include <boost/json/value.hpp>

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "runtime/node.hpp"

/// GET /api/v1/traces/{id}: what one command set in motion, as a tree.
namespace takt::http {

struct trace_event {
    std::string type;
    int version = 1;
    boost::json::value data;
};
BOOST_DESCRIBE_STRUCT(trace_event, (), (type, version, data))

/// A timer that was armed. When it fires it begins a trace of its own, whose id is known ahead.
struct trace_timer {
    std::string name;
    instant due;
    std::string trace;
};
BOOST_DESCRIBE_STRUCT(trace_timer, (), (name, due, trace))

/// An effect that its receiver has not handled yet, or only beyond the records that are shown.
struct trace_effect {
    entity_ref to;
    std::string command;
};
BOOST_DESCRIBE_STRUCT(trace_effect, (), (to, command))

struct trace_refusal {
    std::string reason, detail;
};
BOOST_DESCRIBE_STRUCT(trace_refusal, (), (reason, detail))

/// One handled command. Those that it sent are below it, in `caused`.
struct trace_step {
    static constexpr std::string_view doc = "A command that an entity handled, and what came of it.";
    std::string span; ///< 16 hexadecimal digits
    entity_ref entity;
    std::string command;
    std::string by;                 ///< who sent it; empty: nobody with a name
    std::optional<instant> sent_at; ///< by another entity: when that decided
    instant at;                     ///< plant time of its own decision
    std::uint64_t revision = 0;     ///< of the entity after it
    std::vector<trace_event> events;
    std::vector<trace_timer> timers;
    std::vector<trace_effect> waiting;
    std::optional<trace_refusal> refused;
};
BOOST_DESCRIBE_STRUCT(trace_step, (),
                      (span, entity, command, by, sent_at, at, revision, events, timers, waiting, refused))

/// The command that armed the timer with which this trace began.
struct trace_cause {
    std::string trace;
    entity_ref entity;
    std::string command;
    instant at;
};
BOOST_DESCRIBE_STRUCT(trace_cause, (), (trace, entity, command, at))

struct trace_summary {
    static constexpr std::string_view doc =
        "All that one command from outside, one due timer or one batch of telemetry set in motion.";
    std::string trace;
    std::string parent; ///< span of the caller outside, if it gave one
    instant started_at, ended_at;
    std::uint64_t commands = 0, events = 0, entities = 0;
    bool settled = true;  ///< nothing that it sent is still on its way
    bool complete = true; ///< false: there are more commands than are shown
    std::optional<trace_cause> started_by;
};
BOOST_DESCRIBE_STRUCT(trace_summary, (),
                      (trace, parent, started_at, ended_at, commands, events, entities, settled, complete, started_by))

/// A step and the places of those that it caused, in the order of the journal.
struct trace_node {
    trace_step step;
    std::uint64_t parent_span = 0; ///< of the step before it, or of the caller outside; 0: none
    std::vector<std::size_t> caused;
};

struct trace_tree {
    trace_summary summary;
    std::vector<trace_node> nodes; ///< in the order of the journal
    std::vector<std::size_t> roots;
};

/// `found` holds one record at least.
trace_tree tree_of(const runtime::trace_id& id, const runtime::traced& found);
/// The summary's members, and `steps` with their `caused` in them.
std::string to_json_tree(const trace_tree& tree);
/// OpenTelemetry's OTLP/JSON: one span for each command, from when it was sent until it was decided.
std::string to_otlp(const trace_tree& tree);

} // namespace takt::http
