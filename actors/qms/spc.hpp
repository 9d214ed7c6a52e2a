#pragma once

#include <cstdint>
#include <optional>

/// Shewhart control charts and process capability, in the notation of Montgomery, Introduction to Statistical Quality
/// Control, and ISO 7870-2 (formerly ISO 8258). Pure. Sigma is estimated within subgroups; a point's limits are those
/// of its own size.
namespace takt::qms {

/// Of subgroups of n values from a normal distribution, 2 to 25: relative range (d2, d3) and standard deviation (c4).
double d2(int n);
double d3(int n);
/// c4 = sqrt(2/(n-1)) gamma(n/2) / gamma((n-1)/2), for any n from 2 on.
double c4(int n);

struct control_limits {
    double centre = 0, lower = 0, upper = 0;
};

/// Centre ± 3 sigma/sqrt(n): x̿ ± A2 R̄ with sigma = R̄/d2, x̿ ± A3 s̄ with sigma = s̄/c4.
control_limits mean_limits(double centre, double sigma, int n);
/// D3 R̄ and D4 R̄: (d2 ± 3 d3) sigma, not below 0.
control_limits range_limits(double sigma, int n);
/// B3 s̄ and B4 s̄: c4 sigma ± 3 sigma sqrt(1 - c4²), not below 0.
control_limits deviation_limits(double sigma, int n);

/// Nonconforming share of n, nonconforming pieces of n, nonconformities, nonconformities per unit of n units. Not below
/// 0.
control_limits p_limits(double share, double n);
control_limits np_limits(double share, double n);
control_limits c_limits(double mean);
control_limits u_limits(double mean, double n);

/// How likely so many or more of n pieces are nonconforming if the share is this: binomial, exact. Small samples are
/// far from normal, and one piece of three is no signal.
double as_many_or_more(std::int64_t nonconforming, std::int64_t n, double share);

/// ISO 22400-2 and ISO 22514: Cp = (U-L)/6 sigma, Cpk = min(U-x̄, x̄-L)/3 sigma with sigma within subgroups; Pp, Ppk the
/// same with the standard deviation of all values. One limit: only the k values, of that side.
struct capability {
    std::optional<double> cp, cpk, pp, ppk;
};
capability capability_of(double mean, double sigma_within, double sigma_overall, std::optional<double> lower,
                         std::optional<double> upper);

} // namespace takt::qms
