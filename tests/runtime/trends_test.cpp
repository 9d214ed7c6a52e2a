#include "runtime/trends.hpp"

#include <catch2/catch.hpp>

#include "actors/kinds.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/mes/machine.hpp"
#include "messages/scada/alarm.hpp"
#include "runtime/caf_node.hpp"
#include "tests/eventually.hpp"
#include "tests/support.hpp"

using namespace takt;
using namespace takt::runtime;
using namespace std::chrono_literals;

namespace {

const instant monday = *parse_rfc3339("2026-01-05T06:00:00Z");
const entity_ref mill("machine", "M-104");

/// Trends on a folder of their own, that can be ended and begun again.
struct kept_samples {
    takt::test::temporary_folder folder;
    limits bounds;
    instant begins = monday;
    std::unique_ptr<persistence::store> disk;
    std::optional<plant_clock> clock;
    std::optional<trends> it;

    kept_samples() { begin(); }

    void begin()
    {
        disk = std::make_unique<persistence::store>((folder.path() / "data").string());
        clock.emplace(begins, 1.0);
        it.emplace(*disk, bounds, *clock);
        offered = 0;
    }
    void end()
    {
        it.reset();
        disk.reset();
    }
    void begin_again()
    {
        end();
        begin();
    }

    void measure(milliseconds later, double value, int quality = 192)
    {
        offered += 1;
        it->offer(mill, {{mill, "power_kw", value, monday + later, quality}});
    }
    /// Everything that was offered has been taken in.
    void settle()
    {
        REQUIRE(takt::test::eventually([&] { return it->counted().stored + it->counted().lost >= offered; }));
    }
    std::vector<scada::sample> samples(milliseconds from, milliseconds to, std::size_t limit = 10'000)
    {
        return it->samples(mill, "power_kw", monday + from, monday + to, limit);
    }
    std::vector<scada::rollup> minutes(milliseconds from, milliseconds to)
    {
        return it->rollups(mill, "power_kw", monday + from, monday + to, 1min, 10'000);
    }
    std::uint64_t offered = 0;
};

} // namespace

TEST_CASE("samples are there at once, and after a restart, with their times and qualities")
{
    kept_samples k;
    for (int i = 0; i < 1000; ++i) k.measure(i * 1s, i / 8.0, i == 500 ? 0 : 192);
    k.settle();
    for (const bool restarted : {false, true}) {
        INFO("restarted " << restarted);
        if (restarted) k.begin_again();
        const auto all = k.samples(0s, 1h);
        REQUIRE(all.size() == 1000);
        for (std::size_t i = 0; i < all.size(); ++i) {
            CHECK(all[i].at == monday + static_cast<std::int64_t>(i) * 1s);
            CHECK(all[i].value == static_cast<double>(i) / 8.0);
        }
        CHECK(all[500].quality == 0);
        CHECK(k.samples(10s, 20s).size() == 10);
        CHECK(k.samples(10s, 20s, 3).size() == 3);
        CHECK(k.samples(10s, 20s, 3).front().at == monday + 10s);
        CHECK(k.samples(2h, 3h).empty());
        CHECK(k.it->samples(mill, "no_such_tag", monday, monday + 1h, 10).empty());
        const auto latest = k.it->latest(mill);
        REQUIRE(latest.size() == 1);
        CHECK(latest[0].at == monday + 999s);
    }
}

TEST_CASE("a minute has the count, the extremes, the mean, the deviation and the last of its good values")
{
    kept_samples k;
    const std::vector<double> values{2, 4, 4, 4, 5, 5, 7, 9};
    for (std::size_t i = 0; i < values.size(); ++i) k.measure(static_cast<std::int64_t>(i) * 1s, values[i]);
    k.measure(10s, 1000, 0); // bad
    k.measure(61s, 3);
    k.settle();
    for (const bool restarted : {false, true}) {
        INFO("restarted " << restarted);
        if (restarted) k.begin_again();
        const auto all = k.minutes(0s, 1h);
        REQUIRE(all.size() == 2);
        CHECK(all[0].at == monday);
        CHECK(all[0].count == 8);
        CHECK(all[0].min == 2);
        CHECK(all[0].max == 9);
        CHECK(all[0].mean == Approx(5));
        CHECK(*all[0].stdev == Approx(2.13809).epsilon(1e-5));
        CHECK(all[0].last == 9);
        CHECK(all[1].at == monday + 1min);
        CHECK_FALSE(all[1].stdev);
    }
}

TEST_CASE("late samples come into the minute in which they were measured, before and after it was written")
{
    kept_samples k;
    k.measure(0s, 10);
    k.measure(10min, 50);
    k.measure(30s, 20); // late, its minute is still in memory or not
    k.settle();
    k.begin_again(); // now all is written
    k.measure(11min, 60);
    k.measure(20s, 30);
    k.measure(20min, 70);
    k.settle();
    const auto check = [&] {
        const auto all = k.minutes(0s, 5min);
        REQUIRE(all.size() == 1);
        CHECK(all[0].count == 3);
        CHECK(all[0].mean == Approx(20));
        CHECK(all[0].min == 10);
        CHECK(all[0].max == 30);
        CHECK(all[0].last == 20);
        const auto raw = k.samples(0s, 5min);
        REQUIRE(raw.size() == 3);
        CHECK(raw[1].value == 30); // in the order of their times
        const auto hours = k.it->rollups(mill, "power_kw", monday, monday + 1h, 1h, 10);
        REQUIRE(hours.size() == 1);
        CHECK(hours[0].count == 6);
        CHECK(hours[0].mean == Approx(40));
    };
    check();
    CHECK(k.it->counted().late == 1); // since the restart
    k.begin_again();
    check();
}

TEST_CASE("minutes can be asked for in larger steps")
{
    kept_samples k;
    for (int i = 0; i < 30; ++i) k.measure(i * 1min, i);
    k.settle();
    const auto fives = k.it->rollups(mill, "power_kw", monday, monday + 1h, 5min, 100);
    REQUIRE(fives.size() == 6);
    CHECK(fives[1].mean == Approx(7));
    CHECK(fives[1].count == 5);
    CHECK(k.it->rollups(mill, "power_kw", monday, monday + 1h, 5min, 4).size() == 4);
}

TEST_CASE("a sample that is told twice is kept once; one that is no number, or of another age, is lost and counted")
{
    kept_samples k;
    k.measure(0s, 5);
    k.measure(1s, std::numeric_limits<double>::quiet_NaN());
    k.measure(-24h * 365, 5);
    k.measure(24h * 30, 5);
    k.settle();
    CHECK(k.it->counted().stored == 1);
    CHECK(k.it->counted().lost == 3);
    k.it->offer(mill, {{mill, "power_kw", 5, monday, 192}, {mill, "power_kw", 6, monday + 1s, 192}});
    k.offered += 1;
    k.settle();
    CHECK(k.samples(0s, 1h).size() == 2);
}

TEST_CASE("when more waits than may, batches are lost and counted, and nobody waits")
{
    kept_samples k;
    k.end();
    k.bounds.trend_queue_most = 100;
    k.begin();
    std::vector<scada::sample> many(1000, {mill, "power_kw", 1, monday, 192});
    k.it->offer(mill, std::move(many));
    CHECK(k.it->counted().lost == 1000);
}

TEST_CASE("samples that are older than is wanted are gone the next day; their hours stay")
{
    kept_samples k;
    k.end();
    k.bounds.samples_for = 48h;
    k.bounds.minutes_for = 48h;
    k.begin();
    k.measure(0s, 5);
    k.measure(6h, 6);
    k.settle();
    k.end();
    k.begins = monday + 72h;
    k.begin();
    k.it->stop(); // forgets what is old before it ends
    CHECK(takt::test::eventually([&] { return k.samples(0s, 24h).empty(); }));
    CHECK(k.minutes(0s, 24h).empty());
    CHECK(k.it->rollups(mill, "power_kw", monday, monday + 24h, 1h, 10).size() == 2);
}

namespace {

/// A node with one machine that has detectors.
struct watched_node {
    takt::test::temporary_folder folder;
    kind_registry kinds = all_kinds();
    std::optional<caf_node> node;

