#pragma once

#include "actors/anomaly/quality_file.hpp"
#include "actors/kind.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/anomaly/coordination.hpp"
#include "messages/anomaly/first_article.hpp"

/// A case from its first symptom until it is closed: what its playbook does about it, what people do, and the timeline
/// of both.
///
///     none --raise--> open: detect -> contain -> correct -> verify -> closed --raise--> open (next number)
///                                        ^──symptom again──┘
namespace takt::anomaly {

BOOST_DEFINE_ENUM_CLASS(case_state, none, open, closed)
BOOST_DEFINE_ENUM_CLASS(step_status, waiting, approval, begun, done, skipped)

/// Something that happened in the case.
struct moment {
    instant at;
    anomaly::stage stage = anomaly::stage::detect;
    std::string what;
    std::string by;                  ///< a person, "playbook", or the entity that said it
    std::optional<entity_ref> about; ///< maintenance order, lot, work order, inspection…
};
BOOST_DESCRIBE_STRUCT(moment, (), (at, stage, what, by, about))

struct symptom {
    std::string type, detail;
    bool stands = true;
    instant since;
};
BOOST_DESCRIBE_STRUCT(symptom, (), (type, detail, stands, since))

struct step {
    step_kind what = step_kind::maintain;
    step_status status = step_status::waiting;
    bool automatic = true;
    anomaly::severity from_severity = anomaly::severity::warning;
};
BOOST_DESCRIBE_STRUCT(step, (), (what, status, automatic, from_severity))

/// Something that was stopped, or looked at.
struct held {
    entity_ref what;
    bool stopped = false;
    item_id item;
    takt::quantity quantity;
    std::optional<inspection_id> inspection;
    bool ended = false, accepted = false;
};
BOOST_DESCRIBE_STRUCT(held, (), (what, stopped, item, quantity, inspection, ended, accepted))

struct case_file {
    case_state state = case_state::none;
    std::int64_t number = 0; ///< of the case
    std::string trace;       ///< names this case in everything that was done about it
    std::string kind;        ///< "machine_fault": which playbook
    entity_ref source;
    anomaly::stage stage = anomaly::stage::detect;
    anomaly::severity severity = anomaly::severity::info;
    std::string detail, cause, owner;
    std::vector<symptom> symptoms;
    std::int64_t occurrences = 0;
    instant opened, good_until;
    std::optional<instant> acknowledged, verify_until, closed;
    std::string acknowledged_by;
    std::optional<instant> deadline; ///< of the next escalation
    playbook::define playbook;
    bool consulted = false; ///< the playbook is known
    std::vector<step> steps;
    std::vector<held> quarantine;
    std::vector<std::string> sought; ///< paths of all that was asked to stop
    std::int64_t unanswered = 0;     ///< of them
    std::int64_t orders = 0;         ///< maintenance orders of this case
    std::string maintenance_order;   ///< the one that is open
    milliseconds labour_ms{0};
    eam::cost cost;                  ///< of its maintenance orders
    takt::quantity pieces_affected;  ///< stopped, or looked for there
    std::optional<instant> restored; ///< released last, and not held again
    /// Of a closed case; their means over many cases are MTTA and MTTR. From its opening to its release.
    std::optional<milliseconds> time_to_acknowledge_ms, time_to_repair_ms;
    std::int64_t first_articles = 0;            ///< inspections of first pieces
    std::optional<inspection_id> first_article; ///< the latest of them
    std::vector<entity_ref> customers_orders;   ///< that got pieces which are suspect
    quality_file quality;
    std::vector<moment> timeline; ///< of this case, the latest 200
};
BOOST_DESCRIBE_STRUCT(case_file, (),
                      (state, number, trace, kind, source, stage, severity, detail, cause, owner, symptoms, occurrences,
                       opened, good_until, acknowledged, verify_until, closed, acknowledged_by, deadline, playbook,
                       consulted, steps, quarantine, sought, unanswered, orders, maintenance_order, labour_ms, cost,
                       pieces_affected, restored, time_to_acknowledge_ms, time_to_repair_ms, first_articles,
                       first_article, customers_orders, quality, timeline))

using state = case_file;

decision decide(const state&, const raise&, const context&);
decision decide(const state&, const clear&, const context&);
decision decide(const state&, const acknowledge&, const context&);
decision decide(const state&, const comment&, const context&);
decision decide(const state&, const assign&, const context&);
decision decide(const state&, const approve_step&, const context&);
decision decide(const state&, const skip_step&, const context&);
decision decide(const state&, const close&, const context&);
decision decide(const state&, const take_playbook&, const context&);
decision decide(const state&, const note_contained&, const context&);
decision decide(const state&, const take_made&, const context&);
decision decide(const state&, const note_quarantined&, const context&);
decision decide(const state&, const take_inspection&, const context&);
decision decide(const state&, const note_maintenance&, const context&);
decision decide(const state&, const report_nonconforming&, const context&);
decision decide(const state&, const suspect&, const context&);
decision decide(const state&, const take_origin&, const context&);
decision decide(const state&, const note_disposed&, const context&);
decision decide(const state&, const note_next_lots&, const context&);
decision decide(const state&, const take_first_piece&, const context&);
decision decide(const state&, const note_step&, const context&);
decision decide(const state&, const check_escalation&, const context&);
decision decide(const state&, const check_verified&, const context&);

void apply(state&, const opened&);
void apply(state&, const recurred&);
void apply(state&, const symptom_cleared&);
void apply(state&, const acknowledged&);
void apply(state&, const commented&);
void apply(state&, const assigned&);
void apply(state&, const playbook_taken&);
void apply(state&, const step_begun&);
void apply(state&, const step_ended&);
void apply(state&, const quarantine_sought&);
void apply(state&, const quarantined&);
void apply(state&, const quarantine_ended&);
void apply(state&, const maintenance_noted&);
void apply(state&, const nonconforming_found&);
void apply(state&, const nonconformance_opened&);
void apply(state&, const nonconformance_noted&);
void apply(state&, const origin_sought&);
void apply(state&, const origin_found&);
void apply(state&, const suspected&);
void apply(state&, const first_article_taken&);
void apply(state&, const first_article_rejected&);
void apply(state&, const escalated&);
void apply(state&, const anomaly::closed&);

struct kind {
    static constexpr std::string_view name = "anomaly";
    static constexpr std::string_view doc = "A case: what goes wrong at one source, and what is done until it is over.";
    using state = case_file;
    using commands = types<raise, clear, acknowledge, comment, assign, approve_step, skip_step, close, take_playbook,
                           note_contained, take_made, note_quarantined, take_inspection, note_maintenance,
                           take_first_piece, note_step, check_escalation, check_verified, report_nonconforming, suspect,
                           take_origin, note_disposed, note_next_lots>;
    using events =
        types<anomaly::opened, recurred, symptom_cleared, anomaly::acknowledged, commented, assigned, playbook_taken,
              step_begun, step_ended, quarantine_sought, quarantined, quarantine_ended, maintenance_noted,
              first_article_taken, first_article_rejected, nonconforming_found, nonconformance_opened,
              nonconformance_noted, origin_sought, origin_found, suspected, escalated, anomaly::closed>;
    using doors = types<raise, acknowledge, comment, assign, approve_step, skip_step, close, suspect>;
};

} // namespace takt::anomaly
