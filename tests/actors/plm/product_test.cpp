#include <catch2/catch.hpp>

#include "actors/plm/product.hpp"
#include "messages/erp/material.hpp"
#include "messages/mes/work_order.hpp"

using namespace takt;
using std::chrono::minutes;

namespace {

const instant monday = *parse_rfc3339("2026-01-05T06:00:00Z");

product::define shaft(const std::string& revision)
{
    plm::routing_step turn;
    turn.operation = "10";
    turn.modes = {{machine_id("LATHE-1"), "turning", minutes(20), minutes(4)}};
    product::define d;
    d.revision = revision;
    d.bom = {{item_id("BAR"), quantity::of(1)}};
    d.routing = {turn};
    d.staging_bin = bin_id("LINE");
    d.output_bin = bin_id("WIP");
    return d;
}

struct released_shaft {
    product::state state;

    template <class Command> decision decide(const Command& command, instant now = monday) const
    {
        return product::decide(state, command, {now, entity_ref("product/SHAFT"), "client/test"});
    }
    void take(const decision& d)
    {
        for (const auto& e : d.events()) {
            if (const auto* defined = e.as<product::revision_defined>()) product::apply(state, *defined);
            if (const auto* made = e.as<product::work_order_made>()) product::apply(state, *made);
        }
    }
    template <class Command> const Command* sent(const decision& d) const
    {
        for (const auto& e : d.effects())
            if (const auto* c = e.command.as<Command>()) return c;
        return nullptr;
    }
};

} // namespace

TEST_CASE("a work order is made with the revision in force on its day")
{
    released_shaft s;
    s.take(s.decide(shaft("A")));
    auto later = shaft("B");
    later.effective_from = monday + std::chrono::hours(24);
    s.take(s.decide(later));

    const product::make ten{work_order_id("WO-1"), quantity::of(10), monday + std::chrono::hours(48), 5};
    CHECK(s.sent<work_order::create>(s.decide(ten))->revision == "A");
    CHECK(s.sent<work_order::create>(s.decide(ten, monday + std::chrono::hours(25)))->revision == "B");
}

TEST_CASE("a work order starts as many whole pieces as are needed for the good ones expected")
{
    released_shaft s;
    auto wasteful = shaft("A");
    wasteful.scrap_allowance = 0.1;
    s.take(s.decide(wasteful));
    const auto d = s.decide(product::make{work_order_id("WO-1"), quantity::of(10), monday, 5});
    CHECK(s.sent<work_order::create>(d)->quantity == quantity::of(12)); // 10 / 0.9 is 11.1
    s.take(d);
    CHECK(s.state.made == quantity::of(12));
}

TEST_CASE("a product that is not defined fails its supply, so that nobody waits for it")
{
    released_shaft s;
    const auto d = s.decide(product::make{work_order_id("WO-1"), quantity::of(1), monday, 5});
    REQUIRE(s.sent<material::fail_supply>(d) != nullptr);
    CHECK(s.sent<material::fail_supply>(d)->supply == entity_ref("work_order/WO-1"));
    CHECK(s.sent<work_order::create>(d) == nullptr);
}

TEST_CASE("a released revision does not change")
{
    released_shaft s;
    s.take(s.decide(shaft("A")));
    CHECK(s.decide(shaft("A")).events().empty()); // the same again is no change
    auto other = shaft("A");
    other.name = "another";
    CHECK(s.decide(other).why().reason == "revision_exists");
}

TEST_CASE("a revision that cannot be made is refused with the member that is wrong")
{
    released_shaft s;
    auto d = shaft("A");
    d.bom.push_back({item_id("SHAFT"), quantity::of(1)});
    CHECK(s.decide(d).why().field == "bom/1");
    d = shaft("A");
    d.bom.push_back(d.bom.front());
    CHECK(s.decide(d).why().reason == "item_repeated");
    d = shaft("A");
    d.routing[0].modes[0].run_time_ms = minutes(0);
    CHECK(s.decide(d).why().field == "routing/0/modes");
    d = shaft("A");
    d.routing.push_back(d.routing.front());
    CHECK(s.decide(d).why().reason == "operation_repeated");
    d = shaft("A");
    d.routing.clear();
    CHECK(s.decide(d).why().reason == "routing_missing");
    d = shaft("A");
    d.scrap_allowance = 0.6;
    CHECK(s.decide(d).why().field == "scrap_allowance");
}
