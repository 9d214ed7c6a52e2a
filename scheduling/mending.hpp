#pragma once

#include <queue>

#include "scheduling/build.hpp"

namespace takt::scheduling {

/// Carries a builder from a state in which operations are open, and placed ones start too early for what is placed or
/// has moved, to one that holds. Placed operations move only if they must.
class mending {
public:
    /// `wish`: by node, who comes first; usually the start in the plan in force. `had_place`: by node, in that plan.
    mending(const model& m, builder& b, std::vector<double> wish, std::vector<bool> had_place);

    /// False if it did not come to an end within reason; nothing can be said of the state then.
    bool run();

private:
    struct waiting {
        double wish = 0;
        int cluster = 0;
        bool operator<(const waiting& o) const { return std::pair{o.wish, o.cluster} < std::pair{wish, cluster}; }
    };
    void take_out(int r);
    void free_cluster(int c);
    void check_setups();
    void check_times();
    bool may_place(int c) const;
    void look_behind(int n);
    void push(int c);

    const model& m_;
    builder& b_;
    std::vector<double> wish_;
    std::vector<bool> had_place_;
    std::vector<int> moves_; ///< of each node
    std::priority_queue<waiting> open_;
    std::size_t budget_;
};

} // namespace takt::scheduling
