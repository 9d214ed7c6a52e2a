#include <catch2/catch.hpp>

#include "actors/crm/customer.hpp"
#include "actors/scm/supplier.hpp"
#include "messages/mes/machine.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using takt::order::order_status;
using takt::work_order::work_order_status;
using test::in_hours;
using test::pieces;
using test::shop_floor;

TEST_CASE("an order is made from bought material, through two levels, and shipped")
{
    shop_floor f;
    CHECK(f.place("O-1", "GEAR", 4, in_hours(72)).result == runtime::outcome::accepted);
    CHECK(f.work_until([&] { return f.order("O-1").status == order_status::shipped; }));
    CHECK(f.order("O-1").shipped == pieces(4));
    CHECK_FALSE(f.order("O-1").late);
    CHECK(f.order("O-1").promised);
    CHECK(f.material("BAR").consumed == pieces(2));
    CHECK(f.material("BOLT").consumed == pieces(8));
    CHECK(f.material("SHAFT").consumed == pieces(4));
    CHECK(f.material("GEAR").on_hand == quantity{});
    CHECK(f.lot("L-WO-GEAR-1").parents.size() == 2);
    CHECK(f.host.state<customer::state>({"customer", "C-1"}).shipped_on_time == 1);
    CHECK(f.host.state<supplier::state>({"supplier", "S-1"}).in_full == 2);
    CHECK(f.violations() == "");
    CHECK_FALSE(f.host.first_that_differs_from_replay());
}

TEST_CASE("stock is used before anything is made or bought")
{
    shop_floor f;
    f.stock("GEAR", "L-OLD", 10, "FINISHED");
    f.place("O-1", "GEAR", 4, in_hours(8));
    f.work(2);
    CHECK(f.order("O-1").status == order_status::shipped);
    CHECK(f.all("work_order").empty());
    CHECK(f.lot("L-OLD").on_hand == pieces(6));
    CHECK(f.violations() == "");
}

TEST_CASE("scrap is topped up by another work order")
{
    shop_floor f;
    f.stock("BAR", "L-BAR", 50);
    f.stock("BOLT", "L-BOLT", 100);
    f.scrap_of = [](const mes::job_spec& j) { return j.work_order.text == "WO-GEAR-1" && j.operation == "10" ? 1 : 0; };
    f.place("O-1", "GEAR", 5, in_hours(24));
    CHECK(f.work_until([&] { return f.order("O-1").status == order_status::shipped; }));
    CHECK(f.work_order("WO-GEAR-1").good == pieces(4));
    CHECK(f.work_order("WO-GEAR-1").scrap == pieces(1));
    CHECK(f.work_order("WO-GEAR-2").good == pieces(1));
    CHECK(f.order("O-1").shipped == pieces(5));
    CHECK(f.violations() == "");
}

TEST_CASE("a rejected delivery goes back and is replaced by another purchase order")
{
    shop_floor f;
    f.stock("BOLT", "L-BOLT", 100);
    f.defects_of = [](const inspection::state& s) { return s.origin.key() == "L-PO-BAR-1-1" ? 1 : 0; };
    f.place("O-1", "GEAR", 4, in_hours(96));
    CHECK(f.work_until([&] { return f.order("O-1").status == order_status::shipped; }, 9000));
    CHECK(f.lot("L-PO-BAR-1-1").status == wms::lot_status::blocked);
    CHECK(f.lot("L-PO-BAR-1-1").returned == pieces(2));
    CHECK(f.lot("L-PO-BAR-2-1").consumed == pieces(2));
    CHECK(f.host.state<supplier::state>({"supplier", "S-1"}).returns == 1);
    CHECK(f.violations() == "");
}

TEST_CASE("deliveries in parts are used as they come")
{
    shop_floor f;
    f.stock("BOLT", "L-BOLT", 100);
    f.delivered_of = [](quantity open) { return std::min(open, pieces(1)); };
    f.place("O-1", "GEAR", 4, in_hours(96));
    CHECK(f.work_until([&] { return f.order("O-1").status == order_status::shipped; }, 9000));
    CHECK(f.lot("L-PO-BAR-1-1").consumed == pieces(1));
    CHECK(f.lot("L-PO-BAR-1-2").consumed == pieces(1));
    CHECK(f.violations() == "");
}

TEST_CASE("what fails its final inspection is reworked once and then accepted")
{
    shop_floor f;
    f.stock("SHAFT", "L-SHAFT", 10);
    f.stock("BOLT", "L-BOLT", 100);
    f.defects_of = [](const inspection::state& s) { return s.operation == "20" ? 1 : 0; };
    f.place("O-1", "GEAR", 3, in_hours(24));
    CHECK(f.work_until([&] { return f.order("O-1").status == order_status::shipped; }));
    CHECK(f.all("work_order").size() == 1);
    CHECK(f.work_order("WO-GEAR-1").operations.size() == 3);
    CHECK(f.work_order("WO-GEAR-1").operations[2].rework);
    CHECK(f.violations() == "");
}

TEST_CASE("what fails again after rework is scrapped and made anew")
{
    shop_floor f;
    f.stock("SHAFT", "L-SHAFT", 10);
    f.stock("BOLT", "L-BOLT", 100);
    f.defects_of = [](const inspection::state& s) { return s.origin.key() == "WO-GEAR-1" ? 1 : 0; };
    f.place("O-1", "GEAR", 3, in_hours(24));
    CHECK(f.work_until([&] { return f.order("O-1").status == order_status::shipped; }));
    CHECK(f.work_order("WO-GEAR-1").good == quantity{});
    CHECK(f.work_order("WO-GEAR-1").scrap == pieces(3));
    CHECK_FALSE(f.work_order("WO-GEAR-1").lot);
    CHECK(f.work_order("WO-GEAR-2").good == pieces(3));
    CHECK(f.violations() == "");
}

