#include <catch2/catch.hpp>

#include "actors/scada/detect/bank.hpp"
#include "actors/scada/detect/check.hpp"

using namespace takt;
using namespace std::chrono_literals;

namespace {

constexpr instant begin{1'767'592'800'000}; // 2026-01-05T06:00:00Z

scada::detector on(scada::rule rule, std::string tag)
{
    scada::detector d;
    d.rule = rule;
    d.tag = std::move(tag);
    d.off_delay_ms = 0ms;
    return d;
}

/// A bank with its clock, as a machine has it.
struct watched_machine {
    detect::bank bank;
    detect::findings found;

    explicit watched_machine(const std::vector<scada::detector>& detectors,
                             const std::vector<scada::computed_tag>& computed = {}, bool stands = false)
    {
        const auto wrong = detect::check(detectors, computed);
        INFO(describe(wrong));
        REQUIRE(wrong.empty());
        bank.configure(detectors, computed, [&](const std::string&) { return stands; });
    }

    /// What is raised by this value, `later` than the beginning.
    std::vector<scada::detection> see(const std::string& tag, double value, milliseconds later)
    {
        found = {};
        const auto place = bank.place_of(tag);
        if (place != detect::bank::nowhere) bank.take(place, begin + later, value, found);
        return found.raised;
    }
    std::vector<scada::detection> wait_until(milliseconds later)
    {
        found = {};
        bank.look(begin + later, found);
        return found.raised;
    }
    bool recovered() const { return !found.recovered.empty(); }
};

} // namespace

TEST_CASE("a limit with a dead-band is over only when the value is inside by so much")
{
    auto d = on(scada::rule::limit, "temperature_celsius");
    d.high = 80;
    d.dead_band = 2;
    watched_machine m({d});
    CHECK(m.see("temperature_celsius", 80, 0s).empty());
    const auto raised = m.see("temperature_celsius", 80.5, 1s);
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].detector == "limit.temperature_celsius");
    CHECK(raised[0].rule == scada::rule::limit);
    CHECK(raised[0].value == 80.5);
    CHECK(raised[0].high == 80);
    CHECK(raised[0].window.size() == 2);
    CHECK(raised[0].from == begin);
    CHECK(raised[0].to == begin + 1s);
    m.see("temperature_celsius", 79, 2s);
    CHECK_FALSE(m.recovered());
    CHECK(m.see("temperature_celsius", 81, 3s).empty()); // the same alarm
    m.see("temperature_celsius", 77.9, 4s);
    CHECK(m.recovered());
    CHECK(m.see("temperature_celsius", 80.5, 5s).size() == 1);
}

TEST_CASE("an on-delay lets short excursions pass, an off-delay holds an alarm that comes back")
{
    auto d = on(scada::rule::limit, "pressure_bar");
    d.low = 5;
    d.on_delay_ms = 10s;
    d.off_delay_ms = 60s;
    watched_machine m({d});
    CHECK(m.see("pressure_bar", 4, 0s).empty());
    CHECK(m.see("pressure_bar", 4, 9s).empty());
    CHECK(m.see("pressure_bar", 6, 9500ms).empty());
    CHECK(m.see("pressure_bar", 4, 12s).empty()); // it lasts from here
    CHECK(m.see("pressure_bar", 4, 21s).empty());
    CHECK(m.see("pressure_bar", 4, 22s).size() == 1);
    m.see("pressure_bar", 6, 60s);
    CHECK_FALSE(m.recovered());
    m.see("pressure_bar", 6, 82s);
    CHECK(m.recovered());
}

TEST_CASE("a rate of change is measured over its window")
{
    auto d = on(scada::rule::rate, "temperature_celsius");
    d.high = 0.5;
    d.low = -0.5;
    d.window_ms = 10s;
    watched_machine m({d});
    double value = 20;
    for (int s = 0; s <= 30; ++s) CHECK(m.see("temperature_celsius", value += 0.4, s * 1s).empty());
    CHECK(m.see("temperature_celsius", value += 3, 31s).size() == 1); // (9 * 0.4 + 3) / 10 a second
    m.see("temperature_celsius", value, 40s);
    CHECK(m.recovered());
    const auto falls = m.see("temperature_celsius", value - 20, 41s);
    REQUIRE(falls.size() == 1);
    CHECK(*falls[0].statistic < -0.5);
}

TEST_CASE("a value that does not move is stuck; noise below the dead-band is no move")
{
    auto d = on(scada::rule::stuck, "flow_l_per_min");
    d.window_ms = 60s;
    d.dead_band = 0.01;
    watched_machine m({d});
    for (int s = 0; s < 60; s += 5) CHECK(m.see("flow_l_per_min", 12 + 0.001 * s / 60, s * 1s).empty());
    CHECK(m.see("flow_l_per_min", 12.001, 60s).size() == 1);
    m.see("flow_l_per_min", 12.5, 61s);
    CHECK(m.recovered());
}

