#pragma once

#include <string>
#include <vector>

#include "scheduling/shop/instance.hpp"

namespace takt::scheduling::shop {

/// Every rule that a plan breaks, as a sentence; empty: it can be carried out. Slow and simple on purpose, and shares
/// no code with what makes plans. Names jobs, operations and machines counted from 0, and at most `most` findings.
std::vector<std::string> violations(const instance& shop, const plan& p, std::size_t most = 20);

} // namespace takt::scheduling::shop
