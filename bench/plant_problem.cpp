#include "bench/plant_problem.hpp"

#include <algorithm>
#include <array>
#include <random>

namespace takt::bench {
namespace {

using namespace scheduling;

constexpr time_ms minute = 60'000, hour = 60 * minute, day = 24 * hour;
constexpr time_ms monday = 1'768'176'000'000; // 2026-01-12, midnight UTC

struct center {
    const char* name;
    int machines;
    const char* skill;
    double power_kw;
};
constexpr std::array<center, 6> centers{{{"turn", 11, "turning", 12},
                                         {"mill", 9, "milling", 15},
                                         {"hob", 6, "hobbing", 18},
                                         {"harden", 4, "hardening", 60},
                                         {"grind", 6, "grinding", 14},
                                         {"join", 4, "assembly", 2}}};
constexpr int families = 12, hobs = 20;

/// What a work order goes through, by place in `centers`.
const std::vector<std::vector<std::size_t>> routings{{0, 1, 4}, {0, 2, 3, 4}, {0, 1, 2, 3, 4},
                                                     {1, 1, 4}, {0, 0, 1},    {0, 3, 4, 1}};

class maker {
public:
    explicit maker(std::uint32_t seed) : dice_(seed) {}

    problem make(std::size_t operations)
    {
        span_ = static_cast<time_ms>(operations) * 8 * minute +
                2 * day; // in which the work could be done, if all went well
        p_.now = monday + 6 * hour;
        add_plant();
        std::size_t made = 0;
        while (made < operations) made += add_assembly(operations - made);
        add_material();
        start_some();
        return std::move(p_);
    }

    job probe(const problem& p)
    {
        p_.now = p.now;
        job j{"probe", p.now, p.now + 30 * day, 2, {}};
        for (const auto where : routings[index(routings.size())]) j.operations.push_back(step(j, where));
        for (auto& op : j.operations)
            for (auto& m : op.modes) m.run = minute * number(2, 8);
        j.operations.front().needs = {{item(), 1}};
        return j;
    }

private:
    std::int64_t number(std::int64_t least, std::int64_t most)
    {
        return least + static_cast<std::int64_t>(dice_() % static_cast<std::uint64_t>(most - least + 1));
    }
    std::size_t index(std::size_t count) { return dice_() % count; }
    bool chance(int percent) { return number(0, 99) < percent; }
    std::string item() { return "item-" + std::to_string(number(0, 199)); }
    std::string family() { return "F" + std::to_string(number(1, families)); }

