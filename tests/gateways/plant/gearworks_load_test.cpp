#include <algorithm>
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "gateways/plant/plant_file.hpp"
#include "scheduling/calendar.hpp"
#include "scheduling/checker.hpp"
#include "tests/support.hpp"

using namespace takt;
using scheduling::time_ms;

namespace {

constexpr time_ms hour = 3'600'000, day = 24 * hour;

/// A week of orders for a plant, exploded into work orders as simply as can be: parts are made in their smallest lots.
class week_of_orders {
public:
    week_of_orders(const plant::file& f, std::uint32_t seed) : file_(f), dice_(seed)
    {
        p_.now = parse_rfc3339("2026-01-12T05:00:00Z")->ms; // Monday, 06:00 in Berlin
        for (const auto& m : f.machines) p_.machines.push_back({m.key, hours(m.shifts), 0, m.capacity, {}});
        for (const auto& o : f.operators) p_.people.push_back({o.key, o.skills, hours(o.shifts)});
        for (const auto& p : f.products) products_[p.key] = &p;
    }

    scheduling::problem make()
    {
        for (const auto& p : file_.products) fill_up(p);
        for (int d = 0; d < 5; ++d)
            for (int i = 0; i < static_cast<int>(file_.orders_per_day); ++i)
                take_order(p_.now + d * day + up_to(16 * hour));
        return p_;
    }

private:
    time_ms up_to(time_ms most) { return static_cast<time_ms>(dice_()) % most; }

    scheduling::calendar hours(const std::vector<std::string>& shifts) const
    {
        hrm::work_calendar pattern{file_.time_zone, {}, file_.holidays};
        for (const auto& s : file_.shifts)
            if (std::count(shifts.begin(), shifts.end(), s.key) != 0) pattern.shifts.push_back(s);
        return scheduling::working_time(pattern, p_.now, p_.now + 21 * day);
    }

    /// What is below the safety stock at the beginning is made at once.
    void fill_up(const plant::product& p)
    {
        quantity missing = p.planning.safety_stock;
        for (const auto& lot : p.stock) missing -= lot.quantity;
        const auto most = p.planning.lot_maximum.whole(),
                   least = std::max<std::int64_t>(1, p.planning.lot_minimum.whole());
        for (; missing > quantity{}; missing -= quantity::of(most))
            add_work_order(p, std::max(least, std::min(most, missing.whole())), p_.now);
    }

    void take_order(time_ms at)
    {
        double total = 0;
        for (const auto& d : file_.demand) total += d.share;
        double drawn = total * static_cast<double>(up_to(1'000'000)) / 1e6;
        auto wanted = file_.demand.begin();
        while (wanted + 1 != file_.demand.end() && (drawn -= wanted->share) >= 0) ++wanted;
        const auto pieces = wanted->quantity_minimum + up_to(wanted->quantity_maximum - wanted->quantity_minimum + 1);
        const auto& p = *products_.at(wanted->product);
        for (auto rest = pieces; rest > 0; rest -= p.planning.lot_maximum.whole())
            add_work_order(p, std::min(rest, p.planning.lot_maximum.whole()), at);
        for (const auto& line : p.bom) {
            const auto part = products_.find(line.item);
            if (part == products_.end()) continue;
            auto& needed = needed_[line.item];
            needed += line.quantity_per * pieces;
            for (const auto lot = part->second->planning.lot_minimum; needed >= lot; needed -= lot)
                add_work_order(*part->second, lot.whole(), at);
        }
    }

    void add_work_order(const plant::product& p, time_ms pieces, time_ms at)
    {
        scheduling::job j{"WO-" + std::to_string(p_.jobs.size()), at, at + day + 6 * hour, 1, {}};
        for (const auto& step : p.routing) {
            scheduling::operation op;
            op.key = j.key + "." + step.operation;
            if (!j.operations.empty()) op.predecessors.push_back(j.operations.back().key);
            for (const auto& m : step.modes)
                op.modes.push_back(
                    {m.machine, m.skill, m.setup_time_ms.count(), m.run_time_ms.count() * (step.batch ? 1 : pieces)});
            op.setup_family = step.setup_family;
            op.batch = step.batch;
            op.interruptible = step.interruptible;
            j.operations.push_back(std::move(op));
        }
        p_.jobs.push_back(std::move(j));
    }

    const plant::file& file_;
    std::mt19937 dice_;
    scheduling::problem p_;
    std::map<std::string, const plant::product*> products_;
    std::map<std::string, quantity> needed_;
};

time_ms worked(const scheduling::calendar& when, time_ms from, time_ms to)
{
    if (when.empty()) return to - from;
    time_ms sum = 0;
    for (const auto& i : when) sum += std::max<time_ms>(0, std::min(i.end, to) - std::max(i.start, from));
    return sum;
}

/// Share of their working time until `end` in which machines with shifts are in use.
double utilisation(const scheduling::problem& p, const scheduling::plan_result& result, time_ms end)
{
    time_ms used = 0, there = 0;
    for (const auto& m : p.machines) {
        if (m.available.empty()) continue; // furnaces go on over the weekend
        there += worked(m.available, p.now, end);
        for (const auto& a : result.assignments)
            if (a.machine == m.key) used += worked(m.available, a.start, std::min(a.end, end));
    }
    return static_cast<double>(used) / static_cast<double>(there);
}

} // namespace

TEST_CASE("a week of orders keeps gearworks busy but not choked", "[plant][gearworks]")
{
    const auto f = plant::load(test::source_path("plants/gearworks.json"));
    REQUIRE(f.has_value());
    const auto p = week_of_orders(*f, 3).make();
    const auto result = scheduling::plan(p);
    CHECK(result.left_out.empty());
    const double share = utilisation(p, result, p.now + 5 * day);
    CHECK(share > 0.5);
    CHECK(share < 0.8);
    std::size_t late = 0, soon = 0;
    for (const auto& j : p.jobs) {
        late += result.job_end.at(j.key) > j.due ? 1U : 0U;
        soon += result.job_end.at(j.key) <= p.now + 3 * hour / 2 ? 1U : 0U;
    }
    CHECK(late < p.jobs.size() / 20);
    CHECK(soon >= 5); // something is finished within the first ninety minutes
}

TEST_CASE("a plan of gearworks breaks no rule", "[plant][gearworks]")
{
    const auto f = plant::load(test::source_path("plants/gearworks.json"));
    REQUIRE(f.has_value());
    auto p = week_of_orders(*f, 4).make();
    p.jobs.resize(150);
    for (const auto& v : scheduling::violations(p, scheduling::plan(p))) FAIL(v.rule << ": " << v.detail);
}
