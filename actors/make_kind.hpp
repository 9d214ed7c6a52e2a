#pragma once

#include "actors/kind.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_schema.hpp"
#include "messages/core/json_write.hpp"
#include "messages/core/message_type.hpp"

namespace takt {

namespace detail {

template <class State> state_ptr own(State* state)
{
    return {state, [](void* s) { delete static_cast<State*>(s); }}; // NOLINT(cppcoreguidelines-owning-memory)
}

template <class List> std::vector<const message_type*> message_types()
{
    std::vector<const message_type*> all;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::add_pointer_t, List>>(
        [&](auto* t) { all.push_back(&type_of<std::remove_pointer_t<decltype(t)>>()); });
    return all;
}

template <class Kind, class State> std::vector<command_ops> commands_of()
{
    std::vector<command_ops> all;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::add_pointer_t, typename Kind::commands>>([&](auto* t) {
        using command = std::remove_pointer_t<decltype(t)>;
        all.push_back({&type_of<command>(), [](const void* state, const void* what, const context& about) -> decision {
                           return decide(*static_cast<const State*>(state), *static_cast<const command*>(what), about);
                       }});
    });
    return all;
}

template <class Kind, class State> std::vector<event_ops> events_of()
{
    std::vector<event_ops> all;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::add_pointer_t, typename Kind::events>>([&](auto* t) {
        using event = std::remove_pointer_t<decltype(t)>;
        all.push_back({&type_of<event>(), [](void* state, const void* what) {
                           apply(*static_cast<State*>(state), *static_cast<const event*>(what));
                       }});
    });
    return all;
}

template <class State, class Live>
concept watches_time = requires(const State& s, Live& l, instant now)
{
    watched(s);
    watch(l, s, now);
};

template <class State, class Live> bool watched_of(const void* state)
{
    if constexpr (watches_time<State, Live>) return watched(*static_cast<const State*>(state));
    return false;
}

template <class State, class Live> message watch_of(void* live, const void* state, instant now)
{
    if constexpr (watches_time<State, Live>)
        return watch(*static_cast<Live*>(live), *static_cast<const State*>(state), now);
    return {};
}

template <class State, class Live> inline constexpr live_ops live_ops_of{
    [] { return own(new Live()); },
    [](void* live, const void* state, const scada::sample& what) -> message {
        return observe(*static_cast<Live*>(live), *static_cast<const State*>(state), what);
    },
    [](std::string& out, const void* live) { write_json(out, *static_cast<const Live*>(live)); },
    watches_time<State, Live> ? &watched_of<State, Live> : nullptr,
    watches_time<State, Live> ? &watch_of<State, Live> : nullptr,
};

} // namespace detail

template <class Kind> kind_ops make_kind()
{
    using state = typename Kind::state;
    kind_ops ops{};
    ops.name = Kind::name;
    ops.doc = Kind::doc;
    ops.listed = true;
    if constexpr (requires { Kind::listed; }) ops.listed = Kind::listed;
    ops.commands = detail::commands_of<Kind, state>();
    ops.events = detail::events_of<Kind, state>();
    if constexpr (requires { typename Kind::doors; })
        ops.doors = detail::message_types<typename Kind::doors>();
    else
        ops.doors = detail::message_types<typename Kind::commands>();
    ops.make_state = [] { return detail::own(new state()); };
    ops.copy_state = [](const void* s) { return detail::own(new state(*static_cast<const state*>(s))); };
    ops.write_state = [](std::string& out, const void* s) { write_json(out, *static_cast<const state*>(s)); };
    ops.read_state = [](const boost::json::value& json) -> checked<state_ptr> {
        auto read = read_json<state>(json, strictness::from_storage);
        if (!read) return read.error();
        return detail::own(new state(std::move(*read)));
    };
    if constexpr (requires { typename Kind::live; }) ops.live = &detail::live_ops_of<state, typename Kind::live>;
    ops.state_schema = &json_schema<state>;
    return ops;
}

} // namespace takt
