#pragma once

#include "actors/kind.hpp"

/// tool/<key>: a cutting tool that wears with every piece and is reground a few times.
///
///     (new) --define--> sharp --use, worn--> dull --regrind--> sharp
///                                             \--regrind, life over--> scrapped
namespace takt::tool {

struct define {
    static constexpr std::string_view doc =
        "Door (tool crib): a tool, the pieces it lasts, how often it can be reground.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"regrinds"});
    std::int64_t pieces_per_edge = 0;
    std::int64_t regrinds = 3;
};
BOOST_DESCRIBE_STRUCT(define, (), (pieces_per_edge, regrinds))

struct use {
    static constexpr std::string_view doc = "From machine: the tool has cut so many more pieces.";
    machine_id machine;
    std::int64_t pieces = 0;
};
BOOST_DESCRIBE_STRUCT(use, (), (machine, pieces))

struct regrind {
    static constexpr std::string_view doc = "Door (tool crib): the tool comes back from the grinder.";
};
BOOST_DESCRIBE_STRUCT(regrind, (), ())

struct check_regrind {
    static constexpr std::string_view doc = "From its own timer: is it still dull?";
};
BOOST_DESCRIBE_STRUCT(check_regrind, (), ())

struct defined {
    static constexpr std::string_view doc = "The tool was set up.";
    define definition;
};
BOOST_DESCRIBE_STRUCT(defined, (), (definition))

struct used {
    static constexpr std::string_view doc = "The tool cut pieces.";
    machine_id machine;
    std::int64_t pieces = 0;
};
BOOST_DESCRIBE_STRUCT(used, (), (machine, pieces))

struct reground {
    static constexpr std::string_view doc = "The tool is sharp again.";
};
BOOST_DESCRIBE_STRUCT(reground, (), ())

struct scrapped {
    static constexpr std::string_view doc = "The tool has no edge left to grind.";
};
BOOST_DESCRIBE_STRUCT(scrapped, (), ())

BOOST_DEFINE_ENUM_CLASS(status, sharp, dull, scrapped)

struct state {
    define definition;
    enum status status = status::sharp;
    std::int64_t pieces = 0; ///< since it was last sharp
    std::int64_t reground = 0;
};
BOOST_DESCRIBE_STRUCT(state, (), (definition, status, pieces, reground))

decision decide(const state& s, const define& c, const context& about);
decision decide(const state& s, const use& c, const context& about);
decision decide(const state& s, const regrind& c, const context& about);
decision decide(const state& s, const check_regrind& c, const context& about);
void apply(state& s, const defined& e);
void apply(state& s, const used& e);
void apply(state& s, const reground& e);
void apply(state& s, const scrapped& e);

struct kind {
    static constexpr std::string_view name = "tool";
    static constexpr std::string_view doc = "A cutting tool that wears and is reground.";
    using state = tool::state;
    using commands = types<define, use, regrind, check_regrind>;
    using doors = types<define, regrind>; // what people and other systems may send
    using events = types<defined, used, reground, scrapped>;
};

} // namespace takt::tool
