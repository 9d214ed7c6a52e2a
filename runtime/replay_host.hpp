#pragma once

#include <deque>
#include <random>
#include <set>

#include "runtime/outbox.hpp"
#include "runtime/past.hpp"

namespace takt::runtime {

/// What may go wrong in a replay host; each is a chance per step, from 0 to 1.
struct mishaps {
    double reorder = 0;   ///< deliver another message than the oldest (order per sender and receiver is kept)
    double duplicate = 0; ///< deliver an effect twice
    double crash = 0;     ///< lose all that is not on disk, and start again
    double passivate = 0; ///< snapshot an entity and drop it from memory
};

/// Runs entities in memory, on one thread, in virtual time. The same seed always gives the same run. Entities cannot
/// tell it from a node: they live in the same cells, records are written and read back in the journal's form, nothing
/// leaves an entity before its block is "on disk". For tests, and for questions about a copy of the plant.
class replay_host {
public:
    replay_host(const kind_registry& kinds, instant start, std::uint64_t seed = 1, mishaps what_goes_wrong = {});
    /// Goes on where a node was. Several hosts may go on from the same moment; none of them changes it.
    replay_host(const kind_registry& kinds, std::shared_ptr<const past> before);

    /// Called with each record that is on disk, in the journal's form, before anything else leaves its entity.
    std::function<void(std::uint64_t position, const std::string& record)> on_record;
    /// Without them the journal takes no memory, and there is no going back: for long runs. Before the first command.
    void keep_no_records() { keeps_records_ = false; }

    /// Queues a command; `then` gets its answer once the record is on disk. A crash before that loses the command, and
    /// `then` is never called: whoever needs it sends it again with the same identity.
    void send(envelope what, on_answer then = {});
    template <class Command> void tell(std::string_view key, Command command)
    {
        send({entity_ref(kind_name<Command>(), key), make_message(std::move(command)), {}, 0, 0});
    }
    /// Sends, settles, and returns the answer.
    answer ask(envelope what);
    template <class Command> answer ask(std::string_view key, Command command)
    {
        return ask({entity_ref(kind_name<Command>(), key), make_message(std::move(command)), {}, 0, 0});
    }

    /// One step: deliver a message, write a block, or suffer a mishap. False when there is nothing left to do.
    bool step();
    /// Steps until nothing is under way (timers wait for their time). Throws std::runtime_error after too many steps.
    void settle(std::size_t most_steps = 1'000'000);
    /// Moves plant time forward, firing timers on the way, settled at each.
    void advance(milliseconds by);
    void crash();

    instant now() const { return now_; }
    entity_view view(const entity_ref& entity);
    template <class State> const State& state(const entity_ref& entity)
    {
        return *static_cast<const State*>(live(entity).state());
    }
    /// Every entity that has a record.
    std::vector<entity_ref> entities() const { return {known_.begin(), known_.end()}; }
    const std::set<std::string>& paths() const { return known_; }
    /// All records on disk, in order, as the journal has them.
    const std::vector<std::string>& journal() const { return journal_; }
    const outbox& owed() const { return outbox_; }
    /// Compares each entity's state with the replay of its records; the first that differs, or nothing.
    std::optional<std::string> first_that_differs_from_replay();
    std::size_t crashes() const { return crashes_; }

private:
    struct delivery {
        envelope what;
        on_answer then;
    };
    struct unwritten {
        std::string record;
        entity_ref entity;
        commit_note note;
        std::vector<outgoing> effects;
        on_answer then;
        answer reply;
    };

    bool chance(double p);
    std::size_t pick();
    cell& live(const entity_ref& entity);
    cell replayed(const entity_ref& entity, bool from_snapshot) const;
    void deliver(std::size_t index);
    void write_block();
    void fire_due_timers();
    void recover();
    void passivate_one();

    const kind_registry& kinds_;
    mishaps mishaps_;
    std::mt19937_64 random_;
    instant now_;
    std::map<std::string, cell> live_;
    std::deque<delivery> inbox_;
    std::vector<unwritten> block_;
    std::vector<std::string> journal_;
    std::map<std::string, std::vector<std::size_t>> index_; ///< entity → its records in journal_
    std::map<std::string, std::string> snapshots_;
    std::set<std::string> known_;
    std::shared_ptr<const past> before_; ///< null for a host that began with nothing
    std::uint64_t position_ = 0;         ///< of the last record
    bool keeps_records_ = true;
    outbox outbox_;
    std::size_t crashes_ = 0;
};

} // namespace takt::runtime
