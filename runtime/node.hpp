#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actors/kind.hpp"
#include "messages/scada/sample.hpp"
#include "messages/scada/trend.hpp"
#include "runtime/histogram.hpp"
#include "runtime/record.hpp"
#include "runtime/trace.hpp"

/// What every door of a node talks to: the gateways, the terminal view, benchmarks, tests. No CAF in here.
namespace takt::runtime {

/// A command on its way to an entity. `sender` and `sequence` are its identity: the same pair again gets the first
/// answer and changes nothing. Sequences of one sender to one entity rise. A door with an Idempotency-Key K uses
/// {"key/K", 1}; an empty sender has no identity and is never repeated safely.
struct envelope {
    entity_ref target;
    message command;
    std::string sender;
    std::uint64_t sequence = 0;
    std::uint64_t fingerprint = 0; ///< of the request's body; same key with another one is refused as `key_reused`
    /// The command is refused as `revision_changed` unless the entity is at this revision: a door's If-Match.
    std::optional<std::uint64_t> only_at_revision{};
    trace_context trace{}; ///< none: the node begins a new one
};

enum class outcome {
    accepted,    ///< its record is on disk
    refused,     ///< the entity's own answer; nothing changed. See reason, detail, field
    busy,        ///< the entity's inbox or the journal is full; nothing happened; retry
    unavailable, ///< the node stops, or its disk failed; nothing is acknowledged any more
    failed       ///< the entity's code threw; the command is kept as a dead letter
};

/// The answer to a command; for `accepted`, given only after the fsync that made it durable.
struct answer {
    outcome result = outcome::accepted;
    std::string reason; ///< refusal reason: stable snake_case word
    std::string detail;
    std::string field;
    std::uint64_t revision = 0; ///< of the entity after the command
    std::string body;           ///< the entity's reply as JSON, or empty
    bool repeated = false;      ///< this command was handled before; the rest is the first answer
};
using on_answer = std::function<void(const answer&)>;

/// An entity as it stands in the journal at one revision.
struct entity_view {
    entity_ref entity;
    std::uint64_t revision = 0; ///< number of events so far; 0: nobody has ever told it anything
    std::string state;          ///< JSON
    std::string live;           ///< JSON of what telemetry tells (machines, meters), or empty
};
using on_view = std::function<void(const entity_view&)>;

/// One event as it was journalled.
struct fact {
    std::uint64_t position = 0; ///< place in the node's journal; rises; the id of the event stream
    entity_ref entity;
    std::uint64_t revision = 0; ///< of the entity after this event
    instant at;                 ///< plant time
    std::string by;             ///< who sent the command
    trace_id trace;             ///< what it belongs to; none in journals of older programs
    std::string command;        ///< type of the command that caused it
    std::string type;           ///< "dispatched"
    int version = 1;
    std::string data; ///< JSON
};
/// What the journal has of one trace.
struct traced {
    std::vector<record> records;      ///< in journal order
    bool more = false;                ///< there are more than were asked for
    std::optional<record> started_by; ///< if a timer began it: the record that armed the timer, if it is not long ago
};

using facts = std::shared_ptr<const std::vector<fact>>;

/// A row of a list: an entity's state at its latest revision.
struct row {
    std::string key;
    std::uint64_t revision = 0;
    std::shared_ptr<const boost::json::object> state;
};

struct node_counters {
    std::uint64_t commands = 0, refused = 0, busy = 0, failed = 0, events = 0, blocks = 0, block_bytes = 0;
    std::uint64_t samples_stored = 0, samples_lost = 0, samples_late = 0, sample_bytes = 0; ///< of trends
    std::uint64_t samples = 0, samples_dropped = 0, activations = 0, passivations = 0, effects_pending = 0,
                  timers_pending = 0;
    std::uint64_t entities_resident = 0, journal_position = 0, derived_position = 0;
    std::uint64_t store_memory_bytes = 0;
    double fsync_seconds_sum = 0;
};

/// Where work waits in a node, and how long things take.
struct node_load {
    std::uint64_t inbox_waiting = 0, inbox_deepest = 0; ///< tasks of all entities; of the one with most
    double inbox_oldest_seconds = 0;                    ///< how long the oldest of them has waited
    std::uint64_t journal_waiting = 0, calculations_waiting = 0, timers_overdue = 0;
    double effects_oldest_seconds = 0; ///< plant time since the oldest effect that is owed was decided
    distribution block_records, block_seconds, commit_seconds, calculation_seconds;
    std::map<std::string, distribution> turn_seconds; ///< by kind: for one command
};

class past;

/// All members may be called from any thread. Callbacks run on one of the node's own threads and must not block.
class node {
public:
    virtual ~node() = default;

