#pragma once

#include <stdexcept>

#include "actors/make_kind.hpp"

/// A kind of entity that is small enough to see through: what the HTTP door does with it, it does with all.
namespace takt::lamp {

BOOST_DEFINE_ENUM_CLASS(lamp_status, off, on)

struct switch_on {
    static constexpr std::string_view doc = "Let there be light.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"colour"});
    int watts = 0;
    std::string colour = "white";
    std::optional<instant> until;
};
BOOST_DESCRIBE_STRUCT(switch_on, (), (watts, colour, until))

struct switch_off {};
BOOST_DESCRIBE_STRUCT(switch_off, (), ())

struct smash {
    static constexpr std::string_view doc = "Shows what happens when an entity's code throws.";
};
BOOST_DESCRIBE_STRUCT(smash, (), ())

struct flicker {
    static constexpr std::string_view doc = "From other lamps only.";
};
BOOST_DESCRIBE_STRUCT(flicker, (), ())

struct switched_on {
    int watts = 0;
    std::string colour;
    instant at, until;
};
BOOST_DESCRIBE_STRUCT(switched_on, (), (watts, colour, at, until))

struct switched_off {
    instant at;
};
BOOST_DESCRIBE_STRUCT(switched_off, (), (at))

struct switched {
    int times = 0;
};
BOOST_DESCRIBE_STRUCT(switched, (), (times))

struct state {
    lamp_status status = lamp_status::off;
    int watts = 0;
    std::string colour;
    int times = 0;
    bool late = false;
    instant due;
    std::string live = "a state's own member of a reserved name";
};
BOOST_DESCRIBE_STRUCT(state, (), (status, watts, colour, times, late, due, live))

struct measured {
    double lumen = 0;
};
BOOST_DESCRIBE_STRUCT(measured, (), (lumen))

inline decision decide(const state& s, const switch_on& c, const context& about)
{
    if (c.watts <= 0) return decision::refuse("too_dark", "a lamp needs at least 1 W", "watts");
    if (s.status == lamp_status::on) return decision::refuse("is_on", "the lamp is on already");
    decision d;
    d.emit(switched_on{c.watts, c.colour, about.now, c.until.value_or(about.now)});
    d.reply(switched{s.times + 1});
    return d;
}

inline decision decide(const state& s, const switch_off&, const context& about)
{
    if (s.status == lamp_status::off) return decision::refuse("is_off", "the lamp is off already");
    return decision().emit(switched_off{about.now});
}

inline decision decide(const state&, const smash&, const context&) { throw std::logic_error("in a thousand pieces"); }
inline decision decide(const state&, const flicker&, const context&) { return {}; }

inline void apply(state& s, const switched_on& e)
{
    s.status = lamp_status::on;
    s.watts = e.watts;
    s.colour = e.colour;
    s.due = e.until;
    s.late = e.until < e.at;
    ++s.times;
}
inline void apply(state& s, const switched_off&) { s.status = lamp_status::off; }

inline message observe(measured& m, const state&, const scada::sample& what)
{
    m.lumen = what.value;
    return {};
}

struct kind {
    static constexpr std::string_view name = "lamp";
    static constexpr std::string_view doc = "A lamp, on or off.";
    using state = lamp::state;
    using live = lamp::measured;
    using commands = types<switch_on, switch_off, smash, flicker>;
    using doors = types<switch_on, switch_off, smash>;
    using events = types<switched_on, switched_off>;
};

} // namespace takt::lamp

/// As a lamp, but it measures nothing.
namespace takt::candle {

struct light {
    int minutes = 60;
};
BOOST_DESCRIBE_STRUCT(light, (), (minutes))

struct lit {
    int minutes = 0;
};
BOOST_DESCRIBE_STRUCT(lit, (), (minutes))

struct state {
    int minutes = 0;
};
BOOST_DESCRIBE_STRUCT(state, (), (minutes))

inline decision decide(const state&, const light& c, const context&) { return decision().emit(lit{c.minutes}); }
inline void apply(state& s, const lit& e) { s.minutes += e.minutes; }

struct kind {
    static constexpr std::string_view name = "candle";
    static constexpr std::string_view doc = "A candle.";
    using state = candle::state;
    using commands = types<light>;
    using events = types<lit>;
};

} // namespace takt::candle
