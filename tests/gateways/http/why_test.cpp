#include <catch2/catch.hpp>

#include "gateways/http/why.hpp"
#include "messages/core/json_write.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using test::shop_floor;

namespace {

http::why_answer why(shop_floor& f, const entity_ref& entity)
{
    return http::why(entity, f.host.now(), [&](const entity_ref& e) { return f.host.view(e).state; });
}

const http::why_step* step(const http::why_answer& a, const std::string& kind)
{
    for (const auto& s : a.steps)
        if (s.kind == kind) return &s;
    return nullptr;
}

} // namespace

TEST_CASE("an order that waits for its parts says so, down to the supplier who brings the material")
{
    shop_floor f;
    f.delivered_of = [](quantity) { return quantity{}; };
    f.place("O-1", "GEAR", 2, test::in_hours(4));
    f.work(60);
    const auto answer = why(f, {"order", "O-1"});
    REQUIRE(answer.due);
    REQUIRE(answer.expected);
    CHECK(answer.late_ms == *answer.expected - *answer.due);
    REQUIRE(answer.steps.size() >= 3);
    CHECK(answer.steps.front().kind == "supply");
    CHECK(answer.steps.front().subject == "work_order/WO-GEAR-1");
    CHECK(answer.steps.back().kind == "purchase");
    CHECK(answer.steps.back().subject == "S-1");
    for (const auto& s : answer.steps) CHECK_FALSE(s.says.empty());
}

TEST_CASE("a work order that waits for a machine names it and the work that is there")
{
    shop_floor f;
    f.controllers = f.picks = false;
    f.stock("BAR", "L-1", 100);
    for (int i = 0; i < 4; ++i) f.say("SHAFT", material::replenish{test::pieces(8), test::in_hours(6 + i)});
    f.work(5);
    bool machine_named = false;
    for (int i = 1; i <= 4; ++i) {
        const auto answer = why(f, {"work_order", "WO-SHAFT-" + std::to_string(i)});
        REQUIRE_FALSE(answer.steps.empty());
        if (const auto* s = step(answer, "machine")) {
            machine_named = true;
            CHECK(s->says.find("machine " + s->subject + " does ") == 0);
        }
    }
    CHECK(machine_named);
}

TEST_CASE("what is set aside needs no reason, and what nobody knows has none")
{
    shop_floor f;
    f.ships = false;
    f.stock("GEAR", "L-1", 5, "FINISHED");
    f.place("O-1", "GEAR", 2, test::in_hours(8));
    f.work(2);
    const auto answer = why(f, {"order", "O-1"});
    REQUIRE(answer.steps.size() == 1);
    CHECK(answer.steps.front().kind == "stock");
    CHECK(answer.late_ms == milliseconds{0});
    CHECK(why(f, {"order", "O-9"}).steps.empty());
}
