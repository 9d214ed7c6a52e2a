#pragma once

#include "scheduling/model.hpp"
#include "scheduling/power.hpp"
#include "scheduling/timeline.hpp"

namespace takt::scheduling {

/// One stretch of work on a machine: an operation, or several in a batch run. Units are -1 where none is needed.
struct run {
    int machine = 0, person = -1, setter = -1, tool = -1;
    time_ms start = 0, setup_end = 0, end = 0;
    time_ms setup = 0, work = 0; ///< working time of both phases
    time_ms own_setup = 0;       ///< the longest setup of its modes
    std::int64_t watts = 0;
    int family = 0; ///< as it counts on the machine
    int skill = -1, setup_skill = -1, crew_of_tool = -1;
    int room = 0;       ///< places left in a batch run
    bool whole = false; ///< within one working interval
    bool running = false;
    std::vector<int> nodes;
};

/// Where an operation could go: a run of its own, or one that it joins.
struct slot {
    run alone;
    int joins = -1;
    int way = -1; ///< of the node; -1: none found
};

/// Which operation runs where and when, and everything that is booked for it. Every change is remembered until
/// forget(), and can be taken back in reverse.
class timetable {
public:
    explicit timetable(const model& m);

    bool placed(int n) const { return run_of_[at(n)] >= 0; }
    const run& at_run(int r) const { return runs_[at(r)]; }
    const run& of(int n) const { return runs_[at(run_of_[at(n)])]; }
    int run_of(int n) const { return run_of_[at(n)]; }
    int way_of(int n) const { return way_of_[at(n)]; } ///< -1: running

    int book(int n, const slot& where);
    /// Where it runs now. What overlaps on its machine or its person becomes one booking.
    void keep_running(int n, run now);
    /// Takes the run out, with all its operations.
    void remove(int r);

    const timeline& machine(int i) const { return machines_[at(i)]; }
    const timeline& of_unit(int i) const { return units_[at(i)]; }
    const power_profile& power() const { return power_; }
    /// Batch runs with room, by start.
    const std::vector<int>& open_runs(int machine) const { return open_[at(machine)]; }
    /// What the run behind needs in front of it is still there, or was never needed.
    bool setup_suffices(int r) const;
    /// The family a machine is set up for behind run r (-1: what it is set up for now).
    int family_behind(int machine, int r) const;
    /// Hours of the work behind the setup.
    const working_hours& hours_of(const run& r) const;

    std::size_t mark() const { return log_.size(); }
    void roll_back(std::size_t mark);
    void forget() { log_.clear(); }
    void grow(); ///< after nodes were appended to the model, or taken away

private:
    enum class deed { booked, joined, removed };
    struct entry {
        deed what = deed::booked;
        int run = -1, node = -1;
        time_ms own_setup = 0;
        std::vector<int> ways; ///< of a removed run's nodes
    };
    static std::size_t at(int i) { return static_cast<std::size_t>(i); }
    void enter(int r);
    void leave(int r);
    void set_open(int r, bool open);

    const model& m_;
    std::vector<timeline> machines_, units_;
    power_profile power_;
    std::vector<run> runs_;
    std::vector<std::vector<int>> open_;
    std::vector<int> run_of_, way_of_;
    std::vector<entry> log_;
};

} // namespace takt::scheduling
