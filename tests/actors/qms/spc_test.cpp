#include "actors/qms/spc.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "actors/kinds.hpp"
#include "actors/qms/control_chart.hpp"
#include "runtime/replay_host.hpp"

using namespace takt;

namespace {

const entity_ref diameter("control_chart", "SHAFT:final:diameter_mm");
const entity_ref series("sampling", "SHAFT:final");

struct chart_room {
    kind_registry kinds = all_kinds();
    runtime::replay_host plant{kinds, *parse_rfc3339("2026-01-05T06:00:00Z")};
    int count = 0;

    const control_chart::state& it() { return plant.state<control_chart::state>(diameter); }
    const anomaly::state& quality()
    {
        return plant.state<anomaly::state>({"anomaly", anomaly::key_of("quality", series)});
    }
    void measure(std::vector<double> values)
    {
        qms::characteristic c{"diameter_mm", 24.9, 25.1};
        const inspection_id inspection("Q-" + std::to_string(++count));
        plant.tell(diameter.key(),
                   control_chart::add_values{std::string(series.key()), inspection, c, std::move(values)});
        plant.settle();
    }
    /// A steady process: mean 25, ranges of 0.04.
    void steady(int points)
    {
        for (int i = 0; i < points; ++i) {
            const double by = i % 2 == 0 ? 0.002 : -0.003;
            measure({24.98 + by, 25.0 + by, 25.02 + by, 24.99 + by, 25.01 + by});
        }
    }
};

} // namespace

TEST_CASE("the factors of control charts are the published ones")
{
    // Montgomery, Introduction to Statistical Quality Control, appendix VI
    const auto a2 = [](int n) { return 3 / (qms::d2(n) * std::sqrt(static_cast<double>(n))); };
    const auto a3 = [](int n) { return 3 / (qms::c4(n) * std::sqrt(static_cast<double>(n))); };
    CHECK(a2(2) == Approx(1.880).margin(6e-4));
    CHECK(a2(5) == Approx(0.577).margin(6e-4));
    CHECK(a2(25) == Approx(0.153).margin(6e-4));
    CHECK(a3(5) == Approx(1.427).margin(6e-4));
    CHECK(qms::c4(5) == Approx(0.9400).margin(6e-5));
    CHECK(qms::c4(25) == Approx(0.9896).margin(6e-5));
    const auto ranges = qms::range_limits(1 / qms::d2(7), 7); // of a mean range of 1
    CHECK(ranges.lower == Approx(0.076).margin(6e-4));
    CHECK(ranges.upper == Approx(1.924).margin(6e-4));
    CHECK(qms::range_limits(1 / qms::d2(5), 5).upper == Approx(2.114).margin(6e-4));
    CHECK(qms::range_limits(1, 5).lower == 0);
    const auto deviations = qms::deviation_limits(1 / qms::c4(10), 10);
    CHECK(deviations.lower == Approx(0.284).margin(6e-4));
    CHECK(deviations.upper == Approx(1.716).margin(6e-4));
}

TEST_CASE("limits of attributes are those of the textbook")
{
    // Montgomery, example 7.1: 30 samples of 50 cans, 347 leaking: p = 0.2313, limits 0.0524 and 0.4102
    const auto p = qms::p_limits(347.0 / (30 * 50), 50);
    CHECK(p.centre == Approx(0.2313).margin(5e-5));
    CHECK(p.lower == Approx(0.0524).margin(5e-5));
    CHECK(p.upper == Approx(0.4102).margin(5e-5));
    // the same as pieces: 11.565, 2.62 and 20.51
    CHECK(qms::np_limits(347.0 / 1500, 50).upper == Approx(20.51).margin(5e-3));
    // example 7.3: 516 nonconformities on 26 boards: 19.85, limits 6.48 and 33.22
    CHECK(qms::c_limits(516.0 / 26).lower == Approx(6.48).margin(5e-3));
    CHECK(qms::c_limits(516.0 / 26).upper == Approx(33.21).margin(1e-2));
    CHECK(qms::u_limits(0.04, 50).lower == 0);
}

TEST_CASE("capability is of the nearer limit, and of one side where there is one")
{
    const auto both = qms::capability_of(24.98, 0.02, 0.025, 24.9, 25.1);
    CHECK(*both.cp == Approx(0.2 / 0.12));
    CHECK(*both.cpk == Approx(0.08 / 0.06));
    CHECK(*both.pp == Approx(0.2 / 0.15));
    CHECK(*both.ppk == Approx(0.08 / 0.075));
    const auto one = qms::capability_of(24.98, 0.02, 0.025, std::nullopt, 25.1);
    CHECK_FALSE(one.cp);
    CHECK(*one.cpk == Approx(2.0));
    CHECK_FALSE(qms::capability_of(1, 0, 0, 0.0, 2.0).cpk);
}

