#pragma once

#include "actors/kind.hpp"
#include "messages/qms/corrective_action.hpp"

/// A corrective action (CAPA) is over when it has been shown to help: the next lots of its series are accepted, or a
/// person says so. One that did not help is open again.
///
///     open --plan--> planned --report_implemented--> implemented --verified--> closed --open--> open (next number)
///       ^───────────────────── not effective ────────────┘
namespace takt::corrective_action {

BOOST_DEFINE_ENUM_CLASS(status, none, open, planned, implemented, closed)

struct state {
    enum status status = status::none;
    std::int64_t number = 0;
    open what;
    std::string root_cause, action;
    instant opened_at, due;
    std::optional<instant> planned_at, implemented_at, closed_at;
    bool overdue = false;
    std::int64_t attempts = 0; ///< that were implemented
    std::string by, detail;    ///< of the latest step
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (status, number, what, root_cause, action, opened_at, due, planned_at, implemented_at, closed_at,
                       overdue, attempts, by, detail))

decision decide(const state&, const open&, const context&);
decision decide(const state&, const plan&, const context&);
decision decide(const state&, const report_implemented&, const context&);
decision decide(const state&, const verify&, const context&);
decision decide(const state&, const note_next_lots&, const context&);
decision decide(const state&, const check_due&, const context&);

void apply(state&, const opened&);
void apply(state&, const planned&);
void apply(state&, const implemented&);
void apply(state&, const verified&);
void apply(state&, const fell_due&);

struct kind {
    static constexpr std::string_view name = "corrective_action";
    static constexpr std::string_view doc = "What is done so that a failure does not come back, and whether it helped.";
    using state = corrective_action::state;
    using commands = types<open, plan, report_implemented, verify, note_next_lots, check_due>;
    using events = types<opened, planned, implemented, verified, fell_due>;
    using doors = types<open, plan, report_implemented, verify>;
};

} // namespace takt::corrective_action
