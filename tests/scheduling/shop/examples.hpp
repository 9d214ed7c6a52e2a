#pragma once
// Problems for the tests of shop problems: published ones, and random ones small enough to try everything.

#include <algorithm>
#include <fstream>
#include <limits>
#include <random>
#include <sstream>

#include "scheduling/shop/read.hpp"
#include "scheduling/shop/sequence.hpp"
#include "tests/support.hpp"

namespace takt::test {

inline scheduling::shop::instance published(const std::string& name, scheduling::shop::format f)
{
    std::ifstream file(source_path("tests/scheduling/shop/instances/" + name));
    std::stringstream text;
    text << file.rdbuf();
    return scheduling::shop::read(f, text.str());
}

/// What a random problem may have.
struct traits {
    int jobs = 3, machines = 3, operations = 3;
    int choices = 1, workers = 0, operators = 0;
    bool setups = false, dates = false;
};

inline scheduling::shop::instance random_problem(const traits& t, std::uint32_t seed)
{
    std::mt19937 random(seed);
    const auto upto = [&](int least, int most) {
        return least + static_cast<int>(random() % static_cast<unsigned>(most - least + 1));
    };
    scheduling::shop::instance p;
    p.jobs = t.jobs;
    p.machines = t.machines;
    p.workers = t.workers;
    p.operators = t.operators;
    p.job_begin = {0};
    p.alternative_begin = {0};
    for (int j = 0; j < t.jobs; ++j) {
        const int operations = upto(1, t.operations);
        for (int i = 0; i < operations; ++i) {
            const int ways = upto(1, t.choices);
            for (int c = 0; c < ways; ++c)
                p.alternatives.push_back(
                    {upto(0, t.machines - 1), upto(0, 9), t.workers > 0 ? upto(0, t.workers - 1) : -1});
            p.alternative_begin.push_back(static_cast<int>(p.alternatives.size()));
        }
        p.job_begin.push_back(static_cast<int>(p.alternative_begin.size()) - 1);
    }
    if (t.dates)
        for (int j = 0; j < t.jobs; ++j) {
            p.release.push_back(upto(0, 5));
            p.due.push_back(upto(3, 20));
            p.weight.push_back(upto(0, 4));
        }
    if (t.setups) {
        p.setup_kinds = t.jobs;
        p.kind = scheduling::shop::jobs_of_operations(p);
        for (int i = 0; i < t.machines * t.jobs * t.jobs; ++i) p.setup.push_back(upto(0, 7));
    }
    return p;
}

/// The least cost of all sequences with all choices, each tried.
class exhaustive {
public:
    exhaustive(const scheduling::shop::instance& p, scheduling::shop::objective goal) : p_(p), goal_(goal)
    {
        next_.assign(p.job_begin.begin(), p.job_begin.end() - 1);
        s_.choice.resize(static_cast<std::size_t>(p.operations()));
        extend();
    }
    std::int64_t least() const { return least_; }

private:
    void extend()
    {
        if (s_.order.size() == s_.choice.size()) {
            least_ = std::min(least_, cost_of(p_, decode(p_, s_)).of(goal_));
            return;
        }
        for (std::size_t j = 0; j < next_.size(); ++j) {
            const int o = next_[j];
            if (o == p_.job_begin[j + 1]) continue;
            ++next_[j];
            s_.order.push_back(o);
            for (int c = 0; c < p_.choices(o); ++c) {
                s_.choice[static_cast<std::size_t>(o)] = c;
                extend();
            }
            s_.order.pop_back();
            --next_[j];
        }
    }

    const scheduling::shop::instance& p_;
    scheduling::shop::objective goal_;
    scheduling::shop::sequence s_;
    std::vector<int> next_;
    std::int64_t least_ = std::numeric_limits<std::int64_t>::max();
};

} // namespace takt::test
