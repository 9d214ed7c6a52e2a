#pragma once

#include "actors/kind.hpp"
#include "messages/anomaly/playbook.hpp"

/// What is done about one kind of case. A kind that nobody has set a playbook for has the built-in one.
namespace takt::playbook {

struct state {
    bool is_defined = false;
    define definition;
};
BOOST_DESCRIBE_STRUCT(state, (), (is_defined, definition))

/// Kinds of which the built-in playbook has steps, or may have.
inline constexpr std::array<std::string_view, 8> kinds_with_steps{
    "machine_fault",  "quality",          "late_supplier", "material_shortage",
    "slipping_order", "missing_operator", "silent_feed",   "energy"};

/// "machine_fault", "control_failed", …; a kind of which nothing is known is left to people.
define built_in(std::string_view kind_of_case);

decision decide(const state&, const define&, const context&);
decision decide(const state&, const consult&, const context&);

void apply(state&, const defined&);

struct kind {
    static constexpr std::string_view name = "playbook";
    static constexpr std::string_view doc = "What is done about one kind of case, by itself or when a person says so.";
    using state = playbook::state;
    using commands = types<define, consult>;
    using events = types<defined>;
    using doors = types<define>;
};

} // namespace takt::playbook
