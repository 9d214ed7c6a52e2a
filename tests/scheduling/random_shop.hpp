#pragma once
// Random shops for property tests.

#include <algorithm>
#include <array>
#include <random>

#include "tests/scheduling/shop.hpp"

namespace takt::test {

using namespace scheduling;

/// Shops with everything that the engine knows, in proportions that make it collide. Every second one has only what
/// machines, people and calendars are.
class random_shop {
public:
    explicit random_shop(std::uint32_t seed) : dice_(seed), rich_(seed % 2 == 0) {}

    problem make()
    {
        p_.now = number(0, 500);
        const auto count = number(1, 6), people = number(1, 6), jobs = number(1, 14);
        for (int i = 0; i < count; ++i)
            p_.machines.push_back({"M" + std::to_string(i), shifts(), chance(10) ? number(0, 900) : 0,
                                   static_cast<int>(chance(30) ? number(2, 4) : 1), family()});
        for (int i = 0; i < people; ++i) p_.people.push_back({"P" + std::to_string(i), skills(), shifts()});
        if (rich_) enrich();
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
    bool rarely(int percent) { return rich_ && chance(percent); }
    std::string family() { return chance(20) ? "" : "F" + std::to_string(number(0, 2)); }
    std::string tool() { return "T" + std::to_string(number(0, 1)); }

    void enrich()
    {
        for (auto& one : p_.people) one.count = chance(30) ? static_cast<int>(number(0, 3)) : 1;
        p_.tools = {{"T0", 1}, {"T1", 2, chance(30) ? number(0, 900) : 0}};
        for (const auto* key : {"A", "B"}) {
            setup_matrix x{key, {}};
            for (int i = 0; i < 6; ++i)
                x.changes.push_back({"F" + std::to_string(number(0, 2)), "F" + std::to_string(number(0, 2)), 0});
            for (auto& c : x.changes) { // a pair that is named again would have two setups
                c.setup = number(0, 40);
                for (auto& other : x.changes)
                    if (other.from == c.from && other.to == c.to) other.setup = c.setup;
            }
            p_.setup_matrices.push_back(std::move(x));
        }
        for (auto& m : p_.machines) {
            if (chance(50)) m.setup_matrix = chance(50) ? "A" : "B";
            if (chance(40)) m.compatible = {{"F1", "F2"}};
        }
        if (chance(60))
            for (const auto* item : {"steel", "brass"}) {
                material m{item, static_cast<double>(number(0, 12)), static_cast<double>(number(0, 4))};
                for (int i = 0; i < 3; ++i)
                    m.receipts.push_back({"R", number(0, 2000), static_cast<double>(number(1, 9))});
                p_.materials.push_back(std::move(m));
            }
        if (chance(50))
            for (int i = 0; i < 3; ++i) {
                const auto at = number(0, 3000);
                p_.power_caps.push_back({{at, at + number(50, 800)}, static_cast<double>(number(4, 20))});
            }
        p_.skills_matter = chance(90);
    }

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
            if (rich_) enrich(op, j);
            j.operations.push_back(std::move(op));
        }
        p_.jobs.push_back(std::move(j));
    }

    void enrich(operation& op, const job& j)
    {
        if (chance(50) && !j.operations.empty()) {
            const auto& before =
                j.operations[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(j.operations.size()) - 1))];
            link l{before.key};
            if (chance(40)) l.least = number(0, 60);
            if (chance(40)) l.most = l.least + number(0, 300);
            if (chance(30)) l.transfer_share = static_cast<double>(number(1, 9)) / 10;
            op.links.push_back(l);
        }
        if (chance(20))
            op.needs = {{"steel", static_cast<double>(number(1, 3))}, {"brass", static_cast<double>(number(0, 2))}};
        if (chance(5)) op.pinned_start = number(0, 2500);
        if (chance(20)) op.load = 2;
        op.released = chance(30);
        if (chance(3)) op.running_operator = "P0";
    }

    std::int64_t machines() const { return static_cast<std::int64_t>(p_.machines.size()); }

    mode way(std::int64_t machine)
    {
        const auto skill = [&] {
            return std::array{"", "turn", "mill", "grind"}[static_cast<std::size_t>(number(0, 3))];
        };
        mode m{"M" + std::to_string(machine), skill(), chance(70) ? number(1, 30) : 0, number(1, 120)};
        if (rarely(30)) m.setup_skill = skill();
        if (rarely(25)) m.tool = tool();
        if (rarely(60)) m.power_kw = static_cast<double>(number(1, 9)) / 2;
        return m;
    }

    /// At most one operation runs on a machine, by a person who does nothing else; two in a furnace, as loaded one
    /// after the other.
    void start_some()
    {
        const auto most = std::min({p_.machines.size(), p_.people.size(), p_.jobs.size()});
        for (std::size_t i = 0; i < most; ++i) {
            if (!chance(40)) continue;
            start(p_.jobs[i].operations.front(), p_.machines[i].key, chance(70) ? p_.people[i].key : "");
            if (p_.machines[i].capacity < 2 || most + i >= p_.jobs.size() || !chance(50)) continue;
            auto& second = p_.jobs[most + i].operations.front();
            second.setup_family = p_.jobs[i].operations.front().setup_family;
            start(second, p_.machines[i].key, "");
        }
    }

    /// What it waited for is done.
    void start(operation& op, const std::string& machine, const std::string& person)
    {
        op.predecessors.clear();
        op.links.clear();
        op.pinned_start.reset();
        op.status = operation_status::running;
        op.running_machine = machine;
        op.running_operator = person;
        op.started = std::max<time_ms>(0, p_.now - number(0, 100));
        op.remaining = number(0, 100);
    }

    std::mt19937 dice_;
    bool rich_;
    problem p_;
};

} // namespace takt::test
