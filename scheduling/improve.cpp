#include "scheduling/improve.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "scheduling/in_force.hpp"
#include "scheduling/judgement.hpp"
#include "scheduling/mending.hpp"
#include "scheduling/stock.hpp"

namespace takt::scheduling {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// More than this is not taken out at once: it would be a new plan, and cost as much.
constexpr std::size_t most_removed = 160;
/// How much worse than the best a plan may be at first, as a share; it shrinks to nothing.
constexpr double first_tolerance = 0.004;
/// After so many choices of a late job, which are late is found out anew.
constexpr std::uint64_t look_again = 32;

class neighbourhood_search {
public:
    neighbourhood_search(const model& m, builder& b, const std::vector<const assignment*>& places, const goal& wanted,
                         std::uint32_t seed)
        : m_(m),
          b_(b),
          places_(places),
          goal_(wanted),
          dice_(seed),
          shift_(m.nodes.size(), 0),
          by_job_(m.source->jobs.size()),
          of_job_(m.source->jobs.size())
    {
        for (std::size_t i = 0; i < m.nodes.size(); ++i) {
            of_job_[at(m.nodes[i].job)].push_back(static_cast<int>(i));
            if (movable(static_cast<int>(i))) movable_.push_back(static_cast<int>(i));
        }
        std::vector<int> all(by_job_.size());
        for (std::size_t j = 0; j < all.size(); ++j) all[j] = static_cast<int>(j);
        judge_jobs(all, by_job_);
        current_ = sum(by_job_);
        best_ = current_;
        best_mark_ = b_.table.mark();
    }

    const objective_values& best() const { return best_; }
    bool nothing_to_move() const { return movable_.empty(); }
    /// True if the plan was changed.
    bool iterate(double progress);
    void return_to_best() { b_.table.roll_back(best_mark_); }

private:
    std::size_t pick(std::size_t count) { return static_cast<std::size_t>(dice_() % count); }
    double share() { return static_cast<double>(dice_() >> 11U) / static_cast<double>(1ULL << 53U); }
    bool movable(int n) const
    {
        if (!b_.table.placed(n)) return false;
        const auto& nodes = b_.table.of(n).nodes;
        return std::none_of(nodes.begin(), nodes.end(), [&](int other) {
            return m_.nodes[at(other)].running() || m_.nodes[at(other)].source->pinned_start ||
                   b_.table.of(other).start < m_.source->frozen_until;
        });
    }
    void choose_late_job();
    void choose_window();
    void choose_jobs();
    bool take_out();
    bool rebuild();
    void judge_jobs(const std::vector<int>& jobs, std::vector<objective_values>& out) const;
    static objective_values sum(const std::vector<objective_values>& by_job);
    bool acceptable(const objective_values& fresh, double progress) const;

