#include "actors/mes/schedule_move.hpp"

#include <catch2/catch.hpp>

#include "scheduling/checker.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using test::pieces;
using test::shop_floor;

namespace {

const machine_id lathe_1("LATHE-1"), lathe_2("LATHE-2");

/// A shop with a planned queue at both lathes, of which nothing has been sent yet.
struct planned_shop : shop_floor {
    planned_shop()
    {
        controllers = picks = false;
        stock("BAR", "L-1", 100);
        for (int i = 0; i < 6; ++i) say("SHAFT", material::replenish{pieces(8), test::in_hours(6 + i)});
        work(5);
        now = schedule().planned_at;
    }

    const schedule::operation_entry& operation(const std::string& work_order, const std::string& key = "10")
    {
        const auto* o = schedule::find_operation(schedule(), work_order, key);
        REQUIRE(o != nullptr);
        return *o;
    }
    /// The work order whose turning is planned first or last on a machine.
    std::string on(const machine_id& machine, bool last)
    {
        std::string found;
        std::optional<instant> at;
        for (const auto& [key, job] : schedule().jobs)
            for (const auto& o : job.operations) {
                if (!o.planned || o.planned->machine != machine || o.what.operation != "10") continue;
                if (at && (last ? o.planned->start <= *at : o.planned->start >= *at)) continue;
                at = o.planned->start;
                found = key.text;
            }
        REQUIRE_FALSE(found.empty());
        return found;
    }
    schedule::move_effect tried(const schedule::move& what)
    {
        return schedule::try_move(schedule(), what, host.now()).effect;
    }

    instant now;
};

} // namespace

TEST_CASE("an operation can be moved in front of others, which make room and are named")
{
    planned_shop s;
    const auto late = s.on(lathe_1, true), early = s.on(lathe_1, false);
    const auto start = s.operation(early).planned->start + 10min;
    const auto effect = s.tried({late, "10", lathe_1, start});
    REQUIRE(effect.feasible);
    CHECK(effect.start == start);
    REQUIRE_FALSE(effect.pushed.empty());
    const auto pushed =
        std::find_if(effect.pushed.begin(), effect.pushed.end(), [&](const auto& p) { return p.work_order == early; });
    REQUIRE(pushed != effect.pushed.end());
    CHECK(pushed->operation == "10");
    CHECK(pushed->old_start == s.operation(early).planned->start);
    CHECK((pushed->start != pushed->old_start || pushed->machine != lathe_1));
    CHECK(s.operation(late).planned->start != start); // only tried
}

TEST_CASE("a move is done as it was tried: the plan holds, and the operation stays where it was put")
{
    planned_shop s;
    const auto late = s.on(lathe_1, true);
    const auto start = s.operation(s.on(lathe_2, false)).planned->start + 10min;
    const auto effect = s.tried({late, "10", lathe_2, start});
    REQUIRE(effect.feasible);
    const auto before = s.schedule().plan_number;
    REQUIRE(s.say("plant", schedule::move{late, "10", lathe_2, start}).result == runtime::outcome::accepted);
    CHECK(s.schedule().plan_number == before + 1);
    CHECK(s.operation(late).planned->machine == lathe_2);
    CHECK(s.operation(late).planned->start == start);
    CHECK(s.operation(late).pinned);
    for (const auto& p : effect.pushed) CHECK(s.operation(p.work_order.text, p.operation).planned->start == p.start);
    const auto task = schedule::task_of(s.schedule(), s.host.now());
    CHECK(scheduling::violations(task.problem, task.in_force).empty());
    REQUIRE(s.say("plant", schedule::replan{}).result == runtime::outcome::accepted);
    CHECK(s.operation(late).planned->start == start);
}

TEST_CASE("a move that cannot be is refused with the reason, and changes nothing")
{
    planned_shop s;
    const auto some = s.on(lathe_1, true);
    const auto start = s.operation(some).planned->start;
    const auto refused = [&](const schedule::move& what) {
        const auto revision = s.host.view({"schedule", "plant"}).revision;
        const auto answer = s.say("plant", what);
        CHECK(answer.result == runtime::outcome::refused);
        CHECK(s.host.view({"schedule", "plant"}).revision == revision);
        CHECK(s.tried(what).reason == answer.reason);
        return answer.reason;
    };
    CHECK(refused({"WO-NONE-1", "10", lathe_1, start}) == "unknown_operation");
    CHECK(refused({some, "10", machine_id("GRINDER"), start}) == "wrong_machine");
    CHECK(refused({some, "10", lathe_1, s.host.now() - 1h}) == "past");
    CHECK(refused({some, "20", machine_id("GRINDER"), s.operation(some).planned->start}) == "predecessor");
}

TEST_CASE("what is pinned does not begin before its time, and may be moved again when it is free")
{
    planned_shop s;
    const auto first = s.on(lathe_1, false);
    const auto start = s.host.now() + 5h;
    REQUIRE(s.say("plant", schedule::move{first, "10", lathe_1, start}).result == runtime::outcome::accepted);
    s.controllers = s.picks = true;
    s.work(120);
    CHECK(s.operation(first).sent.run == 0);
    REQUIRE(s.say("plant", schedule::unpin{first, "10"}).result == runtime::outcome::accepted);
    CHECK_FALSE(s.operation(first).pinned);
    CHECK(s.work_until([&] { return s.operation(first).sent.run != 0; }, 600));
}

TEST_CASE("an operation is pinned where it stands, and what is begun cannot be")
{
    planned_shop s;
    const auto some = s.on(lathe_2, true);
    const auto place = *s.operation(some).planned;
    REQUIRE(s.say("plant", schedule::pin{some, "10"}).result == runtime::outcome::accepted);
    REQUIRE(s.operation(some).pinned);
    CHECK(s.operation(some).pinned->start == place.start);
    CHECK(s.operation(some).pinned->machine == place.machine);
    CHECK(s.say("plant", schedule::pin{"WO-NONE-1", "10"}).reason == "unknown_operation");
    CHECK(s.say("plant", schedule::unpin{"WO-NONE-1", "10"}).reason == "unknown_operation");
}
