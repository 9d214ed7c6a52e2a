#include "actors/mes/packml.hpp"

#include <algorithm>
#include <initializer_list>

namespace takt::machine {
namespace {

using s = packml_state;
using a = control_action;

bool one_of(packml_state what, std::initializer_list<packml_state> these)
{
    return std::find(these.begin(), these.end(), what) != these.end();
}

/// In the order of their numbers, from 1.
constexpr std::array<packml_state, 17> numbered_states{
    s::clearing,   s::stopped,      s::starting,  s::idle,       s::suspended, s::execute,
    s::stopping,   s::aborting,     s::aborted,   s::holding,    s::held,      s::unholding,
    s::suspending, s::unsuspending, s::resetting, s::completing, s::complete};
constexpr std::array<control_action, 9> numbered_commands{a::reset,   a::start,     a::stop,  a::hold, a::unhold,
                                                          a::suspend, a::unsuspend, a::abort, a::clear};

template <class Table, class Value> int number_in(const Table& table, Value value)
{
    const auto found = std::find(table.begin(), table.end(), value);
    return found == table.end() ? 0 : static_cast<int>(found - table.begin()) + 1;
}

template <class Table> std::optional<typename Table::value_type> at_number(const Table& table, std::int64_t number)
{
    if (number < 1 || number > static_cast<std::int64_t>(table.size())) return std::nullopt;
    return table[static_cast<std::size_t>(number - 1)];
}

} // namespace

int packml_number(packml_state state) { return number_in(numbered_states, state); }
std::optional<packml_state> packml_of(std::int64_t number) { return at_number(numbered_states, number); }
int command_number(control_action action) { return number_in(numbered_commands, action); }
std::optional<control_action> command_of(std::int64_t number) { return at_number(numbered_commands, number); }

bool is_allowed(control_action action, packml_state from)
{
    switch (action) {
    case a::reset: return one_of(from, {s::stopped, s::complete});
    case a::start: return from == s::idle;
    case a::stop: return !one_of(from, {s::stopping, s::stopped, s::aborting, s::aborted, s::clearing});
    case a::hold:
        return one_of(from, {s::execute, s::starting, s::suspending, s::suspended, s::unsuspending, s::unholding});
    case a::unhold: return from == s::held;
    case a::suspend: return from == s::execute;
    case a::unsuspend: return from == s::suspended;
    case a::abort: return !one_of(from, {s::aborting, s::aborted});
    case a::clear: return from == s::aborted;
    case a::resume: return one_of(from, {s::held, s::suspended});
    case a::set_point: return !one_of(from, {s::aborting, s::aborted});
    case a::download_recipe: // not while it makes something
        return one_of(from, {s::stopped, s::idle, s::complete, s::held, s::suspended});
    }
    return false;
}

std::vector<packml_state> allowed_from(control_action action)
{
    std::vector<packml_state> all;
    for (const auto state : numbered_states)
        if (is_allowed(action, state)) all.push_back(state);
    return all;
}

std::optional<way> way_of(control_action action)
{
    switch (action) {
    case a::reset: return way{s::resetting, s::idle};
    case a::start: return way{s::starting, s::execute};
    case a::stop: return way{s::stopping, s::stopped};
    case a::hold: return way{s::holding, s::held};
    case a::unhold: return way{s::unholding, s::execute};
    case a::suspend: return way{s::suspending, s::suspended};
    case a::unsuspend: return way{s::unsuspending, s::execute};
    case a::abort: return way{s::aborting, s::aborted};
    case a::clear: return way{s::clearing, s::stopped};
    case a::resume:
    case a::set_point:
    case a::download_recipe: break;
    }
    return std::nullopt;
}

} // namespace takt::machine
