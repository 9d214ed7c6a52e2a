#include "tests/scheduling/shop.hpp"

#include <array>
#include <random>

#include <catch2/catch.hpp>

using namespace takt::scheduling;
using takt::test::described;

namespace {

/// Shops with everything that the engine knows, in proportions that make it collide.
class random_shop {
public:
    explicit random_shop(std::uint32_t seed) : dice_(seed) {}

    problem make()
    {
        p_.now = number(0, 500);
        const auto count = number(1, 6), people = number(1, 6), jobs = number(1, 14);
        for (int i = 0; i < count; ++i)
            p_.machines.push_back({"M" + std::to_string(i), shifts(), chance(10) ? number(0, 900) : 0,
                                   static_cast<int>(chance(30) ? number(2, 4) : 1), family()});
        for (int i = 0; i < people; ++i) p_.people.push_back({"P" + std::to_string(i), skills(), shifts()});
        for (int i = 0; i < jobs; ++i) add_job("J" + std::to_string(i));
        start_some();
        return p_;
    }

private:
    std::int64_t number(std::int64_t least, std::int64_t most)
    {
        return least + static_cast<std::int64_t>(dice_() % static_cast<std::uint32_t>(most - least + 1));
    }
    bool chance(int percent) { return number(0, 99) < percent; }
    std::string family() { return chance(20) ? "" : "F" + std::to_string(number(0, 2)); }

    calendar shifts()
    {
        calendar when;
        if (chance(30)) return when;
        time_ms at = number(0, 200);
        for (int i = 0; i < 60; ++i) {
            const time_ms end = at + number(20, 200);
            when.push_back({at, end});
            at = end + number(1, 150);
        }
        return when;
    }

    std::vector<std::string> skills()
    {
        std::vector<std::string> all;
        for (const auto* skill : {"turn", "mill", "grind"})
            if (chance(60)) all.emplace_back(skill);
        return all;
    }

    void add_job(const std::string& key)
    {
        job j{key, chance(30) ? number(0, 800) : 0, number(0, 4000), static_cast<double>(number(1, 5)), {}};
        const auto operations = number(1, 6);
        for (int i = 0; i < operations; ++i) {
            operation op;
            op.key = key + "." + std::to_string(i);
            if (i > 0 && chance(85)) op.predecessors.push_back(j.operations.back().key);
            if (chance(15) && !p_.jobs.empty()) op.predecessors.push_back(p_.jobs[0].operations[0].key);
            const auto first = number(0, 5), modes = number(1, 3);
            for (auto m = first; m < first + modes && m - first < machines(); ++m)
                op.modes.push_back(way(m % machines()));
            op.setup_family = family();
            op.batch = chance(30);
            op.interruptible = chance(80);
            op.earliest = chance(20) ? number(0, 1500) : 0;
            if (chance(5)) op.running_machine = op.modes.front().machine;
            j.operations.push_back(std::move(op));
        }
        p_.jobs.push_back(std::move(j));
    }

    std::int64_t machines() const { return static_cast<std::int64_t>(p_.machines.size()); }

    mode way(std::int64_t machine)
    {
        const auto* const skill = std::array{"", "turn", "mill", "grind"}[static_cast<std::size_t>(number(0, 3))];
        return {"M" + std::to_string(machine), skill, chance(70) ? number(1, 30) : 0, number(1, 120)};
    }

    /// At most one operation runs on a machine, by a person who does nothing else, and what it waited for is done.
    void start_some()
    {
        for (std::size_t i = 0; i < std::min({p_.machines.size(), p_.people.size(), p_.jobs.size()}); ++i) {
            if (!chance(40)) continue;
            auto& op = p_.jobs[i].operations.front();
            op.predecessors.clear();
            op.status = operation_status::running;
            op.running_machine = p_.machines[i].key;
            op.running_operator = chance(70) ? p_.people[i].key : "";
            op.started = std::max<time_ms>(0, p_.now - number(0, 100));
            op.remaining = number(0, 100);
        }
    }

    std::mt19937 dice_;
    problem p_;
};

} // namespace

TEST_CASE("no plan of a random shop breaks a rule", "[plan][random]")
{
    for (std::uint32_t seed = 1; seed <= 3000; ++seed) {
        const auto p = random_shop(seed).make();
        const auto result = plan(p);
        const auto found = violations(p, result);
        if (!found.empty()) FAIL("seed " << seed << ":\n" << described(found));
    }
}

TEST_CASE("the same problem gives the same plan", "[plan][random]")
{
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        const auto p = random_shop(seed).make();
        const auto first = plan(p), again = plan(p);
        INFO("seed " << seed);
        CHECK(first.assignments == again.assignments);
        CHECK(first.left_out == again.left_out);
    }
}

TEST_CASE("the checker finds what is moved by hand", "[plan][random]")
{
    // Whatever start is brought forward by a millisecond breaks a rule, unless there was slack by chance.
    std::size_t moved = 0, found = 0;
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        const auto p = random_shop(seed).make();
        const auto result = plan(p);
        for (std::size_t i = 0; i < result.assignments.size(); ++i) {
            auto wrong = result;
            wrong.assignments[i].start -= 1;
            ++moved;
            found += violations(p, wrong).empty() ? 0U : 1U;
        }
    }
    CHECK(moved > 1000);
    CHECK(found == moved);
}
