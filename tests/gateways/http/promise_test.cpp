#include <catch2/catch.hpp>

#include "gateways/http/promise.hpp"
#include "messages/core/json_write.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using test::pieces;
using test::shop_floor;

namespace {

http::promise_answer promise(shop_floor& f, const char* product, std::int64_t amount, std::optional<instant> due = {})
{
    http::promise_question question;
    question.product = product;
    question.quantity = pieces(amount);
    question.due = due;
    return http::promise(question, f.host.now(), [&](const entity_ref& e) {
        auto seen = f.host.view(e);
        return seen.revision == 0 ? std::string() : seen.state;
    });
}

const http::promise_step* step(const http::promise_answer& a, const char* item, const char* how)
{
    for (const auto& s : a.steps)
        if (s.item == item_id(item) && s.how == how) return &s;
    return nullptr;
}

} // namespace

TEST_CASE("what is free in stock can be promised now, and only what nobody has set aside")
{
    shop_floor f;
    f.ships = false;
    f.stock("GEAR", "L-1", 5, "FINISHED");
    CHECK(promise(f, "GEAR", 5).date == f.host.now());
    f.place("O-1", "GEAR", 2, test::in_hours(8));
    f.work(1);
    const auto five = promise(f, "GEAR", 5);
    REQUIRE(five.date);
    CHECK(*five.date > f.host.now());
    REQUIRE(step(five, "GEAR", "stock") != nullptr);
    CHECK(step(five, "GEAR", "stock")->quantity == pieces(3));
    CHECK(step(five, "GEAR", "make")->quantity == pieces(2));
    REQUIRE(five.alternatives.size() == 2);
    CHECK(five.alternatives[0].deliveries.front().quantity == pieces(3));
    CHECK(five.alternatives[1].deliveries.back().quantity == pieces(2));
    CHECK(five.alternatives[1].deliveries.back().date == *five.date);
}

TEST_CASE("what must be made waits for its components, each by stock, purchase or its own work order")
{
    shop_floor f;
    const auto answer = promise(f, "GEAR", 2, f.host.now());
    REQUIRE(answer.possible);
    const auto* bolts = step(answer, "BOLT", "buy");
    const auto* bars = step(answer, "BAR", "buy");
    const auto* shafts = step(answer, "SHAFT", "make");
    const auto* gears = step(answer, "GEAR", "make");
    REQUIRE((bolts != nullptr && bars != nullptr && shafts != nullptr && gears != nullptr));
    CHECK(bolts->quantity == pieces(4));
    CHECK(*bars->ready >= f.host.now() + std::chrono::hours(24));
    CHECK(*shafts->start >= *bars->ready);
    CHECK(*gears->start >= std::max(*shafts->ready, *bolts->ready));
    CHECK(answer.date == gears->ready);
    CHECK(answer.late_ms == *answer.date - f.host.now());
}

TEST_CASE("a machine that is full makes a promise later, and is its reason")
{
    shop_floor f;
    f.controllers = f.picks = false;
    f.stock("BAR", "L-1", 500);
    const auto before = promise(f, "SHAFT", 4);
    for (int i = 0; i < 6; ++i) f.say("SHAFT", material::replenish{pieces(60), test::in_hours(6 + i)});
    f.work(5);
    const auto after = promise(f, "SHAFT", 4);
    REQUIRE((before.date && after.date));
    CHECK(*after.date - f.host.now() > *before.date - test::monday);
    CHECK(step(after, "SHAFT", "make")->says.find("after ") == 0);
}

TEST_CASE("what nobody knows how to make has no date, and says so")
{
    shop_floor f;
    const auto answer = promise(f, "UNICORN", 1);
    CHECK_FALSE(answer.possible);
    CHECK_FALSE(answer.date);
    CHECK(answer.steps.size() == 1);
}

namespace {

const http::promise_alternative* alternative(const http::promise_answer& a, const std::string& how)
{
    for (const auto& one : a.alternatives)
        if (one.how == how) return &one;
    return nullptr;
}

} // namespace

TEST_CASE("what would be late is offered in part by the due date, and in two deliveries")
{
    shop_floor f;
    f.stock("BAR", "L-1", 500);
    const auto due = f.host.now() + std::chrono::hours(2);
    const auto answer = promise(f, "SHAFT", 100, due);
    REQUIRE(answer.late_ms > milliseconds{0});
    const auto* part = alternative(answer, "partial");
    REQUIRE(part != nullptr);
    const auto most = part->deliveries.front().quantity;
    CHECK(*promise(f, "SHAFT", most.whole(), due).date <= due);
    CHECK(*promise(f, "SHAFT", most.whole() + 1, due).date > due);

    const auto* split = alternative(answer, "split");
    REQUIRE(split != nullptr);
    REQUIRE(split->deliveries.size() == 2);
    CHECK(split->deliveries[0].quantity + split->deliveries[1].quantity == pieces(100));
    CHECK(split->deliveries[0].date <= due);
    CHECK(split->deliveries[1].date > split->deliveries[0].date);
    CHECK(promise(f, "SHAFT", 100, due + std::chrono::hours(24)).alternatives.empty());
}

TEST_CASE("what waits for the next shift is offered with overtime")
{
    shop_floor f;
    f.stock("BAR", "L-1", 500);
    schedule::define shifts;
    shifts.zone = "UTC";
    shifts.shifts = {{"early", {hrm::weekday::mon, hrm::weekday::tue, hrm::weekday::wed}, "06:00", "14:00", {}}};
    REQUIRE(f.say("plant", shifts).result == runtime::outcome::accepted);
    for (const auto* key : {"LATHE-1", "LATHE-2"}) {
        machine::define lathe;
        lathe.work_center = "WC";
        lathe.shifts = {"early"};
        f.say(key, lathe);
    }
    f.work(2);
    const auto due = f.host.now() + std::chrono::hours(12);
    const auto answer = promise(f, "SHAFT", 270, due); // nine hours on a lathe, eight in a shift
    REQUIRE(answer.late_ms > milliseconds{0});
    const auto* overtime = alternative(answer, "overtime");
    REQUIRE(overtime != nullptr);
    CHECK(overtime->deliveries.front().date < *answer.date);
    CHECK(overtime->deliveries.front().quantity == pieces(270));
    CHECK(overtime->says.find("LATHE-") != std::string::npos);
}
