#include "actors/qms/switching.hpp"

#include <algorithm>

namespace takt::qms {
namespace {

constexpr std::size_t looked_at = 5;
constexpr int bad_for_tightened = 2, good_for_normal = 5, bad_for_discontinued = 5, score_for_reduced = 30;

} // namespace

void count(switching& s, bool accepted, int accept_number, bool accepted_one_tighter)
{
    if (s.latest.size() == looked_at) s.latest.erase(s.latest.begin());
    s.latest.push_back(accepted ? 1 : 0);
    s.accepted_in_a_row = accepted ? s.accepted_in_a_row + 1 : 0;
    s.not_accepted += accepted ? 0 : 1;
    if (s.severity != severity::normal) return;
    if (!accepted)
        s.score = 0;
    else if (accept_number <= 1)
        s.score += 2;
    else
        s.score = accepted_one_tighter ? s.score + 3 : 0;
}

std::optional<change> due(const switching& s)
{
    switch (s.severity) {
    case severity::normal:
        if (std::count(s.latest.begin(), s.latest.end(), 0) >= bad_for_tightened)
            return change{severity::tightened, "2 of the last 5 lots or fewer were not accepted"};
        if (s.score >= score_for_reduced && s.steady)
            return change{severity::reduced, "the switching score is 30, and production is steady"};
        break;
    case severity::tightened:
        if (s.not_accepted >= bad_for_discontinued)
            return change{severity::discontinued, "5 lots were not accepted under tightened inspection"};
        if (s.accepted_in_a_row >= good_for_normal)
            return change{severity::normal, "5 lots in a row were accepted under tightened inspection"};
        break;
    case severity::reduced:
        if (s.not_accepted > 0) return change{severity::normal, "a lot was not accepted under reduced inspection"};
        if (!s.steady) return change{severity::normal, "production is not steady any more"};
        break;
    case severity::discontinued: break;
    }
    return std::nullopt;
}

void switch_to(switching& s, severity to)
{
    const bool steady = s.steady;
    s = {};
    s.severity = to;
    s.steady = steady;
}

} // namespace takt::qms
