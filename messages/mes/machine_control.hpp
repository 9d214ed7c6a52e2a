#pragma once

#include <map>

#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/mes/packml.hpp"

/// Commands to a machine's controller, with confirmation. One is in force at a time. The controller is told it once,
/// by the event `control_requested`; it is done when the controller's own tags say so, and has failed when the
/// controller refuses it, its state makes it impossible, or `within_ms` is over.
namespace takt::machine {

struct control {
    static constexpr std::string_view doc = "Door (operator), or who contains a fault: the controller is to do this. "
                                            "Refused if the machine's PackML state does not allow it.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"reason", "recipe", "within_ms"});
    control_action action = control_action::stop;
    std::string reason;                       ///< needed for stop, hold, suspend and abort
    std::map<std::string, double> set_points; ///< by tag, in the tag's unit: of set_point, or of a recipe
    std::string recipe;                       ///< of download_recipe
    milliseconds within_ms{30'000};           ///< 100 ms to 1 h
};
BOOST_DESCRIBE_STRUCT(control, (), (action, reason, set_points, recipe, within_ms))

struct confirm_control {
    static constexpr std::string_view doc =
        "Door (controller): has got this command and will not be told it again. Not yet done.";
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(confirm_control, (), (number))

struct refuse_control {
    static constexpr std::string_view doc = "Door (controller): will not do this command.";
    std::int64_t number = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(refuse_control, (), (number, reason))

struct report_parameters {
    static constexpr std::string_view doc = "Door (controller): the recipe and the set-points that it has now.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"recipe"});
    std::string recipe;
    std::map<std::string, double> set_points;
};
BOOST_DESCRIBE_STRUCT(report_parameters, (), (recipe, set_points))

struct check_control {
    static constexpr std::string_view doc = "From its own timer: has the controller done this command?";
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(check_control, (), (number))

struct block {
    static constexpr std::string_view doc =
        "Door (operator), or who contains a fault: no new job here until unblock. A begun one goes on, unless held.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"hold"});
    std::string reason;
    bool hold = false; ///< the controller is to hold too, if it executes; a case is told when it stands
};
BOOST_DESCRIBE_STRUCT(block, (), (reason, hold))

struct unblock {
    static constexpr std::string_view doc = "Door (operator), or who contained a fault: takes jobs again.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"resume", "reason"});
    bool resume = false; ///< and goes on with what was held
    std::string reason;  ///< only if it is blocked for this; empty: whatever it is blocked for
};
BOOST_DESCRIBE_STRUCT(unblock, (), (resume, reason))

struct report_made {
    static constexpr std::string_view doc =
        "From anomaly: which runs were made here since then? Answered by take_made.";
    instant since;
};
BOOST_DESCRIBE_STRUCT(report_made, (), (since))

/// What the asker of `control` gets.
struct control_accepted {
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(control_accepted, (), (number))

/// A command as the controller gets it. A controller that has had this number, or a later one, does nothing.
struct control_order {
    std::int64_t number = 0; ///< rises by one with each command to this machine
    control_action action = control_action::stop;
    std::map<std::string, double> set_points;
    std::string recipe;
    instant due; ///< not to be begun after this
};
BOOST_DESCRIBE_STRUCT(control_order, (), (number, action, set_points, recipe, due))

BOOST_DEFINE_ENUM_CLASS(control_failure,
                        refused,    // by the controller
                        impossible, // in the machine's PackML state
                        timed_out,  //
                        superseded) // by a stronger command

struct control_requested {
    static constexpr std::string_view doc = "The controller is to do this; it is told once.";
    control_order order;
    std::string reason;
    std::string asked_by; ///< an entity's path, or a door's sender
    instant at;
};
BOOST_DESCRIBE_STRUCT(control_requested, (), (order, reason, asked_by, at))

struct control_confirmed {
    static constexpr std::string_view doc = "The controller has got the command.";
    std::int64_t number = 0;
    instant at;
};
BOOST_DESCRIBE_STRUCT(control_confirmed, (), (number, at))

struct control_done {
    static constexpr std::string_view doc = "The controller's own tags say that the command is done.";
    std::int64_t number = 0;
    control_action action = control_action::stop;
    milliseconds took_ms{0};
    instant at;
};
BOOST_DESCRIBE_STRUCT(control_done, (), (number, action, took_ms, at))

struct control_failed {
    static constexpr std::string_view doc = "The command was not done.";
    std::int64_t number = 0;
    control_action action = control_action::stop;
    control_failure why = control_failure::refused;
    std::string detail;
    std::string asked_by;
    instant at;
};
BOOST_DESCRIBE_STRUCT(control_failed, (), (number, action, why, detail, asked_by, at))

struct parameters_changed {
    static constexpr std::string_view doc = "The controller has another recipe or other set-points.";
    std::string recipe;
    std::map<std::string, double> set_points;
};
BOOST_DESCRIBE_STRUCT(parameters_changed, (), (recipe, set_points))

struct blocked {
    static constexpr std::string_view doc = "The machine gets no new jobs.";
    std::string reason;
    std::string asked_by;
    instant at;
};
BOOST_DESCRIBE_STRUCT(blocked, (), (reason, asked_by, at))

struct unblocked {
    static constexpr std::string_view doc = "The machine gets jobs again.";
    std::string asked_by;
    instant at;
};
BOOST_DESCRIBE_STRUCT(unblocked, (), (asked_by, at))

} // namespace takt::machine
