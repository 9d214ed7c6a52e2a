#pragma once

#include <memory>

#include "scheduling/explain.hpp"

namespace takt::scheduling {

struct promised {
    bool possible = false; ///< every operation has a place
    time_ms start = 0, end = 0;
    std::vector<assignment> steps;   ///< where it would go
    std::vector<unplanned> left_out; ///< why it would not
    std::vector<binding> why;        ///< what its end depends on, as why_late tells it
};

/// Capable-to-promise: when an order could be done without moving anything that is planned. Keeps the plan as
/// timelines, into which a job is put and from which it is taken out again, so that an answer takes milliseconds. The
/// problem must outlive it. What of the plan does not hold any more is mended first. One thread at a time.
class promiser {
public:
    promiser(const problem& p, const plan_result& in_force);
    ~promiser();
    promiser(const promiser&) = delete;
    promiser& operator=(const promiser&) = delete;

    /// `one_piece` is a job as it would be for a single piece: run times (but of batch operations) and material are
    /// taken times the quantity. It may wait for operations of the problem.
    promised ask(const job& one_piece, double quantity);

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

promised promise(const problem& p, const plan_result& in_force, const job& one_piece, double quantity);

} // namespace takt::scheduling
