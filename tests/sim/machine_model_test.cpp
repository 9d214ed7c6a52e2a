#include <catch2/catch.hpp>

#include "tests/sim/bench_machine.hpp"

using namespace takt;
using namespace takt::sim::test;
using namespace std::chrono_literals;
using sim::scenario;

TEST_CASE("a machine confirms its job, sets up, makes its pieces and says that it is done")
{
    machine_bench bench;
    bench.assign(job(10));
    bench.run_for(2h);
    REQUIRE(bench.all<machine::confirm_job>().size() == 1);
    REQUIRE(bench.all<machine::report_setup_done>().size() == 1);
    const auto done = bench.all<machine::report_completed>();
    REQUIRE(done.size() == 1);
    CHECK(done[0].job == mes::ref_of(job(10).job));
    CHECK(done[0].good == 10);
    CHECK(done[0].scrap == 0);
    CHECK(done[0].energy_kwh.value_or(0) > 1);
    CHECK(bench.model.idle());
    const auto states = bench.all<machine::report_state>();
    REQUIRE(states.size() == 3);
    CHECK(states[0].state == machine::packml_state::starting);
    CHECK(states[1].state == machine::packml_state::execute);
    CHECK(states[2].state == machine::packml_state::idle);
}

TEST_CASE("the same seed and the same inputs make the same machine's life")
{
    auto worn = lathe();
    worn.behaviour.scrap_rate = 0.1;
    worn.behaviour.time_between_failures_ms = 5h;
    scenario how;
    how.seed = 42;
    const auto live = [&](const scenario& s) {
        machine_bench bench(worn, s);
        for (int run = 1; run <= 30; ++run) {
            bench.assign(job(12, run));
            bench.run_for(90min);
            if (bench.model.down()) bench.model.repair();
        }
        return bench.transcript();
    };
    CHECK(live(how) == live(how));
    scenario other = how;
    other.seed = 43;
    CHECK(live(how) != live(other));
}

