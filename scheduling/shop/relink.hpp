#pragma once

#include "scheduling/shop/sequence.hpp"

namespace takt::scheduling::shop {

/// A solution on a way from `from` to `to`, after the part `share` of it (0 … 1): neighbours in the order that stand
/// the other way round in `to` are exchanged at random, and choices taken over. Every stop on that way is feasible, for
/// both orders keep the jobs' orders, so no repair is needed. Path relinking after Peng, Lü and Cheng (2015).
sequence between(const sequence& from, const sequence& to, double share, random_source& random);

/// How far two solutions are apart: pairs that a machine performs in another order, and choices that differ.
std::int64_t distance(const instance& shop, const sequence& a, const sequence& b);

} // namespace takt::scheduling::shop
