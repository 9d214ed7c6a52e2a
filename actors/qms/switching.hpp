#pragma once

#include "messages/qms/inspection_plan.hpp"

/// When lots are sampled more or less strictly: the switching rules of ISO 2859-1:1999, 9.3 and 9.4. Only lots on
/// original inspection count.
///
///     normal --2 of 5 or fewer lots not accepted--> tightened --5 in a row accepted--> normal
///     tightened --5 not accepted in all--> discontinued --the cause is removed--> tightened
///     normal --score of 30, steady production--> reduced --1 not accepted, or not steady--> normal
namespace takt::qms {

struct switching {
    qms::severity severity = severity::normal;
    std::vector<int> latest; ///< at most 5 under this severity; 1: accepted
    int accepted_in_a_row = 0;
    int not_accepted = 0; ///< under this severity
    int score = 0;        ///< 9.3.3.2, under normal inspection
    bool steady = false;  ///< somebody has said that production is, and that less may be inspected
};
BOOST_DESCRIBE_STRUCT(switching, (), (severity, latest, accepted_in_a_row, not_accepted, score, steady))

struct change {
    qms::severity to = severity::normal;
    const char* why = "";
};

/// Counts one lot that was sampled under the severity in force.
void count(switching& s, bool accepted, int accept_number, bool accepted_one_tighter);
/// What is due after it.
std::optional<change> due(const switching& s);
void switch_to(switching& s, severity to);

} // namespace takt::qms