    watched_node()
    {
        node_options o;
        o.directory = (folder.path() / "data").string();
        o.speed = 60;
        o.plant_start = monday;
        o.workers = 2;
        node.emplace(kinds, o);
        machine::define d;
        d.work_center = "MILLS";
        d.limits = {{"temperature_celsius", std::nullopt, 80.0}};
        scada::detector silence;
        silence.rule = scada::rule::silence;
        silence.tag = "temperature_celsius";
        silence.window_ms = 30s;
        silence.cause = "network";
        d.detectors = {silence};
        const auto answer = node->ask({mill, make_message(d), {}, 0, 0, {}});
        INFO(answer.detail);
        REQUIRE(answer.result == outcome::accepted);
    }

    bool alarm_is(std::string_view detector, std::string_view status)
    {
        const entity_ref alarm("alarm", alarm::key_of(mill, detector));
        const auto wanted = "\"status\":\"" + std::string(status) + "\"";
        return takt::test::eventually([&] { return node->view(alarm).state.starts_with("{" + wanted); }, 30s);
    }
};

} // namespace

TEST_CASE("a sample outside its limits becomes an alarm point, an anomaly, and a stored sample")
{
    watched_node w;
    w.node->observe(mill, {{mill, "temperature_celsius", 91.5, w.node->now(), 192}});
    CHECK(w.alarm_is("limit.temperature_celsius", "unacknowledged"));
    const entity_ref anomaly("anomaly", anomaly::key_of("limit.temperature_celsius", mill));
    const auto told = [&] {
        return w.node->view(anomaly).state.find("temperature_celsius is 91.5, high limit 80") != std::string::npos;
    };
    CHECK(takt::test::eventually(told));
    CHECK(takt::test::eventually([&] { return !w.node->latest(mill).empty(); }));
    REQUIRE(w.node->latest(mill).size() == 1);
    CHECK(w.node->latest(mill)[0].value == 91.5);
}

TEST_CASE("a machine that tells nothing is noticed, though nothing comes in")
{
    watched_node w;
    CHECK(w.alarm_is("silence.temperature_celsius", "unacknowledged"));
}
