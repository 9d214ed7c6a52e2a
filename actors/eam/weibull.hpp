#pragma once

#include <optional>
#include <vector>

/// The Weibull distribution of the time to a failure: F(t) = 1 - exp(-(t / scale)^shape). Pure; times in any one unit.
namespace takt::reliability {

/// How long something ran: until it failed, or until it was seen last (right-censored).
struct one_life {
    double time = 0;
    bool failed = false;
};

struct weibull {
    double shape = 1; ///< below 1: infant failures; above 1: it wears out
    double scale = 1; ///< 63.2 % have failed by then
};

/// The maximum-likelihood estimate from lives of which some may be censored. The shape is the root of
///
///     sum(t^k ln t) / sum(t^k) - 1/k - sum over failures(ln t) / failures = 0
///
/// (Meeker and Escobar, Statistical Methods for Reliability Data, 1998, chapter 8), which rises with k, and
/// scale = (sum(t^k) / failures)^(1/k). Nothing if fewer than two lives ended in failures, or all at the same time.
std::optional<weibull> estimate(const std::vector<one_life>& lives);

/// The probability that what has run for `age` fails within `more` from then on: 1 - R(age + more) / R(age).
double failure_within(const weibull& w, double age, double more);
/// How long what has run for `age` runs on, in the mean.
double remaining_life(const weibull& w, double age);
/// The time by which this share, 0 to 1 without the ends, has failed: the B10 life for 0.1.
double life_of_share(const weibull& w, double share);

} // namespace takt::reliability
