#pragma once

#include <deque>
#include <set>
#include <shared_mutex>

#include <boost/unordered/unordered_flat_map.hpp>

#include "runtime/clock.hpp"
#include "runtime/commit_log.hpp"
#include "runtime/rows.hpp"
#include "runtime/trace_index.hpp"

namespace takt::runtime {

/// Position of an event in the node's journal, from the position of its block: the id of the event stream.
constexpr std::uint64_t event_position(std::uint64_t block, std::uint64_t ordinal) { return block << 20U | ordinal; }
constexpr std::uint64_t block_of(std::uint64_t event) { return event >> 20U; }

/// The events of one block, read from its lines.
std::vector<fact> facts_of(std::uint64_t position, std::string_view block);

/// Everything a node derives from its journal: what is owed (effects, timers), where each entity's records are, its
/// snapshot, the rows of lists, and the event stream. Taken in block by block on one thread of its own, written lazily
/// with the position it has reached, and caught up from there after a crash. Queries may come from any thread.
class derived {
public:
    struct calls {
        std::function<void(const entity_ref&, const armed_timer&)> fire; ///< a timer is due
        std::function<void(const entity_ref&)> want_snapshot;            ///< this entity holds up the restart floor
        std::function<void(const std::string& why)> failed;              ///< derived data cannot be written
    };

    derived(persistence::store& disk, const kind_registry& kinds, const limits& bounds, const plant_clock& clock,
            calls out);
    ~derived();
    derived(const derived&) = delete;
    derived& operator=(const derived&) = delete;

    /// Catches up with the journal. Before start(); calls `owed` for each effect that must be sent again, in order.
    void recover(const std::function<void(envelope)>& owed);
    void start();
    /// Takes in what is queued, writes a last checkpoint, stops the thread. Idempotent.
    void stop();

    /// From the commit log's thread. Waits while derived data lags too far behind.
    void take(committed_block block);

    /// Waits until everything that is on disk now has been taken in, so that whoever was told of a commit finds it
    /// here. At most two seconds; not at all on the node's own threads, which take it in.
    void catch_up() const;

    /// An entity as of everything taken in: from its snapshot and the records after it.
    cell load(const entity_ref& entity) const;
    /// Its records from the start, until `each` returns false.
    void records_of(const entity_ref& entity,
                    const std::function<bool(const record&, std::uint64_t position)>& each) const;
    std::vector<fact> history(const entity_ref& entity, std::uint64_t after, std::size_t limit) const;
    /// The first `limit` records of a trace.
    traced trace(const trace_id& id, std::size_t limit) const;

    rows& listed() { return rows_; }
    /// Paths of all entities that have a record.
    std::set<std::string> entities() const;
    outbox owed() const;
    std::shared_ptr<void> subscribe(std::function<void(const facts&)> sink);

    struct figures {
        std::uint64_t position = 0, effects_pending = 0, timers_pending = 0, tail_records = 0;
    };
    figures counted() const;
    /// How long, in plant time, the oldest effect that is owed has been so; nothing if none is.
    std::optional<milliseconds> oldest_effect() const;
    /// Timers that were due a second of real time ago and more.
    std::uint64_t timers_overdue() const;
    /// Nothing is queued and no effect is under way.
    bool settled() const;

private:
    struct tail_record {
        std::uint64_t position = 0;
        std::string line;     ///< read at recovery; otherwise it is in the block
        bool covered = false; ///< by a snapshot that is being written
    };
    /// What is known of an entity beyond its snapshot and the index on disk.
    struct beyond_disk {
        std::vector<tail_record> tail;
        std::vector<std::uint64_t> fresh; ///< positions that are not in the index family yet
    };
    struct laggard {
        std::string entity;
        std::uint64_t first = 0;   ///< position of its oldest record without a snapshot
        std::uint64_t counter = 0; ///< records taken in before that
    };
    struct subscriber {
        std::function<void(const facts&)> sink;
    };

    void run();
    void take_in(committed_block& block);
    void note(std::uint64_t position, const commit_note& what, std::string line);
    void note_outbox(std::uint64_t position, const commit_note& what);
    void publish(std::uint64_t position, const std::vector<pending_ptr>& items);
    void store_snapshots();
    bool still_behind(const laggard& who) const;
    void ask_for_snapshots();
    std::uint64_t restart_floor() const;
    std::optional<record> that_armed(const record& fired, std::uint64_t position) const;
    void forget_old_traces();
    void fire_due_timers();
    void checkpoint();
    bool write(std::vector<persistence::change>& changes);
    void load_rows();
    std::vector<tail_record> tail_of(const entity_ref& entity) const;
    cell replayed(const entity_ref& entity, const std::vector<tail_record>& tail,
                  const std::optional<std::string>& snapshot) const;
    std::vector<std::uint64_t> positions_of(const std::string& path) const;

    persistence::store& disk_;
    const kind_registry& kinds_;
    const limits& bounds_;
    const plant_clock& clock_;
    calls out_;
    rows rows_;

    mutable std::mutex queue_mutex_;
    std::condition_variable arrived_;
    mutable std::condition_variable taken_;
    std::deque<committed_block> queue_;
    std::size_t queued_items_ = 0;
    bool busy_ = false;
    bool stopping_ = false;

    mutable std::shared_mutex state_mutex_; ///< guards what follows, down to the blank line
    outbox outbox_;
    boost::unordered_flat_map<std::string, beyond_disk, std::hash<std::string>> beyond_;
    trace_index traces_;
    std::uint64_t position_ = 0;

    // Only the own thread touches these (and recover, before it starts).
    std::deque<laggard> laggards_;     ///< may name entities that have written a snapshot since
    std::deque<laggard> asked_;        ///< taken from there and asked for a snapshot
    std::vector<std::string> touched_; ///< entities with fresh positions
    std::uint64_t floor_ = 1;          ///< as written by the last checkpoint
    std::uint64_t counter_ = 0;
    std::map<std::string, std::optional<std::string>> outbox_changes_;
    std::vector<persistence::change> snapshots_;
    std::vector<std::pair<std::string, std::function<void()>>> stored_;
    std::set<std::pair<outbox::timer_key, std::uint64_t>> firing_;
    std::chrono::steady_clock::time_point next_checkpoint_;
    instant traces_forgotten_at_; ///< plant time

    std::mutex subscribers_mutex_;
    std::vector<std::weak_ptr<subscriber>> subscribers_;
    std::thread thread_;
};

} // namespace takt::runtime
