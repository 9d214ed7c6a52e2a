#pragma once

#include <map>
#include <optional>
#include <unordered_map>

#include "runtime/cell.hpp"

namespace takt::runtime {

/// What the derived state must know of one record that is on disk; all of it stands in the record too.
struct commit_note {
    entity_ref entity;
    std::uint64_t revision = 0; ///< after the record
    std::string by;
    std::uint64_t seq = 0;
    trace_id trace;
    std::vector<std::pair<entity_ref, std::uint64_t>> effects; ///< target, sequence
    std::vector<armed_timer> armed;
    std::vector<std::string> disarmed;
};
commit_note note_of(const record& r);
/// The same from what handling a command came to, which is quicker; leaves `done` its effects.
commit_note note_of(const envelope& command, handled& done, std::uint64_t revision);

/// What the journal still owes: effects emitted but not yet handled by their receivers, and timers armed but not fired.
/// A pure function of the records noted so far, in their order; noting a record again changes nothing, so it can be
/// caught up from any older position. Not thread-safe.
class outbox {
public:
    struct owed {
        entity_ref target;
        std::uint64_t position = 0; ///< of the block that holds the sender's record
    };
    using timer_key = std::pair<std::string, std::string>; ///< entity path, timer name
    struct waiting_timer {
        std::uint64_t id = 0;
        instant due;
    };

    void note(std::uint64_t position, const commit_note& what);

    /// Effects by sender, in sequence.
    const std::unordered_map<std::string, std::map<std::uint64_t, owed>>& effects() const { return effects_; }
    std::size_t effect_count() const { return effect_count_; }
    const std::map<timer_key, waiting_timer>& timers() const { return timers_; }
    std::optional<instant> next_due() const;
    /// Timers due at `now`, at most `limit`. They stay armed until the record of their firing is noted.
    std::vector<std::pair<timer_key, waiting_timer>> due(instant now, std::size_t limit) const;

    // For taking a checkpoint back.
    void owe(const std::string& sender, std::uint64_t sequence, owed what);
    void arm(const std::string& entity, const armed_timer& timer);

private:
    void settle(const std::string& sender, std::uint64_t sequence);
    void disarm(const std::string& entity, const std::string& name);

    std::unordered_map<std::string, std::map<std::uint64_t, owed>> effects_;
    std::size_t effect_count_ = 0;
    std::map<timer_key, waiting_timer> timers_;
    std::multimap<instant, timer_key> by_due_;
};

} // namespace takt::runtime