TEST_CASE("silence is found by time alone, and over with the next value")
{
    auto d = on(scada::rule::silence, "heartbeat");
    d.window_ms = 30s;
    watched_machine m({d});
    CHECK(m.wait_until(0s).empty()); // watched from here
    CHECK(m.wait_until(29s).empty());
    CHECK(m.see("heartbeat", 1, 29s).empty());
    CHECK(m.wait_until(58s).empty());
    const auto raised = m.wait_until(59s);
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].what == "heartbeat has told nothing for 30 s");
    CHECK(m.wait_until(90s).empty());
    m.see("heartbeat", 2, 91s);
    CHECK(m.recovered());
}

TEST_CASE("a chart without target or sigma learns them from its first points, and finds a shift of two sigma")
{
    const auto rule = GENERATE(scada::rule::ewma, scada::rule::cusum);
    auto d = on(rule, "diameter_mm");
    d.learn = 20;
    watched_machine m({d});
    const std::vector<double> noise{0.1, -0.2, 0.15, -0.05, 0.2, -0.1, -0.15, 0.05, 0.1, -0.1};
    int i = 0;
    for (; i < 60; ++i) {
        INFO("point " << i);
        CHECK(m.see("diameter_mm", 25 + noise[static_cast<std::size_t>(i) % 10], i * 1s).empty());
    }
    bool found = false;
    for (int shifted = 0; shifted < 12 && !found; ++shifted, ++i)
        found = !m.see("diameter_mm", 25.28 + noise[static_cast<std::size_t>(i) % 10], i * 1s).empty();
    CHECK(found);
}

TEST_CASE("a chart of groups has the mean of so many samples as its point")
{
    auto d = on(scada::rule::nelson, "diameter_mm");
    d.target = 10;
    d.sigma = 0.5;
    d.group = 4;
    d.tests = {1};
    watched_machine m({d});
    for (int i = 0; i < 3; ++i) CHECK(m.see("diameter_mm", 12, i * 1s).empty());
    const auto raised = m.see("diameter_mm", 12, 3s);
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].statistic == 4.0);
    CHECK(raised[0].what == "diameter_mm is 12, 4 sigma from its centre; test 1: beyond three sigma");
}

TEST_CASE("a piece that takes more energy than its baseline allows is found from power and counter")
{
    auto d = on(scada::rule::energy_per_piece, "power_kw");
    d.counter = "pieces_total";
    d.group = 10;
    d.target = 0.1;
    d.high = 1.15;
    d.window_ms = 5min;
    watched_machine m({d});
    int at = 0, pieces = 0;
    const auto make = [&](double kw) { // one piece a minute, power every ten seconds
        std::vector<scada::detection> raised;
        for (int i = 0; i < 6; ++i, at += 10) m.see("power_kw", kw, at * 1s);
        return m.see("pieces_total", ++pieces, at * 1s);
    };
    for (int i = 0; i < 25; ++i) CHECK(make(6).empty()); // 6 kW for a minute: 0.1 kWh
    std::vector<scada::detection> raised;
    for (int i = 0; i < 20 && raised.empty(); ++i) raised = make(7.2);
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].high == Approx(0.115));
    CHECK(*raised[0].statistic > 0.115);
    CHECK(*raised[0].statistic < 0.121);
}

TEST_CASE("cycle times drift slowly and are found; a pause is no cycle")
{
    auto d = on(scada::rule::cycle_time, "pieces_total");
    d.group = 5;
    d.learn = 4;
    d.high = 1.1;
    d.window_ms = 5min;
    watched_machine m({d});
    double at = 0, cycle = 60;
    int pieces = 0;
    const auto make = [&] {
        at += cycle;
        return m.see("pieces_total", ++pieces, milliseconds(static_cast<std::int64_t>(at * 1000)));
    };
    for (int i = 0; i < 30; ++i) CHECK(make().empty());
    at += 3600; // lunch
    for (int i = 0; i < 30; ++i) CHECK(make().empty());
    std::vector<scada::detection> raised;
    for (int i = 0; i < 100 && raised.empty(); ++i) {
        cycle *= 1.002;
        raised = make();
    }
    REQUIRE(raised.size() == 1);
    CHECK(*raised[0].statistic == Approx(66).epsilon(0.02));
}

TEST_CASE("wear is told when its line reaches the threshold within the horizon, with the date")
{
    auto d = on(scada::rule::wear, "flank_wear_micron");
    d.high = 200;
    d.window_ms = 8h;
    d.horizon_ms = 4h;
    watched_machine m({d});
    std::vector<scada::detection> raised;
    int minutes = 0;
    for (; raised.empty() && minutes < 2000; minutes += 10) // 10 an hour from 100: at 200 after ten hours
        raised = m.see("flank_wear_micron", 100 + minutes / 6.0, minutes * 1min);
    REQUIRE(raised.size() == 1);
    REQUIRE(raised[0].forecast);
    CHECK(std::abs((*raised[0].forecast - (begin + 10h)).count()) < 1000);
    CHECK(raised[0].to == begin + 6h);
    m.see("flank_wear_micron", 5, 11h); // a new tool
    CHECK(m.recovered());
}

