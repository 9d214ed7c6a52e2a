#include <catch2/catch.hpp>

#include "actors/ems/meter.hpp"

using namespace takt;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

const instant six = *parse_rfc3339("2026-01-05T06:00:00Z"); // 07:00 in Berlin
const context about{six, entity_ref("meter/EM-1"), "client/test"};

message power(meter::live& l, double kw, instant at, int quality = 192)
{
    return meter::observe(l, {}, {entity_ref("meter/EM-1"), "power_kw", kw, at, quality});
}

meter::state defined(std::vector<ems::tariff_window> tariff)
{
    meter::state s;
    meter::apply(s, meter::defined{{machine_id("M-1"), "Europe/Berlin", 0.2, std::move(tariff)}});
    return s;
}

} // namespace

TEST_CASE("power samples become energy, recorded once a quarter of an hour")
{
    meter::live l;
    for (int minute = 0; minute < 15; ++minute) CHECK_FALSE(power(l, 6, six + minutes(minute)));
    const auto recorded = power(l, 6, six + minutes(15));
    REQUIRE(recorded);
    const auto& reading = *recorded.as<meter::record_energy>();
    CHECK(reading.energy_kwh == Approx(1.5)); // 6 kW for a quarter
    CHECK(reading.from == six);
    CHECK(reading.to == six + minutes(15));
    CHECK(reading.peak_kw == 6);
}

TEST_CASE("energy is not made up for a gap, nor for samples that are bad, repeated or late")
{
    meter::live l;
    power(l, 60, six);
    power(l, 60, six + minutes(6)); // nobody knows what was drawn in between
    CHECK(l.energy_kwh == 0);
    power(l, 60, six + minutes(7));
    CHECK(l.energy_kwh == Approx(1));
    power(l, 900, six + minutes(7));    // again
    power(l, 900, six + minutes(5));    // late
    power(l, 900, six + minutes(8), 0); // bad quality
    CHECK(l.energy_kwh == Approx(1));
    CHECK(l.peak_kw == 60);
}

TEST_CASE("energy costs what the tariff says at the plant's local time")
{
    auto s = defined({{"peak", "06:30", "20:00", 0.5}, {"night", "22:00", "05:00", 0.1}});
    const auto cost_at = [&](instant from) {
        const auto d = meter::decide(s, meter::record_energy{from, from + minutes(15), 2, 8}, about);
        return *d.events().front().as<meter::energy_recorded>();
    };
    CHECK(cost_at(six).tariff == "peak");
    CHECK(cost_at(six).cost == Approx(1));
    CHECK(cost_at(six - minutes(60)).tariff == "base");   // 06:00 in Berlin
    CHECK(cost_at(six - minutes(150)).tariff == "night"); // 04:30: the window began yesterday
    meter::apply(s, cost_at(six));
    meter::apply(s, cost_at(six - minutes(150)));
    CHECK(s.energy_kwh == Approx(4));
    CHECK(s.cost == Approx(1.2));
    CHECK(s.energy_by_tariff_kwh.at("night") == Approx(2));
}

TEST_CASE("a reading that cannot be is refused with the member that is wrong")
{
    const auto s = defined({});
    CHECK(meter::decide(s, meter::record_energy{six, six, 1, 1}, about).why().field == "to");
    CHECK(meter::decide(s, meter::record_energy{six, six + seconds(1), -1, 1}, about).why().field == "energy_kwh");
    CHECK(meter::decide({}, meter::record_energy{six, six + seconds(1), 1, 1}, about).refused());
    const meter::define nowhere{machine_id("M-1"), "Mars/Base", 0.2, {}};
    CHECK(meter::decide({}, nowhere, about).why().field == "zone");
    const meter::define never{machine_id("M-1"), "UTC", 0.2, {{"peak", "25:00", "06:00", 0.3}}};
    CHECK(meter::decide({}, never, about).why().reason == "not_a_time");
}