    const model& m_;
    builder& b_;
    const std::vector<const assignment*>& places_;
    const goal& goal_;
    std::mt19937_64 dice_;
    std::vector<double> shift_; ///< of turns, by node; zero but while rebuilding
    std::vector<objective_values> by_job_;
    std::vector<std::vector<int>> of_job_;
    std::vector<int> movable_, chosen_, removed_;
    std::vector<int> late_jobs_; ///< as of the last look, once for each operation
    std::uint64_t looked_at_late_ = 0;
    objective_values current_, best_;
    std::size_t best_mark_ = 0;
};

/// A late job, the later the likelier, and what stands before its operations on their machines.
void neighbourhood_search::choose_late_job()
{
    const auto late = [&](int job) { return by_job_[at(job)][objective::weighted_tardiness]; };
    if (looked_at_late_++ % look_again == 0) {
        late_jobs_.clear();
        for (const int n : movable_)
            if (const int j = m_.nodes[at(n)].job; late(j) > 0) late_jobs_.push_back(j);
    }
    int worst = -1;
    const bool any = late_jobs_.empty() || pick(5) == 0; // also one that is not late, for whose sake others are
    for (int i = 0; i < 3; ++i) {
        const int j = any ? m_.nodes[at(movable_[pick(movable_.size())])].job : late_jobs_[pick(late_jobs_.size())];
        if (worst < 0 || late(j) > late(worst)) worst = j;
    }
    for (const int n : of_job_[at(worst)]) {
        if (!b_.table.placed(n) || b_.table.of(n).running) continue; // what runs may share a booking
        chosen_.push_back(n);
        shift_[at(n)] = -share() * 4e8; // goes before what it was behind
        int r = b_.table.run_of(n);
        for (auto back = pick(4); back > 0; --back) {
            r = b_.table.machine(b_.table.at_run(r).machine).before(b_.table.at_run(r).start, r);
            if (r < 0 || b_.table.at_run(r).running) break; // nothing that moves is before what runs
            chosen_.push_back(b_.table.at_run(r).nodes.front());
        }
    }
}

/// Neighbours in time on one machine.
void neighbourhood_search::choose_window()
{
    int r = b_.table.run_of(movable_[pick(movable_.size())]);
    for (auto left = 3 + pick(10); left > 0 && r >= 0; --left) {
        chosen_.push_back(b_.table.at_run(r).nodes.front());
        r = b_.table.machine(b_.table.at_run(r).machine).after(b_.table.at_run(r).start, r);
    }
}

void neighbourhood_search::choose_jobs()
{
    for (auto left = 2 + pick(4); left > 0; --left)
        for (const int n : of_job_[at(m_.nodes[at(movable_[pick(movable_.size())])].job)]) chosen_.push_back(n);
}

/// With what follows, what is in a batch or bound with it, and what counted on it for its setup. False if that is too
/// much, or would break what may not move.
bool neighbourhood_search::take_out()
{
    while (!chosen_.empty()) {
        const int n = chosen_.back();
        chosen_.pop_back();
        if (!b_.table.placed(n) || !movable(n)) continue;
        const int r = b_.table.run_of(n);
        const auto& where = b_.table.at_run(r);
        const int next = b_.table.machine(where.machine).after(where.start, r);
        const auto nodes = where.nodes;
        b_.table.remove(r);
        for (const int other : nodes) {
            removed_.push_back(other);
            for (const auto& l : m_.nodes[at(other)].after) chosen_.push_back(l.node);
            for (const int mate : m_.clusters[at(m_.nodes[at(other)].cluster)]) chosen_.push_back(mate);
        }
        if (removed_.size() > most_removed) return false;
        if (next < 0 || b_.table.setup_suffices(next)) continue;
        const int behind = b_.table.at_run(next).nodes.front();
        if (!movable(behind)) return false;
        chosen_.push_back(behind);
    }
    return !removed_.empty();
}

/// False if something found no place, or something that stays would start too early.
bool neighbourhood_search::rebuild()
{
    std::vector<int> clusters;
    for (const int n : removed_) clusters.push_back(m_.nodes[at(n)].cluster);
    std::sort(clusters.begin(), clusters.end());
    clusters.erase(std::unique(clusters.begin(), clusters.end()), clusters.end());
    b_.place_open(clusters, shift_);
    bool good = true;
    for (const int n : removed_) {
        if (!b_.table.placed(n)) {
            b_.left[at(n)] = {};
            good = false;
            continue;
        }
        for (const auto& l : m_.nodes[at(n)].after)
            if (b_.table.placed(l.node) && !in_time(m_, b_.table, l.node)) good = false;
    }
    return good;
}

void neighbourhood_search::judge_jobs(const std::vector<int>& jobs, std::vector<objective_values>& out) const
{
    const auto& p = *m_.source;
    std::vector<judged> all;
    std::vector<char> complete(p.jobs.size(), 1);
    const auto regular = [&](int u) { return u < 0 ? nullptr : &p.people[at(m_.units[at(u)].source)].regular; };
    for (const int j : jobs) {
        for (const int n : of_job_[at(j)]) {
            if (!b_.table.placed(n)) {
                complete[at(j)] = 0;
                continue;
            }
            const auto& where = b_.table.of(n);
            judged one{j,
                       where.start,
                       where.setup_end,
                       where.end,
                       static_cast<double>(where.nodes.size()),
                       static_cast<double>(where.watts),
                       regular(where.person),
                       regular(where.setter),
                       where.setter >= 0,
                       0};
            if (places_[at(n)] != nullptr && !where.running)
                one.moved_hours = moved_hours(*m_.nodes[at(n)].source, *places_[at(n)], where.start,
                                              p.machines[at(where.machine)].key);
            all.push_back(one);
        }
    }
    judge(p, all, complete, &out);
}

objective_values neighbourhood_search::sum(const std::vector<objective_values>& by_job)
{
    objective_values total;
    for (const auto& v : by_job)
        for (std::size_t i = 0; i < objectives_count; ++i)
            total.all[i] = i == static_cast<std::size_t>(objective::makespan) ? std::max(total.all[i], v.all[i])
                                                                              : total.all[i] + v.all[i];
    return total;
}

bool neighbourhood_search::acceptable(const objective_values& fresh, double progress) const
{
    if (better(goal_, fresh, current_)) return true;
    if (goal_.by_rank) return false;
    const double best = value(goal_, best_);
    return value(goal_, fresh) < best + std::abs(best) * first_tolerance * (1 - progress) * (1 - progress);
}

bool neighbourhood_search::iterate(double progress)
{
    const auto mark = b_.table.mark();
    chosen_.clear();
    removed_.clear();
    switch (pick(4)) {
    case 0: choose_window(); break;
    case 1: choose_jobs(); break;
    default: choose_late_job();
    }
    const auto first_choice = chosen_;
    bool changed = take_out();
    for (const int n : removed_) shift_[at(n)] += (share() - 0.5) * 1e8;
    changed = changed && rebuild();
    for (const int n : removed_) shift_[at(n)] = 0;
    for (const int n : first_choice) shift_[at(n)] = 0;
    if (changed) {
        std::vector<int> jobs;
        for (const int n : removed_) jobs.push_back(m_.nodes[at(n)].job);
        std::sort(jobs.begin(), jobs.end());
        jobs.erase(std::unique(jobs.begin(), jobs.end()), jobs.end());
        std::vector<objective_values> fresh(by_job_.size());
        judge_jobs(jobs, fresh);
        for (const int j : jobs) std::swap(by_job_[at(j)], fresh[at(j)]);
        const auto total = sum(by_job_);
        if (acceptable(total, progress)) {
            current_ = total;
            if (better(goal_, current_, best_)) {
                best_ = current_;
                best_mark_ = b_.table.mark();
            }
            return true;
        }
        for (const int j : jobs) std::swap(by_job_[at(j)], fresh[at(j)]);
    }
    b_.table.roll_back(mark);
    return false;
}

} // namespace