    virtual const kind_registry& kinds() const = 0;
    virtual instant now() const = 0; ///< plant time

    virtual void send(envelope command, on_answer then) = 0;
    virtual answer ask(envelope command) = 0; ///< send and wait; not from a node's own thread

    /// Telemetry: evaluated by the machine or meter it belongs to. False when its inbox is full (the batch is counted
    /// as dropped). Samples of unknown sources are counted and dropped.
    virtual bool observe(const entity_ref& source, std::vector<scada::sample> samples) = 0;

    /// Stored telemetry of one tag, oldest first, with `from` <= time < `to`: single samples, the earliest `limit` of
    /// them. What came in the last moments may still be missing. A node that keeps no trends has none.
    virtual std::vector<scada::sample> samples(const entity_ref& /*source*/, const std::string& /*tag*/,
                                               instant /*from*/, instant /*to*/, std::size_t /*limit*/)
    {
        return {};
    }
    /// The same in steps of `each`, which is a multiple of a minute; steps without a good value are left out.
    virtual std::vector<scada::rollup> rollups(const entity_ref& /*source*/, const std::string& /*tag*/,
                                               instant /*from*/, instant /*to*/, milliseconds /*each*/,
                                               std::size_t /*limit*/)
    {
        return {};
    }
    /// The latest sample of each tag of a source that was ever stored, by tag.
    virtual std::vector<scada::sample> latest(const entity_ref& /*source*/) { return {}; }

    virtual void read(const entity_ref& entity, on_view then) = 0;
    virtual entity_view view(const entity_ref& entity) = 0; ///< read and wait

    /// An entity's events with revision > `after`, oldest first.
    virtual std::vector<fact> history(const entity_ref& entity, std::uint64_t after, std::size_t limit) = 0;
    /// Its state after its revision-th event, or as of a plant time.
    virtual entity_view at_revision(const entity_ref& entity, std::uint64_t revision) = 0;
    virtual entity_view at_time(const entity_ref& entity, instant when) = 0;

    /// The first `limit` records of a trace; none if it is not known, or older than limits::traces_for.
    virtual traced trace(const trace_id& /*id*/, std::size_t /*limit*/) { return {}; }

    /// Rows of a listed kind in key order, after `after`, those that `wanted` takes. A row is as new as
    /// derived_position.
    virtual std::vector<row> list(std::string_view kind, const std::string& after, std::size_t limit,
                                  const std::function<bool(const row&)>& wanted) = 0;
    virtual std::optional<row> find(const entity_ref& entity) = 0;

    /// Events from now on, in journal order, until the returned token is destroyed. `sink` gets those of a block at
    /// once.
    virtual std::shared_ptr<void> subscribe(std::function<void(const facts&)> sink) = 0;
    /// Events with position > `after` from the journal, at most `limit` of them.
    virtual std::vector<fact> events_after(std::uint64_t after, std::size_t limit) = 0;

    /// A position that every event so far is at or before: where a stream of new events begins.
    virtual std::uint64_t events_end() const = 0;

    /// Everything as it is on disk now, for replay hosts to go on from. The node goes on meanwhile. Takes a moment: not
    /// from a node's own thread. Throws std::runtime_error if no copy can be made.
    virtual std::shared_ptr<const past> copy() = 0;

    virtual node_counters counters() const = 0;
    /// Walks through all entities in memory: for once in a few seconds.
    virtual node_load load() const { return {}; }
    /// Whether it has replayed its journal and takes commands.
    virtual bool ready() const = 0;
};

} // namespace takt::runtime