TEST_CASE("when a machine breaks down its work is planned on another one, and its begun job goes on later")
{
    shop_floor f;
    f.stock("BAR", "L-BAR", 100);
    f.say("SHAFT", material::replenish{pieces(30), in_hours(6)});
    f.say("SHAFT", material::replenish{pieces(30), in_hours(6)});
    REQUIRE(f.work_until([&] { return !f.machine("LATHE-1").jobs.empty() && !f.machine("LATHE-2").jobs.empty(); }, 60));
    f.work(5);
    f.say("LATHE-1", machine::report_down{"spindle", std::nullopt});
    f.say("SHAFT", material::replenish{pieces(5), in_hours(7)});
    f.work(10);
    CHECK(f.machine("LATHE-1").jobs.size() == 1);
    const auto third = f.schedule().jobs.at("WO-SHAFT-3").operations.front();
    REQUIRE(third.planned);
    CHECK(third.planned->machine == "LATHE-2");
    f.work(30);
    f.say("LATHE-1", machine::report_up{});
    CHECK(f.work_until([&] { return f.material("SHAFT").on_hand == pieces(65); }));
    CHECK(f.violations() == "");
}

TEST_CASE("a cancelled order gives its stock to the next one")
{
    shop_floor f;
    f.ships = false;
    f.stock("GEAR", "L-OLD", 4, "FINISHED");
    f.place("O-1", "GEAR", 4, in_hours(8));
    f.place("O-2", "GEAR", 4, in_hours(9));
    CHECK(f.order("O-1").status == order_status::allocated);
    CHECK(f.order("O-2").status == order_status::open);
    f.say("O-1", order::cancel{"not needed"});
    CHECK(f.order("O-1").status == order_status::cancelled);
    CHECK(f.order("O-2").status == order_status::allocated);
    CHECK(f.say("O-1", order::ship{}).reason == "already_cancelled");
    CHECK(f.violations() == "");
}

TEST_CASE("an order is shipped in parts, and not cancelled any more")
{
    shop_floor f;
    f.ships = false;
    f.stock("GEAR", "L-OLD", 4, "FINISHED");
    f.place("O-1", "GEAR", 4, in_hours(8));
    CHECK(f.say("O-1", order::ship{pieces(5), ""}).reason == "more_than_allocated");
    CHECK(f.say("O-1", order::ship{pieces(1), ""}).result == runtime::outcome::accepted);
    CHECK(f.order("O-1").status == order_status::partially_shipped);
    CHECK(f.say("O-1", order::cancel{"late"}).reason == "already_shipped");
    f.say("O-1", order::ship{});
    CHECK(f.order("O-1").status == order_status::shipped);
    CHECK(f.violations() == "");
}

TEST_CASE("a lot that is blocked after it was staged is replaced before work begins")
{
    shop_floor f;
    f.controllers = false;
    f.stock("SHAFT", "L-A", 3);
    f.stock("BOLT", "L-BOLT", 100);
    f.place("O-1", "GEAR", 3, in_hours(48));
    REQUIRE(f.work_until([&] { return f.work_order("WO-GEAR-1").status == work_order_status::staged; }, 10));
    f.say("L-A", lot::block{"crack found"});
    CHECK(f.work_order("WO-GEAR-1").status == work_order_status::waiting_material);
    CHECK(f.lot("L-A").consumed == quantity{});
    f.stock("SHAFT", "L-B", 3);
    f.controllers = true;
    CHECK(f.work_until([&] { return f.order("O-1").status == order_status::shipped; }));
    CHECK(f.lot("L-B").consumed == pieces(3));
    CHECK(f.lot("L-A").consumed == quantity{});
    CHECK(f.violations() == "");
}

TEST_CASE("an order for what nobody makes is rejected, and its customer's list is clean")
{
    shop_floor f;
    f.place("O-1", "DREAM", 1, in_hours(8));
    CHECK(f.order("O-1").status == order_status::rejected);
    CHECK(f.host.state<customer::state>({"customer", "C-1"}).open.empty());
}

TEST_CASE("the due date that passes makes an order late, once")
{
    shop_floor f;
    f.place("O-1", "GEAR", 1, in_hours(1));
    CHECK(f.order("O-1").expected_late);
    f.work(61);
    CHECK(f.order("O-1").late);
    CHECK(f.work_until([&] { return f.order("O-1").status == order_status::shipped; }));
    CHECK(f.host.state<customer::state>({"customer", "C-1"}).shipped_late == 1);
}

TEST_CASE("a controller that does not confirm is told again, then the job is given back")
{
    shop_floor f;
    f.controllers = false;
    f.stock("BAR", "L-BAR", 100);
    f.say("SHAFT", material::replenish{pieces(4), in_hours(6)});
    REQUIRE(f.work_until([&] { return f.machine("LATHE-1").jobs.size() + f.machine("LATHE-2").jobs.size() == 1; }, 60));
    const std::string at = f.machine("LATHE-1").jobs.empty() ? "LATHE-2" : "LATHE-1";
    const auto first = f.machine(at).jobs.front().spec.run;
    f.work(3);
    CHECK(f.machine(at).jobs.front().repeats == 1);
    CHECK(f.work_until([&] { return f.machine(at).jobs.empty() || f.machine(at).jobs.front().spec.run != first; }, 10));
    CHECK(f.say(at, machine::confirm_job{{"WO-SHAFT-1", "10", first}}).reason == "unknown_job");
    f.controllers = true;
    CHECK(f.work_until([&] { return f.material("SHAFT").on_hand == pieces(4); }));
    CHECK(f.violations() == "");
}
