#include <catch2/catch.hpp>

#include "tests/sim/bench_machine.hpp"

using namespace takt;
using namespace takt::sim::test;
using namespace std::chrono_literals;
using action = machine::control_action;
using packml = machine::packml_state;

namespace {

struct control_bench : machine_bench {
    void order(action what, std::map<std::string, double> set_points = {}, std::string recipe = {})
    {
        repeat({++number, what, std::move(set_points), std::move(recipe), now + milliseconds(30s)});
    }
    void repeat(const machine::control_order& what)
    {
        model.control(what, now);
        model.advance(now, said);
    }
    packml state() const { return all<machine::report_state>().back().state; }
    std::int64_t pieces() const
    {
        const auto counted = model.counted();
        return static_cast<std::int64_t>(counted.pieces);
    }
    std::int64_t number = 0;
};

} // namespace

TEST_CASE("a machine that is held makes nothing until it is resumed, and then the rest")
{
    control_bench bench;
    bench.assign(job(10));
    bench.run_for(30min);
    bench.order(action::hold);
    CHECK(bench.state() == packml::holding);
    bench.run_for(2s);
    CHECK(bench.state() == packml::held);
    const auto before = bench.pieces();
    REQUIRE(before > 0);
    bench.run_for(5h);
    CHECK(bench.pieces() == before);
    bench.order(action::unhold);
    bench.run_for(2s);
    CHECK(bench.state() == packml::execute);
    bench.run_for(2h);
    REQUIRE(bench.all<machine::report_completed>().size() == 1);
    CHECK(bench.all<machine::report_completed>()[0].good == 10);
    CHECK(bench.state() == packml::idle);
}

TEST_CASE("a machine that is stopped ends its job with what it has, and works again after a reset")
{
    control_bench bench;
    bench.assign(job(10));
    bench.run_for(30min);
    bench.order(action::stop);
    bench.run_for(2s);
    CHECK(bench.state() == packml::stopped);
    REQUIRE(bench.all<machine::report_completed>().size() == 1);
    CHECK(bench.all<machine::report_completed>()[0].good == bench.pieces());
    CHECK(bench.pieces() < 10);
    bench.assign(job(5, 2));
    bench.run_for(2h);
    CHECK(bench.all<machine::report_completed>().size() == 1);
    bench.order(action::reset);
    bench.run_for(2h);
    REQUIRE(bench.all<machine::report_completed>().size() == 2);
    CHECK(bench.all<machine::report_completed>()[1].good == 5);
}

TEST_CASE("an aborted machine is cleared and reset before it works again, and was never broken")
{
    control_bench bench;
    bench.assign(job(10));
    bench.run_for(30min);
    bench.order(action::abort);
    bench.run_for(2s);
    CHECK(bench.state() == packml::aborted);
    bench.order(action::clear);
    bench.run_for(2s);
    CHECK(bench.state() == packml::stopped);
    bench.order(action::reset);
    bench.run_for(2s);
    CHECK(bench.state() == packml::idle);
    CHECK(bench.all<machine::report_up>().empty());
    CHECK_FALSE(bench.model.down());
}

TEST_CASE("a command that is told twice is obeyed once")
{
    control_bench bench;
    bench.assign(job(10));
    bench.run_for(30min);
    bench.order(action::hold);
    bench.run_for(2s);
    bench.order(action::unhold);
    bench.run_for(2s);
    bench.repeat({1, action::hold, {}, {}, bench.now + milliseconds(30s)}); // an old one
    bench.repeat({2, action::unhold, {}, {}, bench.now + milliseconds(30s)});
    bench.run_for(2s);
    CHECK(bench.state() == packml::execute);
    const auto confirmed = bench.all<machine::confirm_control>();
    REQUIRE(confirmed.size() == 3);
    CHECK(confirmed[2].number == 2);
    CHECK(bench.all<machine::refuse_control>().empty());
}

TEST_CASE("a controller refuses what it cannot do, and says why")
{
    control_bench bench;
    const auto refusal = [&] {
        const auto all = bench.all<machine::refuse_control>();
        REQUIRE(all.back().number == bench.number);
        return all.back().reason;
    };
    bench.order(action::hold);
    CHECK(refusal() == "hold is not possible in idle");
    bench.order(action::set_point, {{"colour", 1}});
    CHECK(refusal() == "no set-point colour");
    bench.order(action::set_point, {{"speed_ratio", 20}});
    CHECK(refusal() == "speed_ratio is from 0.1 to 1.5");
    bench.repeat({++bench.number, action::stop, {}, {}, bench.now - 1ms});
    CHECK(refusal() == "it came too late");
}

TEST_CASE("a machine at half its speed takes twice as long")
{
    const auto time_of_ten = [](double speed) {
        control_bench bench;
        bench.order(action::set_point, {{"speed_ratio", speed}});
        bench.assign(job(10));
        const auto begin = bench.now;
        while (bench.all<machine::report_completed>().empty()) bench.run_for(10s);
        const auto setup = bench.all<machine::report_setup_done>().size();
        return setup == 1 ? static_cast<double>((bench.now - begin).count()) : 0;
    };
    const double usual = time_of_ten(1.0), slow = time_of_ten(0.5);
    CHECK(slow - usual > 25 * 60'000);
    CHECK(slow - usual < 40 * 60'000);
}
