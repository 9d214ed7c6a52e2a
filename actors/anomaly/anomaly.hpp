#pragma once

#include "actors/kind.hpp"
#include "messages/anomaly/anomaly.hpp"

///     none --raise--> open --acknowledge--> acknowledged --close--> closed --raise--> open (next number)
namespace takt::anomaly {

BOOST_DEFINE_ENUM_CLASS(case_status, none, open, acknowledged, closed)

struct moment {
    instant at;
    std::string what;
};
BOOST_DESCRIBE_STRUCT(moment, (), (at, what))

struct state {
    case_status status = case_status::none;
    std::int64_t number = 0; ///< of the case
    entity_ref source;
    std::string type;
    takt::anomaly::severity severity = takt::anomaly::severity::info;
    std::string detail;
    std::int64_t occurrences = 0; ///< in this case
    instant opened_at;
    std::optional<instant> closed_at;
    std::string acknowledged_by, cause;
    std::vector<moment> timeline; ///< of this case, the latest 50
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (status, number, source, type, severity, detail, occurrences, opened_at, closed_at,
                       acknowledged_by, cause, timeline))

decision decide(const state&, const raise&, const context&);
decision decide(const state&, const acknowledge&, const context&);
decision decide(const state&, const close&, const context&);

void apply(state&, const opened&);
void apply(state&, const recurred&);
void apply(state&, const acknowledged&);
void apply(state&, const closed&);

struct kind {
    static constexpr std::string_view name = "anomaly";
    static constexpr std::string_view doc =
        "What goes wrong at one source in one way, case by case, with its timeline.";
    using state = anomaly::state;
    using commands = types<raise, acknowledge, close>;
    using events = types<opened, recurred, acknowledged, closed>;
};

} // namespace takt::anomaly