TEST_CASE("how often a machine is looked at changes nothing of what it does")
{
    scenario how;
    how.progress_interval_ms = 24h;
    machine_bench seldom(lathe(), how), often(lathe(), how);
    seldom.assign(job(20));
    often.assign(job(20));
    seldom.run_for(3h);
    for (int i = 0; i < 10'800; ++i) often.run_for(1s);
    CHECK(seldom.transcript() == often.transcript());
}

TEST_CASE("the share of scrap comes near the machine's rate, times the scenario's")
{
    auto sloppy = lathe();
    sloppy.behaviour.scrap_rate = 0.02;
    scenario how;
    how.scrap_factor = 3;
    machine_bench bench(sloppy, how);
    for (int run = 1; run <= 20; ++run) {
        bench.assign(job(500, run));
        bench.run_for(48h);
    }
    const auto& counted = bench.model.counted();
    REQUIRE(counted.pieces == 10'000);
    const double share = static_cast<double>(counted.scrap) / static_cast<double>(counted.pieces);
    INFO("scrap share " << share);
    CHECK(share > 0.053); // 0.06 with three standard deviations of 0.0024
    CHECK(share < 0.067);
}

TEST_CASE("run times vary around the planned time")
{
    machine_bench bench;
    constexpr int runs = 200;
    for (int run = 1; run <= runs; ++run) {
        auto a = job(10, run);
        a.job.setup_time_ms = 0ms;
        bench.assign(a);
        const auto before = bench.now;
        while (!bench.model.idle()) bench.run_for(std::max(*bench.model.next() - bench.now, milliseconds{1}));
        const double factor = static_cast<double>((bench.now - before).count()) / (10 * 180'000.0);
        CHECK(factor > 0.75);
        CHECK(factor < 1.35);
    }
    const double mean = static_cast<double>((bench.now - monday_six).count()) / (runs * 10 * 180'000.0);
    CHECK(mean == Approx(1.0).margin(0.02));
}

TEST_CASE("a machine that breaks down keeps its job and goes on after the repair")
{
    auto fragile = lathe();
    fragile.behaviour.time_between_failures_ms = 30min;
    machine_bench bench(fragile);
    bench.assign(job(200));
    int repairs = 0;
    while (!bench.model.idle()) {
        bench.run_for(1h);
        if (!bench.model.down()) continue;
        CHECK_FALSE(bench.model.next());
        bench.model.repair();
        ++repairs;
    }
    CHECK(repairs > 3);
    CHECK(bench.all<machine::report_down>().size() == static_cast<std::size_t>(repairs));
    CHECK(bench.all<machine::report_up>().size() == static_cast<std::size_t>(repairs));
    const auto done = bench.all<machine::report_completed>();
    REQUIRE(done.size() == 1);
    CHECK(done[0].good == 200);
    CHECK(bench.all<machine::report_setup_done>().size() == 1);
}

TEST_CASE("counts of a job never go back and end with what was completed")
{
    auto sloppy = lathe();
    sloppy.behaviour.scrap_rate = 0.2;
    machine_bench bench(sloppy);
    bench.assign(job(50));
    bench.run_for(6h);
    std::int64_t good = 0, scrap = 0;
    const auto progress = bench.all<machine::report_progress>();
    CHECK(progress.size() > 10);
    for (const auto& p : progress) {
        CHECK(p.good >= good);
        CHECK(p.scrap >= scrap);
        CHECK(p.good + p.scrap > good + scrap);
        good = p.good;
        scrap = p.scrap;
    }
    const auto done = bench.all<machine::report_completed>();
    REQUIRE(done.size() == 1);
    CHECK(done[0].good + done[0].scrap == 50);
}

TEST_CASE("after a restart a machine makes the rest of its job, and the same pieces are scrap")
{
    auto sloppy = lathe();
    sloppy.behaviour.scrap_rate = 0.3;
    machine_bench whole(sloppy);
    whole.assign(job(40));
    whole.run_for(6h);
    const auto expected = whole.all<machine::report_completed>();
    REQUIRE(expected.size() == 1);

    machine_bench first(sloppy);
    first.assign(job(40));
    first.run_for(1h);
    const auto seen = first.all<machine::report_progress>();
    REQUIRE_FALSE(seen.empty());
    auto rest = job(40);
    rest.confirmed = rest.running = true;
    rest.good = seen.back().good;
    rest.scrap = seen.back().scrap;
    machine_bench second(sloppy);
    second.model.synchronise({rest}, false, second.now);
    second.run_for(6h);
    CHECK(second.all<machine::confirm_job>().empty());
    CHECK(second.all<machine::report_setup_done>().empty());
    const auto done = second.all<machine::report_completed>();
    REQUIRE(done.size() == 1);
    CHECK(done[0].good == expected[0].good);
    CHECK(done[0].scrap == expected[0].scrap);
}

TEST_CASE("a job that is told again is one job")
{
    machine_bench bench;
    bench.assign(job(5));
    bench.run_for(30s);
    bench.assign(job(5));
    bench.run_for(2h);
    CHECK(bench.all<machine::report_completed>().size() == 1);
    CHECK(bench.all<machine::confirm_job>().size() == 2);
}

TEST_CASE("nothing more is said of a job that was withdrawn")
{
    machine_bench bench;
    bench.assign(job(50));
    bench.run_for(40min);
    bench.model.withdraw(mes::ref_of(job(50).job));
    const auto before = bench.all<machine::report_progress>().size();
    bench.run_for(5h);
    CHECK(bench.all<machine::report_progress>().size() == before);
    CHECK(bench.all<machine::report_completed>().empty());
    CHECK(bench.model.idle());
}

TEST_CASE("someone who presses stop gets fewer pieces than ordered")
{
    machine_bench bench;
    bench.assign(job(50));
    bench.run_for(40min);
    bench.model.stop_after_piece();
    bench.run_for(10min);
    const auto done = bench.all<machine::report_completed>();
    REQUIRE(done.size() == 1);
    CHECK(done[0].good > 3);
    CHECK(done[0].good < 20);
}

TEST_CASE("what comes while the furnace is loaded shares the run, what comes later waits")
{
    auto furnace = lathe();
    furnace.capacity = 4;
    const auto batch = [](std::int64_t run) {
        auto a = job(20, run);
        a.job.batch = true;
        a.job.setup_family = "case hardening";
        a.job.setup_time_ms = 0ms;
        a.job.run_time_ms = 4h;
        return a;
    };
    machine_bench bench(furnace);
    bench.assign(batch(1));
    bench.run_for(1min);
    bench.assign(batch(2));
    bench.run_for(1h);
    CHECK(bench.all<machine::report_setup_done>().size() == 2);
    bench.assign(batch(3));
    bench.run_for(4h);
    CHECK(bench.all<machine::report_completed>().size() == 2);
    bench.run_for(5h);
    CHECK(bench.all<machine::report_completed>().size() == 3);
}

TEST_CASE("a running machine draws more power than an idle one, and meter and machine agree")
{
    machine_bench bench;
    std::vector<scada::sample> idle, running;
    bench.model.measure(idle);
    bench.assign(job(100));
    bench.run_for(1h);
    bench.model.measure(running);
    const auto value = [](const std::vector<scada::sample>& all, std::string_view source, std::string_view tag) {
        for (const auto& s : all)
            if (s.source.path() == source && s.tag == tag) return s.value;
        return -1.0;
    };
    CHECK(value(idle, "machine/T-101", "power_kw") < 2);
    CHECK(value(running, "machine/T-101", "power_kw") > 8);
    CHECK(value(running, "machine/T-101", "power_kw") == value(running, "meter/W-T-101", "power_kw"));
    CHECK(value(running, "machine/T-101", "spindle_temperature_celsius") > 50);
    CHECK(value(running, "machine/T-101", "spindle_temperature_celsius") < 78);
}