TEST_CASE("wear by a counter becomes a date by the pace of the counter")
{
    auto d = on(scada::rule::wear, "clearance_mm");
    d.low = 1;
    d.counter = "strokes_total";
    d.window_ms = 4h;
    d.horizon_ms = 1000h;
    watched_machine m({d});
    std::vector<scada::detection> raised;
    for (int minutes = 0; raised.empty() && minutes < 240; minutes += 10) { // 100 strokes a minute, 0.001 mm each 100
        m.see("strokes_total", minutes * 100.0, minutes * 1min);
        raised = m.see("clearance_mm", 2 - minutes * 0.001, minutes * 1min);
    }
    REQUIRE(raised.size() == 1);
    REQUIRE(raised[0].forecast);
    CHECK(std::abs((*raised[0].forecast - (begin + 1000min)).count()) < 60'000);
}

TEST_CASE("a computed tag takes the values of one moment together")
{
    auto d = on(scada::rule::limit, "power_watts");
    d.high = 100;
    watched_machine m({d}, {{"power_watts", "torque_nm * speed_rad_per_s"}});
    CHECK(m.see("torque_nm", 2, 0s).empty());
    CHECK(m.see("speed_rad_per_s", 40, 0s).empty()); // 80
    CHECK(m.see("torque_nm", 10, 1s).empty());       // with the old speed it would be 400
    CHECK(m.see("speed_rad_per_s", 8, 1s).empty());  // 80
    CHECK(m.see("torque_nm", 3, 2s).empty());
    const auto raised = m.see("speed_rad_per_s", 40, 2s);
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].value == 120);
}

TEST_CASE("a computed tag whose other values do not change is computed when time goes on")
{
    auto d = on(scada::rule::limit, "power_watts");
    d.high = 100;
    watched_machine m({d}, {{"power_watts", "torque_nm * speed_rad_per_s"}});
    m.see("torque_nm", 2, 0s);
    m.see("speed_rad_per_s", 40, 0s);
    CHECK(m.see("torque_nm", 3, 5s).empty()); // perhaps the speed of this moment is still to come
    const bool by_time = GENERATE(true, false);
    const auto raised = by_time ? m.wait_until(6s) : m.see("torque_nm", 1, 7s);
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].value == 120);
    CHECK(raised[0].to == begin + 5s);
}

TEST_CASE("what stood before a restart is not raised again, and recovers")
{
    auto d = on(scada::rule::limit, "pressure_bar");
    d.low = 5;
    watched_machine m({d}, {}, true);
    CHECK(m.see("pressure_bar", 4, 0s).empty());
    m.see("pressure_bar", 6, 1s);
    CHECK(m.recovered());
}

TEST_CASE("a new definition keeps what unchanged detectors have learned")
{
    auto chart = on(scada::rule::ewma, "diameter_mm");
    chart.learn = 5;
    auto limit = on(scada::rule::limit, "diameter_mm");
    limit.high = 100;
    watched_machine m({chart, limit});
    for (int i = 0; i < 10; ++i) m.see("diameter_mm", 10 + 0.1 * (i % 2), i * 1s);
    limit.high = 90;
    m.bank.configure({limit, chart}, {}, [](const std::string&) { return false; });
    CHECK(m.see("diameter_mm", 12, 20s).size() == 1); // else it would learn for five points
}

TEST_CASE("each rule is refused without what it reads, with the place of what is missing")
{
    const auto first = [](const scada::detector& d, const std::vector<scada::computed_tag>& computed = {}) {
        const auto wrong = detect::check({d}, computed);
        return wrong.empty() ? "none" : wrong.front().pointer;
    };
    CHECK(first(on(scada::rule::limit, "t")) == "#/detectors/0/high");
    CHECK(first(on(scada::rule::rate, "t")) == "#/detectors/0/high");
    CHECK(first(on(scada::rule::stuck, "t")) == "#/detectors/0/window_ms");
    CHECK(first(on(scada::rule::silence, "t")) == "#/detectors/0/window_ms");
    CHECK(first(on(scada::rule::wear, "t")) == "#/detectors/0/high");
    CHECK(first(on(scada::rule::energy_per_piece, "t")) == "#/detectors/0/counter");
    CHECK(first(on(scada::rule::limit, "")) == "#/detectors/0/tag");
    CHECK(first(on(scada::rule::ewma, "t")) == "none");
    auto d = on(scada::rule::ewma, "t");
    d.weight = 1.5;
    CHECK(first(d) == "#/detectors/0/weight");
    d = on(scada::rule::nelson, "t");
    d.tests = {1, 9};
    CHECK(first(d) == "#/detectors/0/tests");
    d = on(scada::rule::cusum, "t");
    d.sigma = 0.0;
    CHECK(first(d) == "#/detectors/0/sigma");
    d = on(scada::rule::ewma, "t");
    CHECK(detect::check({d, d}, {}).front().pointer == "#/detectors/1/key");
    CHECK(first(d, {{"x", "1 +"}}) == "#/computed/0/expression");
    CHECK(first(d, {{"x", "y"}, {"y", "z"}}) == "#/computed/0/expression");
}