improved improve(const problem& p, const plan_result& in_force, const goal& wanted, const improvement_limits& limits)
{
    auto m = make_model(p);
    const auto places = by_node(m, in_force);
    allocate(m, by_start(m, places));
    builder b(m);
    improved answer;
    b.keep_running();
    book_what_holds(m, b, places);
    std::vector<double> wish;
    std::vector<bool> had_place;
    for (const auto* a : places) {
        had_place.push_back(a != nullptr);
        wish.push_back(static_cast<double>(a != nullptr ? a->start : forever));
    }
    if (!mending(m, b, std::move(wish), std::move(had_place)).run()) {
        answer.plan = plan(p);
        answer.before = answer.after = evaluate(p, answer.plan, &in_force).total;
        return answer;
    }
    b.table.forget();
    answer.before = evaluate(p, b.result(), &in_force).total;
    neighbourhood_search search(m, b, places, wanted, limits.seed);
    auto told = search.best();
    if (limits.found) limits.found(told);
    while (answer.iterations < limits.iterations && !search.nothing_to_move()) {
        if (limits.stop && limits.stop()) break;
        const double progress = limits.progress
                                    ? std::min(limits.progress(), 1.0)
                                    : static_cast<double>(answer.iterations) / static_cast<double>(limits.iterations);
        ++answer.iterations;
        if (search.iterate(progress)) ++answer.accepted;
        if (!limits.found || !better(wanted, search.best(), told)) continue;
        told = search.best();
        limits.found(told);
    }
    search.return_to_best();
    answer.plan = b.result();
    answer.after = evaluate(p, answer.plan, &in_force).total;
    return answer;
}

} // namespace takt::scheduling
