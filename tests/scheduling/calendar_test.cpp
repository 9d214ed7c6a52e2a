#include "scheduling/calendar.hpp"

#include <catch2/catch.hpp>

#include "messages/core/instant.hpp"

using namespace takt;
using namespace takt::scheduling;

namespace {

time_ms at(const char* rfc3339) { return parse_rfc3339(rfc3339)->ms; }

std::vector<std::string> shown(const calendar& when)
{
    std::vector<std::string> texts;
    for (const auto& i : when) {
        const auto start = to_rfc3339({i.start}), end = to_rfc3339({i.end});
        texts.push_back(start.substr(5, 11) + " " + end.substr(5, 11));
    }
    return texts;
}

using texts = std::vector<std::string>;
constexpr auto all_week = {hrm::weekday::mon, hrm::weekday::tue, hrm::weekday::wed, hrm::weekday::thu,
                           hrm::weekday::fri, hrm::weekday::sat, hrm::weekday::sun};

hrm::work_calendar berlin(hrm::shift_pattern shift, std::vector<std::string> holidays = {})
{
    return {"Europe/Berlin", {std::move(shift)}, std::move(holidays)};
}

} // namespace

TEST_CASE("a shift is the time between its local start and end without its breaks", "[calendar]")
{
    const auto when = working_time(berlin({"early", {hrm::weekday::mon}, "06:00", "14:00", {{"10:00", "10:30"}}}),
                                   at("2026-01-05T00:00:00Z"), at("2026-01-19T00:00:00Z"));
    CHECK(shown(when) == texts{"01-05T05:00 01-05T09:00", "01-05T09:30 01-05T13:00", //
                               "01-12T05:00 01-12T09:00", "01-12T09:30 01-12T13:00"});
}

TEST_CASE("a night shift belongs to the day on which it begins", "[calendar]")
{
    const auto when = working_time(berlin({"night", {hrm::weekday::fri}, "22:00", "06:00", {{"02:00", "02:30"}}}),
                                   at("2026-01-05T00:00:00Z"), at("2026-01-12T00:00:00Z"));
    CHECK(shown(when) == texts{"01-09T21:00 01-10T01:00", "01-10T01:30 01-10T05:00"});
}

TEST_CASE("a night shift that began before the horizon still counts within it", "[calendar]")
{
    const auto when = working_time(berlin({"night", {hrm::weekday::sun}, "22:00", "06:00", {}}),
                                   at("2026-01-05T00:00:00Z"), at("2026-01-06T00:00:00Z"));
    CHECK(shown(when) == texts{"01-05T00:00 01-05T05:00"});
}

TEST_CASE("the night of the spring change is an hour shorter, that of the autumn change an hour longer", "[calendar]")
{
    const hrm::shift_pattern night{"night", {hrm::weekday::sat}, "22:00", "06:00", {}};
    const auto spring = working_time(berlin(night), at("2026-03-28T00:00:00Z"), at("2026-03-30T00:00:00Z"));
    CHECK(shown(spring) == texts{"03-28T21:00 03-29T04:00"});
    const auto autumn = working_time(berlin(night), at("2026-10-24T00:00:00Z"), at("2026-10-26T00:00:00Z"));
    CHECK(shown(autumn) == texts{"10-24T20:00 10-25T05:00"});
}

TEST_CASE("a local time that does not occur is the instant of the change, one that occurs twice is both", "[calendar]")
{
    const auto spring = working_time(berlin({"early", all_week, "02:30", "04:00", {}}), at("2026-03-29T00:00:00Z"),
                                     at("2026-03-29T12:00:00Z"));
    CHECK(shown(spring) == texts{"03-29T01:00 03-29T02:00"});
    const auto autumn = working_time(berlin({"early", all_week, "02:15", "02:45", {}}), at("2026-10-25T00:00:00Z"),
                                     at("2026-10-25T12:00:00Z"));
    CHECK(shown(autumn) == texts{"10-25T00:15 10-25T01:45"});
}

TEST_CASE("no shift begins on a holiday", "[calendar]")
{
    const auto when = working_time(berlin({"late", all_week, "14:00", "22:00", {}}, {"2026-01-06"}),
                                   at("2026-01-05T12:00:00Z"), at("2026-01-08T00:00:00Z"));
    CHECK(shown(when) == texts{"01-05T13:00 01-05T21:00", "01-07T13:00 01-07T21:00"});
}

TEST_CASE("shifts that touch or overlap are one interval", "[calendar]")
{
    const hrm::work_calendar three{"UTC",
                                   {{"early", all_week, "06:00", "14:00", {}},
                                    {"late", all_week, "13:30", "22:00", {}},
                                    {"night", all_week, "22:00", "06:00", {}}},
                                   {}};
    const auto when = working_time(three, at("2026-01-05T00:00:00Z"), at("2026-01-12T00:00:00Z"));
    CHECK(shown(when) == texts{"01-05T00:00 01-12T00:00"});
}

TEST_CASE("no shifts mean always, and shifts outside the horizon mean never", "[calendar]")
{
    const time_ms from = at("2026-01-05T00:00:00Z"), to = at("2026-01-06T00:00:00Z");
    const auto always = working_time({"UTC", {}, {}}, from, to);
    CHECK(always.empty());
    CHECK(works_at(always, from));
    const auto never = working_time(berlin({"sunday", {hrm::weekday::sun}, "06:00", "14:00", {}}), from, to);
    REQUIRE_FALSE(never.empty());
    CHECK_FALSE(works_at(never, from));
    CHECK_FALSE(next_working(never, from).has_value());
}

TEST_CASE("working instants and ends of shifts are found", "[calendar]")
{
    const calendar when{{100, 200}, {300, 400}};
    CHECK(works_at(when, 100));
    CHECK_FALSE(works_at(when, 200));
    CHECK(next_working(when, 200) == 300);
    CHECK(next_working(when, 350) == 350);
    CHECK(end_of_shift(when, 350) == 400);
    CHECK_FALSE(next_working(when, 400).has_value());
    CHECK_FALSE(end_of_shift(when, 400).has_value());
}

TEST_CASE("everything that is wrong with a calendar is named at once", "[calendar]")
{
    const hrm::work_calendar wrong{"Europe/Atlantis",
                                   {{"early", {}, "25:00", "14:00", {}}, //
                                    {"late", all_week, "14:00", "22:00", {{"13:00", "13:30"}}}},
                                   {"2026-02-30"}};
    std::vector<std::string> members;
    for (const auto& problem : check(wrong)) members.push_back(problem.member);
    CHECK(members == texts{"/time_zone", "/holidays/0", "/shifts/0/start", "/shifts/0/weekdays", "/shifts/1/breaks/0"});
    CHECK_THROWS_AS(working_time(wrong, 0, 1), std::invalid_argument);
}
