#pragma once

#include <memory>

#include <boost/unordered/unordered_flat_map.hpp>

#include "runtime/node.hpp"
#include "runtime/record.hpp"

namespace takt::runtime {

/// An effect on its way out of an entity.
struct outgoing {
    entity_ref target;
    std::uint64_t sequence = 0;
    message command;
};

/// A durable timer as the timer service sees it; its command stays with the entity.
struct armed_timer {
    std::string name;
    std::uint64_t id = 0;
    instant due;
};

/// What handling one command came to. If `record` is not empty it must be on disk before anything else here leaves the
/// entity: the answer, the effects, the facts.
struct handled {
    answer reply;
    std::string record; ///< one line of JSON, no newline; empty: nothing to journal
    std::vector<outgoing> effects;
    std::vector<armed_timer> armed;
    std::vector<std::string> disarmed; ///< timers cancelled or fired
    std::vector<calculation> calculations;
    std::size_t events = 0;
    std::string error; ///< what the entity's code threw, for the log
};

/// One entity with the bookkeeping that makes its commands happen once: de-duplication, effect numbers, timers. Pure:
/// no threads, no clock, no I/O. Both hosts run entities in cells, so both behave alike.
class cell {
public:
    cell(const kind_registry& kinds, const kind_ops& kind, entity_ref self);

    /// Decides one command and applies its events. Never throws for what the entity's decide does.
    handled handle(const envelope& what, instant now);

    /// Takes a snapshot back. False if this program cannot read it; the cell is then as new.
    bool restore(std::string_view snapshot);
    /// Applies a record from the journal; those that the cell already has in it are skipped. Throws std::runtime_error
    /// on a gap or on an event that cannot be read: the entity is corrupt and must not go on.
    void replay(const record& r);
    std::string snapshot() const;

    entity_view view() const;
    const entity_ref& self() const { return self_; }
    const kind_ops& kind() const { return kind_; }
    const void* state() const { return state_.get(); }
    std::uint64_t revision() const { return revision_; }
    std::uint64_t records() const { return records_; }
    std::vector<armed_timer> timers() const;
    std::size_t senders() const { return senders_.size(); }

private:
    struct remembered {
        std::uint64_t sequence = 0;
        std::uint64_t fingerprint = 0;
        std::uint64_t revision = 0; ///< of the entity after the command: what a plain first answer says
        instant at;
        std::unique_ptr<answer>
            first; ///< what else the first answer said, for outside senders; entities never ask twice
    };
    struct kept_timer {
        armed_timer timer;
        message command;
    };

    std::optional<answer> seen_before(const envelope& what, instant now) const;
    void remember(const std::string& sender, std::uint64_t sequence, std::uint64_t fingerprint, instant at,
                  const answer& first);
    void forget_old(instant now);
    message resolve(const envelope& what, handled& out) const;
    decision decide(const message& command, const envelope& what, instant now, handled& out) const;
    decision dead_letter(const envelope& what, const message& command, std::string reason, std::string detail) const;
    void commit(const decision& d, const message& command, const envelope& what, instant now, handled& out);
    void arm(const armed_timer& timer, message command);
    void disarm(std::string_view name);
    void take_event(const recorded_event& e);

    const kind_registry& kinds_;
    const kind_ops& kind_;
    entity_ref self_;
    state_ptr state_;
    std::uint64_t revision_ = 0;
    std::uint64_t next_number_ = 1; ///< for effects and timers
    std::uint64_t records_ = 0;     ///< records so far, those without events too: what makes replay idempotent
    boost::unordered_flat_map<std::string, remembered, std::hash<std::string>> senders_;
    std::vector<kept_timer> timers_;
    instant forgotten_at_;
};

/// How long an outside key is remembered, in plant time.
inline constexpr milliseconds remember_keys_for = std::chrono::hours(24);

} // namespace takt::runtime
