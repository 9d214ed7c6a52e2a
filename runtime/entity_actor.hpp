#pragma once

#include <ctime>

#include "runtime/caf.hpp"
#include "runtime/derived.hpp"
#include "runtime/histogram.hpp"
#include "runtime/trends.hpp"

namespace takt::runtime {

class calculations;
class directory;

/// Milliseconds since some start, good to a few of them and cheap to ask for.
inline std::uint64_t coarse_ms()
{
    std::timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC_COARSE, &now); // Linux
    return static_cast<std::uint64_t>(now.tv_sec) * 1000 + static_cast<std::uint64_t>(now.tv_nsec) / 1'000'000;
}

/// One thing that an entity's actor is asked to do: an inbox element of CAF's, so that sending it costs one allocation.
struct task final : caf::mailbox_element {
    enum class what { handle, observe, watch, view, snapshot, passivate, leave };
    explicit task(what asked)
        : caf::mailbox_element(nullptr, caf::make_message_id(), {}), kind(asked), put_at(coarse_ms())
    {
    }

    what kind;
    std::uint64_t put_at;               ///< see coarse_ms
    envelope command;                   ///< handle
    on_answer then;                     ///< handle
    std::vector<scada::sample> samples; ///< observe
    on_view look;                       ///< view

    // To CAF it is empty: only entity_actor looks inside, and no task ever leaves the process.
    caf::type_erased_tuple& content() override { return nothing_; }
    const caf::type_erased_tuple& content() const override { return nothing_; }
    caf::message move_content_to_message() override { return {}; }
    caf::message copy_content_to_message() const override { return {}; }

private:
    caf::empty_type_erased_tuple nothing_;
};
using task_ptr = std::unique_ptr<task>;

/// An entity's place in the directory. `pending` counts the tasks in its actor's inbox; it rises under the directory's
/// lock, so that an actor which sees it at zero under that lock may leave for good.
struct slot {
    caf::actor actor;
    std::atomic<std::uint32_t> pending = 0;
    std::atomic<std::uint32_t> used_at = 0;    ///< seconds, of a coarse clock
    std::atomic<std::uint64_t> busy_since = 0; ///< coarse_ms when the oldest task that is not done was put there

    /// One more task is on its way.
    void expect()
    {
        if (pending.fetch_add(1) == 0) busy_since.store(coarse_ms(), std::memory_order_relaxed);
    }
};

/// Entities that want to know that time goes by: those whose kind watches its telemetry. They stay in memory.
/// Thread-safe.
class watch_list {
public:
    void add(std::shared_ptr<slot> place)
    {
        const std::lock_guard lock(mutex_);
        places_.push_back(std::move(place));
    }
    std::vector<std::shared_ptr<slot>> all() const
    {
        const std::lock_guard lock(mutex_);
        return places_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<slot>> places_;
};

/// What all entity actors of a node share.
struct entity_world {
    const kind_registry& kinds;
    const limits& bounds;
    const plant_clock& clock;
    commit_log& log;
    const derived& known;
    directory& others;
    calculations& beside;
    /// A throwing or corrupt entity, and the trace of the command that it could not do.
    std::function<void(const entity_ref&, const trace_id&, const std::string& why)> report;
    trends* kept = nullptr; ///< null: no telemetry is kept
    watch_list watched{};
    std::map<std::string_view, histogram> turns{}; ///< by kind: seconds for one command
    std::atomic<std::uint64_t> handled = 0, refused = 0, failed = 0, events = 0, samples = 0, activations = 0,
                               passivations = 0;
};

/// Owns one entity's cell. Accepts tasks, in order. Emits records to the commit log; nothing else leaves it before they
/// are durable. Loads itself at its first task; leaves when the directory asks and nothing waits. If the journal
/// cannot be replayed the entity is corrupt: it stays, refuses everything, and the evidence stays in the journal.
class entity_actor : public caf::event_based_actor {
public:
    entity_actor(caf::actor_config& config, entity_world& world, const kind_ops& kind, entity_ref self,
                 std::shared_ptr<slot> place);

protected:
    caf::behavior make_behavior() override;
    caf::invoke_message_result consume(caf::mailbox_element& x) override;

private:
    void take(task& t);
    void handle(task& t);
    void observe(task& t);
    void follow(message what);
    void watch();
    void ask_for_watch();
    void look(task& t);
    void write_snapshot(std::function<void()> stored = {});
    void prepare_to_leave();
    void leave_if_idle();
    bool loaded(const task& t);
    void refuse_corrupt(task& t);
    void append(pending_ptr item);

    entity_world& world_;
    const kind_ops& kind_;
    entity_ref self_;
    std::shared_ptr<slot> place_;
    std::unique_ptr<cell> cell_;
    state_ptr live_{nullptr, [](void*) {}};
    histogram* turns_ = nullptr;    ///< of its kind; set with the cell
    std::uint64_t snapshot_at_ = 0; ///< records when the last snapshot was written
    bool watched_ = false;          ///< is on the list of those that are told of time
    bool leaving_ = false;          ///< a snapshot for passivation is on its way
    bool corrupt_ = false;
};

} // namespace takt::runtime
