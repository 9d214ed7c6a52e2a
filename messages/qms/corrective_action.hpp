#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// corrective_action/<key>: what is done so that a kind of failure does not come back, and whether it helped.
namespace takt::corrective_action {

struct open {
    static constexpr std::string_view doc =
        "Door (quality), or from sampling when lots are rejected again and again: find the root cause.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"owner", "verify_lots"});
    entity_ref about; ///< sampling/… whose next lots show whether it helped; or anything else
    std::string problem;
    std::string owner = "quality";
    std::optional<instant> due; ///< missing: in 14 days
    int verify_lots = 5;        ///< so many lots in a row must be accepted
};
BOOST_DESCRIBE_STRUCT(open, (), (about, problem, owner, due, verify_lots))

struct plan {
    static constexpr std::string_view doc = "Door (quality): the root cause is known, and what will be done about it.";
    std::string by, root_cause, action;
    std::optional<instant> due;
};
BOOST_DESCRIBE_STRUCT(plan, (), (by, root_cause, action, due))

struct report_implemented {
    static constexpr std::string_view doc = "Door (quality): it was done; now it has to show that it helps.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"detail"});
    std::string by, detail;
};
BOOST_DESCRIBE_STRUCT(report_implemented, (), (by, detail))

struct verify {
    static constexpr std::string_view doc = "Door (quality): a person judges whether it helped.";
    std::string by, detail;
    bool effective = true;
};
BOOST_DESCRIBE_STRUCT(verify, (), (by, detail, effective))

struct note_next_lots {
    static constexpr std::string_view doc = "From sampling: so many lots in a row were accepted, or one was not.";
    std::int64_t number = 0;
    int lots = 0;
};
BOOST_DESCRIBE_STRUCT(note_next_lots, (), (number, lots))

struct check_due {
    static constexpr std::string_view doc = "From its own timer: has it been done in time?";
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(check_due, (), (number))

struct opened {
    static constexpr std::string_view doc = "A root cause is to be found.";
    std::int64_t number = 0;
    open what;
    instant due, at;
};
BOOST_DESCRIBE_STRUCT(opened, (), (number, what, due, at))

struct planned {
    static constexpr std::string_view doc = "The root cause is known, and what will be done.";
    std::string by, root_cause, action;
    instant due, at;
};
BOOST_DESCRIBE_STRUCT(planned, (), (by, root_cause, action, due, at))

struct implemented {
    static constexpr std::string_view doc = "It was done.";
    std::string by, detail;
    instant at;
};
BOOST_DESCRIBE_STRUCT(implemented, (), (by, detail, at))

struct verified {
    static constexpr std::string_view doc = "It helped and is over, or it did not and is open again.";
    std::string by, detail;
    bool effective = true;
    instant at;
};
BOOST_DESCRIBE_STRUCT(verified, (), (by, detail, effective, at))

struct fell_due {
    static constexpr std::string_view doc = "It should have been done by now.";
    instant at;
};
BOOST_DESCRIBE_STRUCT(fell_due, (), (at))

} // namespace takt::corrective_action
