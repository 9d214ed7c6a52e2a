#pragma once

#include "actors/kind.hpp"
#include "messages/qms/nonconformance.hpp"

/// Pieces that are not as they should be stay where they are until it is decided, by the playbook or by a person, what
/// becomes of them; it is over when that was done.
///
///     open --dispose--> disposed --note_done--> done
///       ^────not possible───┘
namespace takt::nonconformance {

struct state {
    enum status status = status::none;
    open what;
    disposition proposed = disposition::scrap;
    std::optional<disposition> chosen;
    std::string by, reason;
    takt::quantity quantity; ///< of the pieces that it was done with
    std::string detail;      ///< of how it ended, or why it could not be
    instant opened_at;
    std::optional<instant> disposed_at, done_at;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (status, what, proposed, chosen, by, reason, quantity, detail, opened_at, disposed_at, done_at))

decision decide(const state&, const open&, const context&);
decision decide(const state&, const dispose&, const context&);
decision decide(const state&, const note_done&, const context&);

void apply(state&, const opened&);
void apply(state&, const disposed&);
void apply(state&, const done&);
void apply(state&, const not_possible&);

/// What is done if nobody says otherwise: what was bought goes back, what is in process is reworked once, everything
/// else is thrown away.
disposition proposal_for(const open& what);

struct kind {
    static constexpr std::string_view name = "nonconformance";
    static constexpr std::string_view doc = "Pieces that are not as they should be, and what becomes of them.";
    using state = nonconformance::state;
    using commands = types<open, dispose, note_done>;
    using events = types<opened, disposed, done, not_possible>;
    using doors = types<open, dispose>;
};

} // namespace takt::nonconformance