TEST_CASE("a chart learns its limits from twenty points and says how capable the process is")
{
    chart_room room;
    room.steady(19);
    CHECK_FALSE(room.it().centre);
    room.steady(1);
    REQUIRE(room.it().centre);
    CHECK(room.it().chart == control_chart::chart::xbar_r);
    CHECK(*room.it().sigma == Approx(0.04 / qms::d2(5)));
    CHECK_FALSE(room.it().capability_is_sound);
    room.steady(5);
    CHECK(room.it().capability_is_sound);
    CHECK(*room.it().cp == Approx(0.2 / (6 * 0.04 / qms::d2(5))));
    CHECK(room.it().points.back().upper_control == Approx(*room.it().centre + 3 * *room.it().sigma / std::sqrt(5.0)));
    CHECK(*room.it().ppk < *room.it().pp);
    CHECK(room.quality().state == anomaly::case_state::none);
    CHECK_FALSE(room.plant.first_that_differs_from_replay());
}

TEST_CASE("a process that leaves control is a case of its series, and the next point in control ends the symptom")
{
    chart_room room;
    room.steady(20);
    room.measure({25.03, 25.05, 25.07, 25.04, 25.06});
    CHECK(room.it().points.back().test == 1);
    REQUIRE(room.quality().state == anomaly::case_state::open);
    CHECK(room.quality().symptoms.front().type == "spc.diameter_mm");
    CHECK(room.quality().symptoms.front().stands);
    room.steady(1);
    CHECK_FALSE(room.quality().symptoms.front().stands);
    CHECK(room.quality().stage == anomaly::stage::verify); // until the next lot is accepted
    room.measure({24.9, 25.0, 25.1, 25.0, 25.0});          // the mean is well, the spread is not
    CHECK(room.it().points.back().test == 9);
}

TEST_CASE("a chart of another process begins anew")
{
    chart_room room;
    CHECK(room.plant.ask(diameter.key(), control_chart::restart{"mara", "new grinder"}).reason == "not_begun");
    room.steady(25);
    CHECK(room.plant.ask(diameter.key(), control_chart::restart{"mara", ""}).field == "reason");
    room.plant.ask(diameter.key(), control_chart::restart{"mara", "new grinder"});
    CHECK_FALSE(room.it().centre);
    CHECK(room.it().points.empty());
    room.measure({25.05});
    CHECK(room.it().points.size() == 1);
}

TEST_CASE("single values make a chart of moving ranges, counts one of shares")
{
    chart_room room;
    for (int i = 0; i < 20; ++i) room.measure({i % 2 == 0 ? 25.01 : 24.99});
    CHECK(room.it().chart == control_chart::chart::i_mr);
    CHECK(*room.it().sigma == Approx(0.02 / qms::d2(2)));

    const entity_ref share("control_chart", "SHAFT:final:defective");
    for (int i = 0; i < 21; ++i)
        room.plant.tell(share.key(), control_chart::add_count{"SHAFT:final", "Q", 50, i < 20 ? 5 : 20});
    room.plant.settle();
    const auto& p = room.plant.state<control_chart::state>(share);
    CHECK(*p.centre == Approx(0.1));
    CHECK(p.points.back().test == 1);
}

TEST_CASE("one defective piece in a small sample is no signal, and neither are many samples without one")
{
    CHECK(qms::as_many_or_more(1, 3, 0.1) == Approx(1 - 0.729));
    CHECK(qms::as_many_or_more(2, 3, 0.1) == Approx(0.028));
    CHECK(qms::as_many_or_more(0, 3, 0.1) == 1);
    CHECK(qms::as_many_or_more(1, 3, 0) == 0);

    chart_room room;
    const entity_ref share("control_chart", "SHAFT:final:defective");
    const auto count = [&](std::int64_t defects) {
        room.plant.tell(share.key(), control_chart::add_count{"SHAFT:final", "Q", 3, defects});
        room.plant.settle();
        return room.plant.state<control_chart::state>(share).points.back().test;
    };
    count(1);
    for (int i = 0; i < 40; ++i) CHECK(count(0) == 0);
    CHECK(count(1) == 0);
    CHECK(count(3) == 1);
    CHECK(room.quality().state == anomaly::case_state::open);
}