    calendar shift(time_ms from, time_ms to, bool weekends) const
    {
        calendar all;
        for (time_ms d = monday - 7 * day; d < monday + 4 * span_ + 60 * day; d += day) {
            const auto weekday = (d - monday + 70'000 * day) / day % 7;
            if (!weekends && weekday > 4) continue;
            const time_ms half = from + (to - from) / 2;
            all.push_back({d + from, d + half});
            all.push_back({d + half + 30 * minute, d + to}); // a break between
        }
        return all;
    }

    void add_plant()
    {
        for (const auto& c : centers) {
            for (int i = 1; i <= c.machines; ++i) {
                machine m{std::string(c.name) + "-" + std::to_string(i), {}, 0, 1, family()};
                if (c.name == std::string("turn") || c.name == std::string("mill")) m.setup_matrix = c.name;
                if (c.name == std::string("harden")) {
                    m.capacity = 4;
                    m.compatible = {{"F1", "F2", "F3"}, {"F4", "F5"}};
                }
                p_.machines.push_back(std::move(m));
            }
        }
        for (const auto* name : {"turn", "mill"}) {
            setup_matrix x{name, {}};
            for (int a = 1; a <= families; ++a)
                for (int b = 1; b <= families; ++b)
                    if (a != b)
                        x.changes.push_back(
                            {"F" + std::to_string(a), "F" + std::to_string(b), minute * number(1, 6) * 5});
            p_.setup_matrices.push_back(std::move(x));
        }
        const auto early = shift(6 * hour, 14 * hour, false), late = shift(14 * hour, 22 * hour, false);
        for (int i = 0; i < 60; ++i) {
            person one{"P" + std::to_string(i + 1), {}, i % 2 == 0 ? early : late};
            // In the proportions of the machines, and each can do a second thing.
            const std::array<std::size_t, 15> places{0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 4, 4, 5, 5};
            const auto first = places[static_cast<std::size_t>(i / 2) % places.size()];
            one.skills = {centers[first].skill, centers[(first + 1 + static_cast<std::size_t>(i % 3)) % 6].skill};
            if (i % 5 == 0) one.skills.emplace_back("setting");
            p_.people.push_back(std::move(one));
        }
        for (int i = 1; i <= hobs; ++i) p_.tools.push_back({"hob-" + std::to_string(i), 2});
        for (time_ms d = monday; d < monday + 4 * span_ + 60 * day; d += day) {
            p_.power_caps.push_back({{d + 11 * hour, d + 13 * hour}, 420});
            p_.tariffs.push_back({{d + 17 * hour, d + 20 * hour}, 0.34});
        }
        p_.base_price_per_kwh = 0.19;
        p_.frozen_until = p_.now + 4 * hour;
    }

    operation step(const job& j, std::size_t where)
    {
        const auto& c = centers[where];
        operation op;
        op.key = j.key + "." + std::to_string(j.operations.size() + 1);
        op.setup_family = family();
        const bool furnace = c.name == std::string("harden");
        op.batch = furnace;
        op.interruptible = !furnace;
        const auto run = minute * (furnace ? 240 : number(15, 90));
        const auto setup = minute * number(2, 6) * 5;
        const auto tool = c.name == std::string("hob") ? "hob-" + std::to_string(number(1, hobs)) : "";
        const int first = static_cast<int>(number(0, c.machines - 1));
        for (int i = 0; i < std::min(c.machines, 3); ++i) {
            mode m{std::string(c.name) + "-" + std::to_string((first + i) % c.machines + 1), c.skill, setup,
                   run + i * run / 20};
            if (furnace) { // runs unattended
                m.skill.clear();
                m.setup_skill = c.skill;
                m.run = run;
            } else if (where == 2) {
                m.setup_skill = "setting";
            }
            m.tool = tool;
            m.power_kw = c.power_kw;
            op.modes.push_back(std::move(m));
        }
        if (!j.operations.empty()) follow(op, j.operations.back(), where);
        return op;
    }

    void follow(operation& op, const operation& before, std::size_t where)
    {
        link l{before.key};
        if (before.batch && where == 4) {
            l.least = 30 * minute; // cools
            if (chance(40)) l.most = 12 * hour;
        } else if (!before.batch && !op.batch && chance(15)) {
            l.transfer_share = 0.25;
        } else if (chance(30)) {
            l.least = 10 * minute; // is carried
        } else {
            op.predecessors.push_back(before.key);
            return;
        }
        op.links.push_back(l);
    }

    job& add_job(const std::string& key, time_ms release, time_ms due, double weight)
    {
        auto& j = p_.jobs.emplace_back(job{key, release, due, weight, {}});
        for (const auto where : routings[index(routings.size())]) j.operations.push_back(step(j, where));
        auto& first = j.operations.front();
        first.needs.push_back({item(), static_cast<double>(number(1, 20))});
        if (chance(30)) first.needs.push_back({item(), static_cast<double>(number(1, 5))});
        return j;
    }

    /// A work order, or one that is joined from two or three. Returns the number of operations.
    std::size_t add_assembly(std::size_t most)
    {
        const auto number_of = p_.jobs.size();
        const auto key = "WO-" + std::to_string(number_of + 1);
        const time_ms release = p_.now + (chance(8) ? 0 : number(0, span_ / minute) * minute);
        const time_ms due = release + number(3, 20) * day;
        const auto weight = static_cast<double>(number(1, 5));
        std::vector<std::string> parts;
        std::size_t made = 0;
        if (chance(25) && most > 20) {
            for (auto i = number(2, 3); i > 0; --i) {
                const auto& part = add_job(key + "-" + std::to_string(i), release, due, weight);
                parts.push_back(part.operations.back().key);
                made += part.operations.size();
            }
        }
        auto& whole = add_job(key, release, due, weight);
        if (!parts.empty()) {
            whole.operations.clear();
            whole.operations.push_back(step(whole, 5));
            whole.operations.front().predecessors = parts;
        }
        return made + whole.operations.size();
    }

    /// A tenth is on hand; the rest comes weekly, before it is needed.
    void add_material()
    {
        std::map<std::string, std::map<time_ms, double>> weekly;
        for (const auto& j : p_.jobs)
            for (const auto& op : j.operations)
                for (const auto& n : op.needs) weekly[n.item][(j.release - monday) / (7 * day)] += n.quantity;
        for (int i = 0; i < 200; ++i) {
            material m{"item-" + std::to_string(i), 50, 10};
            for (const auto& [week, quantity] : weekly[m.item])
                m.receipts.push_back({"PO-" + std::to_string(i) + "-" + std::to_string(week),
                                      monday + week * 7 * day + number(0, 2) * day, quantity});
            p_.materials.push_back(std::move(m));
        }
    }

    /// Every second machine runs the first operation of some job, by somebody who is not at another one.
    void start_some()
    {
        std::map<std::string, bool> taken;
        for (auto& j : p_.jobs) {
            auto& op = j.operations.front();
            const auto& way = op.modes.front();
            if (j.release > p_.now || !op.predecessors.empty() || !way.tool.empty() || taken[way.machine]) continue;
            taken[way.machine] = true;
            if (chance(50)) continue;
            op.status = operation_status::running;
            op.running_machine = way.machine;
            for (const auto& one : p_.people) {
                const bool can = std::find(one.skills.begin(), one.skills.end(), way.skill) != one.skills.end();
                if (!can || taken[one.key] || one.available.front().start % day != 6 * hour) continue;
                taken[one.key] = true;
                op.running_operator = one.key;
                break;
            }
            op.started = p_.now - 20 * minute;
            op.remaining = number(5, 60) * minute;
        }
    }

    std::mt19937_64 dice_;
    time_ms span_ = 0;
    problem p_;
};

} // namespace

problem plant_problem(std::size_t operations, std::uint32_t seed) { return maker(seed).make(operations); }

job probe_job(const problem& p, std::uint32_t seed) { return maker(seed ^ 0x9e3779b9U).probe(p); }

} // namespace takt::bench
