#pragma once

#include <boost/json/object.hpp>

#include "messages/anomaly/playbook.hpp"
#include "messages/eam/maintenance_plan.hpp"
#include "messages/mes/job.hpp"

/// anomaly/<kind>:<source>: one kind of trouble at one source; one case is open at a time, later ones are numbered.
/// What is seen of it are its symptoms: a breakdown and three alarms of one machine are one case.
namespace takt::anomaly {

/// Kinds whose symptoms have a name behind the kind's: "slipping_order.SO-7".
inline constexpr std::array<std::string_view, 6> kinds_with_parts{
    "late_supplier", "material_shortage", "slipping_order", "missing_operator", "silent_feed", "energy"};

/// The kind of case that a symptom belongs to. Whatever a machine's telemetry or its operator says is wrong with it is
/// one case; what concerns only its controller's connection is another. Whatever is wrong with pieces is quality.
inline std::string kind_of(std::string_view symptom, const entity_ref& source)
{
    const bool of_connection = symptom == "dispatch_unconfirmed" || symptom == "control_failed";
    if (source.kind() == "machine" && !of_connection) return "machine_fault";
    if (source.kind() == "sampling" || symptom == "rejected" || symptom == "complaint") return "quality";
    const auto whole = symptom.substr(0, symptom.find('.'));
    const bool part = std::find(kinds_with_parts.begin(), kinds_with_parts.end(), whole) != kinds_with_parts.end();
    return std::string(part ? whole : symptom);
}

/// "machine_fault:machine:M-104": the case that a symptom at this source belongs to.
inline std::string key_of(std::string_view symptom, const entity_ref& source)
{
    std::string key = kind_of(symptom, source);
    key.append(1, ':').append(source.kind()).append(1, ':').append(source.key());
    return key;
}

struct raise {
    static constexpr std::string_view doc =
        "From whoever sees it, or door: something is wrong. Sent to key_of(type, source).";
    static constexpr auto defaulted = std::to_array<std::string_view>({"severity", "detail"});
    entity_ref source;
    std::string type; ///< the symptom: "breakdown", "limit.power_kw", "dispatch_unconfirmed", "quality", "master_data"
    anomaly::severity severity = anomaly::severity::warning;
    std::string detail;
    std::optional<instant> good_until{}; ///< the last good evidence; missing: now
};
BOOST_DESCRIBE_STRUCT(raise, (), (source, type, severity, detail, good_until))

struct clear {
    static constexpr std::string_view doc = "From the source: this symptom is gone.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"detail"});
    std::string type;
    std::string cause;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(clear, (), (type, cause, detail))

struct acknowledge {
    static constexpr std::string_view doc = "Door: a person has seen it and takes care.";
    std::string by;
};
BOOST_DESCRIBE_STRUCT(acknowledge, (), (by))

struct comment {
    static constexpr std::string_view doc = "Door: something to be known about the case.";
    std::string by, text;
};
BOOST_DESCRIBE_STRUCT(comment, (), (by, text))

struct assign {
    static constexpr std::string_view doc = "Door: this person or role has the case from now on.";
    std::string by, owner;
};
BOOST_DESCRIBE_STRUCT(assign, (), (by, owner))

struct approve_step {
    static constexpr std::string_view doc = "Door: a step that waits for a person shall be done.";
    anomaly::step_kind step = anomaly::step_kind::maintain;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(approve_step, (), (step, by))

struct skip_step {
    static constexpr std::string_view doc = "Door: a step that has not ended shall be left out.";
    anomaly::step_kind step = anomaly::step_kind::maintain;
    std::string by, reason;
};
BOOST_DESCRIBE_STRUCT(skip_step, (), (step, by, reason))

struct close {
    static constexpr std::string_view doc = "Door: over, whatever its symptoms say; what it held is free again.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"detail"});
    std::string by;
    std::string cause;
    std::string detail{};
};
BOOST_DESCRIBE_STRUCT(close, (), (by, cause, detail))

struct take_playbook {
    static constexpr std::string_view doc = "From playbook: what is to be done.";
    std::int64_t number = 0;
    playbook::define what;
};
BOOST_DESCRIBE_STRUCT(take_playbook, (), (number, what))

struct note_contained {
    static constexpr std::string_view doc = "From machine: it gets no jobs, and holds or stands; or it does not obey.";
    bool stands = true;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(note_contained, (), (stands, detail))

/// A run that the machine made, or makes.
struct made_run {
    mes::run_ref job;
    item_id item;
    instant from;
    std::optional<instant> to;
};
BOOST_DESCRIBE_STRUCT(made_run, (), (job, item, from, to))

struct take_made {
    static constexpr std::string_view doc = "From machine: what it made since it was asked for.";
    std::vector<made_run> runs;
};
BOOST_DESCRIBE_STRUCT(take_made, (), (runs))

struct note_quarantined {
    static constexpr std::string_view doc = "From work_order or lot: it is stopped, and where its pieces went.";
    entity_ref what;
    bool stopped = false; ///< false: it was stopped already, or there is nothing left to stop
    item_id item;
    takt::quantity quantity;        ///< that is stopped
    std::vector<entity_ref> onward; ///< what has pieces of it: stopped next
    std::vector<entity_ref> left;   ///< customer orders that got pieces of it
};
BOOST_DESCRIBE_STRUCT(note_quarantined, (), (what, stopped, item, quantity, onward, left))

struct take_inspection {
    static constexpr std::string_view doc = "From inspection: what was quarantined is good, or not.";
    inspection_id inspection;
    bool accepted = false;
    std::int64_t defects = 0;
};
BOOST_DESCRIBE_STRUCT(take_inspection, (), (inspection, accepted, defects))

BOOST_DEFINE_ENUM_CLASS(maintenance_progress, assigned, started, done, cancelled)

struct note_maintenance {
    static constexpr std::string_view doc = "From maintenance_order: how far it is.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"cost"});
    std::string order;
    maintenance_progress progress = maintenance_progress::assigned;
    std::string person;
    std::string cause; ///< found; when done
    milliseconds labour_ms{0};
    eam::cost cost{}; ///< when done
};
BOOST_DESCRIBE_STRUCT(note_maintenance, (), (order, progress, person, cause, labour_ms, cost))

struct check_escalation {
    static constexpr std::string_view doc = "From its own timer: has anybody acknowledged the case?";
    std::int64_t number = 0;
    int level = 0; ///< of the playbook's escalations, from 0
};
BOOST_DESCRIBE_STRUCT(check_escalation, (), (number, level))

struct check_verified {
    static constexpr std::string_view doc = "From its own timer: has the source been well for long enough?";
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(check_verified, (), (number))

struct opened {
    static constexpr std::string_view doc = "A case was opened.";
    static constexpr int version = 2; ///< 1 had one symptom and no kind
    static void upcast(boost::json::object& document, int /*from*/) { document["kind"] = document["type"]; }
    std::int64_t number = 0; ///< of the case at this source
    entity_ref source;
    std::string kind;
    std::string type; ///< its first symptom
    anomaly::severity severity = anomaly::severity::warning;
    std::string detail;
    std::optional<instant> good_until;
    instant at;
};
BOOST_DESCRIBE_STRUCT(opened, (), (number, source, kind, type, severity, detail, good_until, at))

struct recurred {
    static constexpr std::string_view doc = "The same, or another symptom, was seen while the case is open.";
    static constexpr int version = 2; ///< 1 did not say which symptom
    static void upcast(boost::json::object& document, int /*from*/) { document["type"] = ""; }
    std::string type;
    anomaly::severity severity = anomaly::severity::warning;
    std::string detail;
    std::optional<instant> good_until;
    instant at;
};
BOOST_DESCRIBE_STRUCT(recurred, (), (type, severity, detail, good_until, at))

struct symptom_cleared {
    static constexpr std::string_view doc = "A symptom is gone.";
    std::string type, cause, detail;
    instant at;
};
BOOST_DESCRIBE_STRUCT(symptom_cleared, (), (type, cause, detail, at))

struct acknowledged {
    static constexpr std::string_view doc = "A person takes care of the case.";
    std::string by;
    instant at;
};
BOOST_DESCRIBE_STRUCT(acknowledged, (), (by, at))

struct commented {
    static constexpr std::string_view doc = "Somebody said something about the case.";
    std::string by, text;
    instant at;
};
BOOST_DESCRIBE_STRUCT(commented, (), (by, text, at))

struct assigned {
    static constexpr std::string_view doc = "The case has another owner.";
    std::string by, owner;
    instant at;
};
BOOST_DESCRIBE_STRUCT(assigned, (), (by, owner, at))

struct playbook_taken {
    static constexpr std::string_view doc = "It is known what is to be done.";
    static constexpr int version = 2; ///< 1 knew no lots to verify by
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    playbook::define what;
    instant at;
};
BOOST_DESCRIBE_STRUCT(playbook_taken, (), (what, at))

struct step_begun {
    static constexpr std::string_view doc = "A step of the playbook is being done.";
    anomaly::step_kind step = anomaly::step_kind::maintain;
    std::string by;     ///< "playbook", or who approved it
    std::string detail; ///< the maintenance order, what is waited for
    instant at;
};
BOOST_DESCRIBE_STRUCT(step_begun, (), (step, by, detail, at))

struct step_ended {
    static constexpr std::string_view doc = "A step is done, or was left out.";
    anomaly::step_kind step = anomaly::step_kind::maintain;
    bool skipped = false;
    std::string by, detail;
    instant at;
};
BOOST_DESCRIBE_STRUCT(step_ended, (), (step, skipped, by, detail, at))

struct quarantine_sought {
    static constexpr std::string_view doc = "Something that may be bad is asked to stop.";
    entity_ref what;
};
BOOST_DESCRIBE_STRUCT(quarantine_sought, (), (what))

struct quarantined {
    static constexpr std::string_view doc = "Something that may be bad was looked for, and stopped if it was there.";
    note_quarantined what;
    std::optional<inspection_id> inspection; ///< that will say; none if nothing was stopped
    instant at;
};
BOOST_DESCRIBE_STRUCT(quarantined, (), (what, inspection, at))

struct quarantine_ended {
    static constexpr std::string_view doc = "What was stopped was inspected: it goes on, or stays where it is.";
    entity_ref what;
    inspection_id inspection;
    bool accepted = false;
    std::int64_t defects = 0;
    instant at;
};
BOOST_DESCRIBE_STRUCT(quarantine_ended, (), (what, inspection, accepted, defects, at))

struct maintenance_noted {
    static constexpr std::string_view doc = "The maintenance order of the case is further.";
    static constexpr int version = 2; ///< 1 knew no cost
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    note_maintenance what;
    instant at;
};
BOOST_DESCRIBE_STRUCT(maintenance_noted, (), (what, at))

struct escalated {
    static constexpr std::string_view doc = "The case was not acknowledged in time, or is still open long after.";
    int level = 0;
    std::string role;
    instant at;
};
BOOST_DESCRIBE_STRUCT(escalated, (), (level, role, at))

struct closed {
    static constexpr std::string_view doc = "The case is over.";
    static constexpr int version = 2; ///< 1 did not say who closed it
    static void upcast(boost::json::object& document, int /*from*/) { document["by"] = ""; }
    std::string cause;
    std::string detail;
    instant at;
    std::string by; ///< a person; empty: it ended as its playbook says
};
BOOST_DESCRIBE_STRUCT(closed, (), (cause, detail, at, by))

} // namespace takt::anomaly
