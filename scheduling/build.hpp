#pragma once

#include "scheduling/fit.hpp"

namespace takt::scheduling {

/// Why a node has no place; empty: it has one, or none was looked for yet.
struct left_reason {
    const char* reason = nullptr;
    std::string subject;
};

/// Serial schedule generation: what waits for nothing unplanned is taken roughly in the order in which it could start,
/// the urgent earlier; each goes where it ends earliest, also into gaps between what is planned. (Taken by urgency
/// alone, the urgent would leave gaps all over the future that are too short for the rest.)
class builder {
public:
    explicit builder(const model& m);

    /// Books what runs now, then what is pinned to a start.
    void keep_running();
    void place_pinned();
    /// Places all that is neither placed nor left out. `shift` moves turns, by node in ms; empty: none.
    void place_open(const std::vector<double>& shift = {});
    /// The same for what is open in these clusters only; nothing open outside of them may be waited for.
    void place_open(const std::vector<int>& clusters, const std::vector<double>& shift);
    /// Places what is open of one cluster; its other predecessors must be settled.
    void place_cluster(int cluster, bool complete_setup = false);
    /// Pinned operations whose predecessors end too late, or have no place, each with the predecessor.
    std::vector<std::pair<int, int>> pinned_conflicts() const;
    void grow();

    bool settled(int n) const { return table.placed(n) || left[static_cast<std::size_t>(n)].reason != nullptr; }
    void leave_out(int n, const char* reason, const std::string& subject);
    plan_result result() const;
    assignment assignment_of(int n) const;

    timetable table;
    std::vector<left_reason> left; ///< by node

private:
    const node& at(int n) const { return m_.nodes[static_cast<std::size_t>(n)]; }
    bool place(int n, time_ms from, bool complete_setup);
    bool predecessors_planned(int n);
    double turn_of(int n) const;
    /// A cluster while it is placed.
    struct attempt {
        std::vector<int> todo;
        std::vector<time_ms> not_before; ///< of each
        std::vector<int> for_whom;       ///< who wants it so late, so as to follow soon enough; -1: nobody
    };
    enum class verdict { good, again, given_up };
    verdict settle_lags(attempt& now, int tries);
    bool place_all(const attempt& now, bool complete_setup);

    const model& m_;
    std::vector<int> waits_for_; ///< by cluster, while open ones are placed
};

} // namespace takt::scheduling
