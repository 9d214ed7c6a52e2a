#pragma once

#include "scheduling/problem.hpp"

namespace takt::bench {

/// A made-up plant at work: 40 machines, 60 operators in two shifts, about `operations` operations in jobs and their
/// sub-assemblies, with setup matrices, furnaces that take batches and must be ground soon after, hobs in limited
/// number, setters, overlapping operations, material with receipts, a cap on power at noon and work that is running.
/// The same seed gives the same plant, on every machine.
scheduling::problem plant_problem(std::size_t operations, std::uint32_t seed);

/// A job such as a customer may ask for today: per piece, as promise() takes it.
scheduling::job probe_job(const scheduling::problem& p, std::uint32_t seed);

} // namespace takt::bench
