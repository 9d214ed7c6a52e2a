#include <catch2/catch.hpp>

#include "actors/eam/maintenance_order.hpp"
#include "actors/hrm/roster.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;

namespace {

/// Two of the maintenance crew, and orders for them.
struct crew : test::shop_floor {
    crew()
    {
        for (const auto* who : {"max", "mia"}) say(who, operator_::define{who, {"maintenance"}, {}, ""});
    }
    void order(const std::string& key, anomaly::severity how)
    {
        host.tell(key, maintenance_order::create{"LATHE-1", "noise", how, {}});
        host.settle();
    }
    std::string who_has(const std::string& order)
    {
        return host.state<maintenance_order::state>({"maintenance_order", order}).person;
    }
};

} // namespace

TEST_CASE("the most urgent order gets the first who comes, and of equals the oldest")
{
    crew c;
    c.order("A", anomaly::severity::warning);
    c.order("B", anomaly::severity::critical);
    c.order("C", anomaly::severity::warning);
    CHECK(c.who_has("B").empty());
    c.say("max", operator_::clock_in{});
    CHECK(c.who_has("B") == "max");
    CHECK(c.who_has("A").empty());
    c.say("mia", operator_::clock_in{});
    CHECK(c.who_has("A") == "mia");
    c.say("B", maintenance_order::report_done{"max", "bearing", ""});
    CHECK(c.who_has("C") == "max");
}

TEST_CASE("nobody has two orders, and who has left gets none")
{
    crew c;
    c.say("max", operator_::clock_in{});
    c.order("A", anomaly::severity::warning);
    c.order("B", anomaly::severity::critical);
    CHECK(c.who_has("A") == "max");
    CHECK(c.who_has("B").empty());
    c.say("max", operator_::clock_out{});
    c.say("A", maintenance_order::report_done{"max", "bearing", ""});
    CHECK(c.who_has("B").empty());
}

TEST_CASE("whoever begins an order has it, and it is not given away any more")
{
    crew c;
    c.order("A", anomaly::severity::warning);
    c.say("A", maintenance_order::start{"on-call"});
    CHECK(c.who_has("A") == "on-call");
    c.say("max", operator_::clock_in{});
    CHECK(c.who_has("A") == "on-call");
    c.order("B", anomaly::severity::warning);
    CHECK(c.who_has("B") == "max");
    CHECK(c.say("A", maintenance_order::report_done{"on-call", "", ""}).field == "cause");
    c.say("A", maintenance_order::report_done{"on-call", "bearing", ""});
    CHECK(c.say("A", maintenance_order::start{"max"}).reason == "order_ended");
}
