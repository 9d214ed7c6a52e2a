#pragma once

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "actors/decision.hpp"
#include "messages/scada/sample.hpp"

namespace takt {

/// A list of message types, for a kind's `commands` and `events`.
template <class... T> using types = boost::mp11::mp_list<T...>;

/// A state whose type only its kind knows.
using state_ptr = std::unique_ptr<void, void (*)(void*)>;

struct command_ops {
    const message_type* type;
    decision (*decide)(const void* state, const void* command, const context& about);
};

struct event_ops {
    const message_type* type;
    void (*apply)(void* state, const void* event);
};

/// What telemetry tells of an entity: kept in memory only, begun anew at each activation. `observe` takes one sample
/// into the live values and may return a command for the entity itself (an alarm, a state change): that one is
/// journalled.
struct live_ops {
    state_ptr (*make)();
    message (*observe)(void* live, const void* state, const scada::sample& what);
    void (*write)(std::string& out, const void* live);
    /// Whether time alone can tell something of it; if so, `watch` is called about once a second. Null: it never can.
    bool (*watched)(const void* state);
    message (*watch)(void* live, const void* state, instant now);
};

/// One kind of entity as the hosts see it. Made by make_kind from:
///
///     namespace takt::machine {
///     struct state { … };                                  // described; every member has a default
///     decision decide(const state&, const dispatch&, const context&);   // one per command; may refuse; pure
///     void apply(state&, const dispatched&);                            // one per event; never refuses; total
///     struct kind {
///         static constexpr std::string_view name = "machine";
///         static constexpr std::string_view doc = "A machine …";
///         using state = machine::state;
///         using commands = types<dispatch, …>;
///         using events = types<dispatched, …>;
///         // optional: static constexpr bool listed = false;  not in lists of its kind (default: listed)
///         // optional: using live = machine::live;  with  message observe(live&, const state&, const scada::sample&)
///         //           and, both or none, bool watched(const state&) and message watch(live&, const state&, instant)
///         // optional: using doors = types<…>;  the commands that people and systems outside may send (default: all)
///     };
///     }
struct kind_ops {
    std::string_view name;
    std::string_view doc;
    bool listed;
    std::vector<command_ops> commands;
    std::vector<event_ops> events;
    std::vector<const message_type*> doors;

    state_ptr (*make_state)();
    state_ptr (*copy_state)(const void* state);
    void (*write_state)(std::string& out, const void* state);
    checked<state_ptr> (*read_state)(const boost::json::value& json);
    const live_ops* live; ///< null: this kind has no telemetry
    boost::json::object (*state_schema)();

    const command_ops* find_command(std::string_view command) const;
    const command_ops* find_command(const message_type& type) const;
    const event_ops* find_event(std::string_view event) const;
    const event_ops* find_event(const message_type& type) const;
    bool open_at_doors(const message_type& type) const;
};

/// All kinds that a node knows; filled once at start, read-only afterwards, from any thread.
class kind_registry {
public:
    /// Throws std::logic_error if the name is taken, or a message of the kind stands in another kind's namespace.
    void add(kind_ops kind);
    const kind_ops* find(std::string_view name) const;
    const std::vector<std::unique_ptr<kind_ops>>& all() const { return kinds_; }

private:
    std::vector<std::unique_ptr<kind_ops>> kinds_;
};

/// Makes what the hosts need of a kind; defined in actors/make_kind.hpp, compiled once for each kind in its
/// <kind>_kind.cpp.
template <class Kind> kind_ops make_kind();

} // namespace takt
