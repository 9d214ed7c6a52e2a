#include <catch2/catch.hpp>

#include "actors/mes/schedule_parts.hpp"
#include "scheduling/calendar.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using test::pieces;
using test::shop_floor;

namespace {

/// A floor that works Monday to Friday and may work on Saturdays, with more to do by Sunday than the week has room for.
struct busy_week : shop_floor {
    busy_week()
    {
        auto calendar = schedule().definition;
        calendar.shifts = {
            {"week",
             {hrm::weekday::mon, hrm::weekday::tue, hrm::weekday::wed, hrm::weekday::thu, hrm::weekday::fri},
             "06:00",
             "14:00",
             {},
             false},
            {"saturday", {hrm::weekday::sat}, "06:00", "14:00", {{"09:00", "09:30"}}, true}};
        calendar.zone = "UTC";
        calendar.improve_iterations = 200;
        say("plant", calendar);
        for (const auto& [key, person] : schedule().people) {
            auto who = host.state<operator_::state>({"operator", key.text}).definition;
            who.shifts = {"week", "saturday"};
            say(key.text, who);
        }
        controllers = picks = false;
        stock("BAR", "L-1", 2000);
    }
    void order(int work_orders, std::int64_t each)
    {
        const auto sunday = test::monday + 24h * 6;
        for (int i = 0; i < work_orders; ++i) say("SHAFT", material::replenish{pieces(each), sunday - 1h * i});
        work(2);
    }
    const operator_::state& person()
    {
        return host.state<operator_::state>({"operator", schedule().people.begin()->first.text});
    }
    std::vector<schedule::opened_shift> worth_opening()
    {
        return schedule::shifts_worth_opening(schedule(), host.now(), {});
    }
};

} // namespace

TEST_CASE("nobody works an optional shift that is not opened, and everybody one that is")
{
    busy_week f;
    f.order(2, 10);
    const auto saturday = test::monday + 24h * 5;
    const std::vector<std::string> shifts{"week", "saturday"};
    const auto from = f.host.now(), to = f.host.now() + 24h * 7;
    CHECK_FALSE(scheduling::works_at(schedule::calendars(f.schedule(), from, to).of(shifts), (saturday + 2h).ms));
    CHECK(schedule::calendars(f.schedule(), from, to).regular(shifts).empty());

    REQUIRE(f.say("plant", schedule::open_shift{"saturday", "2026-01-10"}).result == runtime::outcome::accepted);
    f.host.settle();
    schedule::calendars open(f.schedule(), from, to);
    CHECK(scheduling::works_at(open.of(shifts), f.schedule().opened.front().from.ms));
    CHECK_FALSE(scheduling::works_at(open.of(shifts), (f.schedule().opened.front().from + 3h + 10min).ms)); // the break
    CHECK_FALSE(scheduling::works_at(open.regular(shifts), f.schedule().opened.front().from.ms)); // it is overtime
    REQUIRE(f.person().called.size() == 1);
    CHECK(f.person().called.front().from == f.schedule().opened.front().from);

    REQUIRE(f.say("plant", schedule::close_shift{"saturday", "2026-01-10"}).result == runtime::outcome::accepted);
    f.host.settle();
    CHECK(f.schedule().opened.empty());
    CHECK(f.person().called.empty());
}

TEST_CASE("overtime is worked for what would be late, and for nothing else")
{
    busy_week calm;
    calm.order(2, 10);
    CHECK(calm.worth_opening().empty());

    busy_week busy;
    busy.order(25, 100); // two lathes have 80 hours in the week, and this takes 85
    const auto opened = busy.worth_opening();
    REQUIRE(opened.size() == 1);
    CHECK(opened.front().shift == "saturday");
    CHECK(opened.front().date == "2026-01-10");
    for (int i = 0; i < 2; ++i) // the first plan has much to mend, and seeks nothing
        REQUIRE(busy.say("plant", schedule::replan{}).result == runtime::outcome::accepted);
    busy.host.settle(); // the search that follows opens it, and tells everybody
    REQUIRE(busy.schedule().opened.size() == 1);
    CHECK(busy.person().called.size() == 1);
}

TEST_CASE("a shift that does not exist cannot be opened, nor one closed that is not open")
{
    busy_week f;
    CHECK(f.say("plant", schedule::open_shift{"saturday", "2026-01-11"}).reason == "no_such_shift");
    CHECK(f.say("plant", schedule::open_shift{"week", "2026-01-09"}).reason == "no_such_shift");
    CHECK(f.say("plant", schedule::open_shift{"saturday", "2026-01-03"}).reason == "no_such_shift");
    CHECK(f.say("plant", schedule::close_shift{"saturday", "2026-01-10"}).reason == "not_open");
}
