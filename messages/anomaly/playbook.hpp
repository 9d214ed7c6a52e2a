#pragma once

#include <boost/json/object.hpp>

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// playbook/<kind of case>: what is done about one kind of case, by itself or after a person has said so.
namespace takt::anomaly {

BOOST_DEFINE_ENUM_CLASS(severity, info, warning, critical)

/// Where a case stands. A case that comes back while it is verified goes on at `correct`.
BOOST_DEFINE_ENUM_CLASS(stage, detect, contain, correct, verify, over)

BOOST_DEFINE_ENUM_CLASS(step_kind,
                        contain_machine, // no new jobs for it, and its controller holds
                        quarantine,      // what it made since the last good evidence stops and is inspected
                        maintain,        // a maintenance order, a technician
                        trace_back,      // material, supplier, machines and people of what is bad
                        dispose,         // a non-conformance for each thing that is bad, until it is done with
                        first_article,   // the first piece after the release is inspected
                        verify,          // stays well for `verify_ms`, or for `verify_lots`
                        expedite,        // late suppliers are asked to hurry
                        buy_elsewhere,   // what is missing comes from another supplier
                        open_shift,      // the next optional shift is worked
                        tell_customer,   // the new dates of what comes later than wanted
                        call_in,         // somebody with the same skill
                        plan_without,    // nobody counts on who is missing
                        restart_feed,    // its gateway connects anew
                        shed_load)       // the least urgent machines hold until the demand window is over

} // namespace takt::anomaly

namespace takt::playbook {

struct step {
    static constexpr std::string_view doc = "One thing that is done about a case.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"automatic", "from_severity"});
    anomaly::step_kind step = anomaly::step_kind::maintain;
    bool automatic = true;                                        ///< false: waits until a person approves it
    anomaly::severity from_severity = anomaly::severity::warning; ///< less severe cases leave it out
};
BOOST_DESCRIBE_STRUCT(step, (), (step, automatic, from_severity))

/// Who is told when nobody has acknowledged the case.
struct escalation {
    milliseconds after_ms{0};
    std::string role;
};
BOOST_DESCRIBE_STRUCT(escalation, (), (after_ms, role))

struct define {
    static constexpr std::string_view doc = "Door (engineering): what is done about this kind of case.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"owner_role", "verify_ms", "verify_lots", "inspect_pieces"});
    std::string owner_role = "supervisor";
    std::vector<playbook::step> steps;
    std::vector<playbook::escalation> escalations; ///< in rising order of time
    milliseconds verify_ms{600'000};               ///< the source must be well for so long
    int verify_lots = 1;                           ///< quality: so many lots in a row must be accepted
    int inspect_pieces = 5;                        ///< of what is quarantined
};
BOOST_DESCRIBE_STRUCT(define, (), (owner_role, steps, escalations, verify_ms, verify_lots, inspect_pieces))

struct consult {
    static constexpr std::string_view doc = "From anomaly: a case was opened; what is to be done?";
    std::string anomaly; ///< key
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(consult, (), (anomaly, number))

struct defined {
    static constexpr std::string_view doc = "The playbook was set.";
    static constexpr int version = 2; ///< 1 knew no lots to verify by
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    define definition;
};
BOOST_DESCRIBE_STRUCT(defined, (), (definition))

} // namespace takt::playbook
