#pragma once

#include <stdexcept>
#include <string>

#include "scheduling/shop/instance.hpp"

namespace takt::scheduling::shop {

/// A text that is not a plan of this instance. `what()` names the line, and what was expected there.
struct unreadable_plan : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Plans as text, for people and other programs: a line of column names, then one line for each operation, with commas
/// between. Everything counts from 0, an operation within its job.
///
///     job,operation,machine,worker,start,end
///     0,0,2,,0,1
///
/// `worker` is empty without workers. Lines are written in the order of starts.
std::string to_text(const instance& shop, const plan& p);

/// The plan that a text describes: columns in any order, lines too, and without `worker` and `end` if wished. Says
/// nothing about its feasibility (`violations` does), but an `end` that is not start + duration is refused. Throws
/// `unreadable_plan`.
plan read_plan(const instance& shop, const std::string& text);

} // namespace takt::scheduling::shop
