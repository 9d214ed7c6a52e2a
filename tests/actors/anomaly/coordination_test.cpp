#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "actors/anomaly/playbook.hpp"
#include "actors/crm/customer.hpp"
#include "actors/erp/material.hpp"
#include "actors/feeds/feed.hpp"
#include "actors/hrm/operator.hpp"
#include "actors/kinds.hpp"
#include "actors/mes/schedule.hpp"
#include "actors/scm/purchase_order.hpp"
#include "runtime/replay_host.hpp"

using namespace takt;
using namespace std::chrono_literals;
using anomaly::case_state;
using anomaly::step_kind;
using anomaly::step_status;

namespace {

const instant monday = *parse_rfc3339("2026-01-05T06:00:00Z");
instant in(milliseconds later) { return monday + later; }

/// A plant in memory, and the cases of one of its things.
struct office {
    const kind_registry kinds = all_kinds();
    runtime::replay_host plant{kinds, monday};

    const anomaly::state& at(const std::string& kind, const entity_ref& source)
    {
        return plant.state<anomaly::state>({"anomaly", anomaly::key_of(kind, source)});
    }
    step_status step(const anomaly::state& one, step_kind what)
    {
        for (const auto& s : one.steps)
            if (s.what == what) return s.status;
        FAIL("no such step");
        return step_status::waiting;
    }
    std::size_t cases()
    {
        std::size_t n = 0;
        for (const auto& e : plant.entities()) n += e.kind() == "anomaly" ? 1 : 0;
        return n;
    }
    void check_replay() { CHECK_FALSE(plant.first_that_differs_from_replay()); }
};

/// Bars that are bought from Steelco and needed on Tuesday; Metalworks sells them too.
struct purchasing : office {
    const entity_ref order{"purchase_order", "PO-BAR-1"}, bar{"material", "BAR"};

    purchasing()
    {
        material::define d;
        d.source = material::source::buy;
        d.supplier = supplier_id("STEELCO");
        d.alternative_suppliers = {supplier_id("METALWORKS")};
        d.lead_time_ms = 24h;
        d.receiving_bin = bin_id("RAW");
        plant.ask("BAR", d);
    }
    void need(milliseconds by)
    {
        plant.tell("BAR", material::require{{"work_order", "WO-1"}, quantity::of(10), in(by), 5});
        plant.settle();
    }
    const purchase_order::state& bought(const std::string& key)
    {
        return plant.state<purchase_order::state>({"purchase_order", key});
    }
    const anomaly::state& suppliers_case() { return at("late_supplier", order); }
};

} // namespace

TEST_CASE(
    "a purchase order that does not come is a case: the supplier is asked to hurry, and it is over when all is here")
{
    purchasing p;
    p.need(24h);
    p.plant.advance(24h);
    CHECK(p.suppliers_case().state == case_state::none); // an hour is the dock's
    p.plant.advance(61min);
    REQUIRE(p.suppliers_case().state == case_state::open);
    CHECK(p.suppliers_case().owner == "purchasing");
    CHECK(p.step(p.suppliers_case(), step_kind::expedite) == step_status::done);
    CHECK(p.bought("PO-BAR-1").expedited == 1);
    CHECK(p.step(p.suppliers_case(), step_kind::buy_elsewhere) == step_status::approval); // costs money: a person's

    p.plant.ask("PO-BAR-1", purchase_order::receive{quantity::of(10), {}, {}, {}});
    p.plant.settle();
    CHECK(p.suppliers_case().state == case_state::closed);
    CHECK(p.suppliers_case().cause == "delivered_late");
    p.check_replay();
}

TEST_CASE("a purchase order that comes in time is no case")
{
    purchasing p;
    p.need(48h);
    p.plant.ask("PO-BAR-1", purchase_order::confirm{in(20h)});
    p.plant.advance(20h);
    p.plant.ask("PO-BAR-1", purchase_order::receive{quantity::of(10), {}, {}, {}});
    p.plant.advance(48h);
    CHECK(p.cases() == 0);
}

TEST_CASE("what is short because of an overdue purchase order is a symptom of that order's case, not a second one")
{
    purchasing p;
    p.need(25h);
    p.plant.advance(26h);
    REQUIRE(p.suppliers_case().state == case_state::open);
    p.plant.advance(5h);
    p.plant.tell("BAR", material::require{{"work_order", "WO-2"}, quantity::of(1), in(200h), 5}); // nets anew
    p.plant.settle();
    CHECK(p.suppliers_case().symptoms.size() == 2);
    CHECK(p.cases() == 1);
    p.check_replay();
}

TEST_CASE("what a supplier confirms too late is a shortage of the material, and bought elsewhere when somebody says so")
{
    purchasing p;
    p.need(26h);
    p.plant.ask("PO-BAR-1", purchase_order::confirm{in(90h)});
    p.plant.settle();
    const auto& short_of_bars = p.at("material_shortage", p.bar);
    REQUIRE(short_of_bars.state == case_state::open);
    CHECK(p.bought("PO-BAR-1").expedited == 1);

    const auto key = anomaly::key_of("material_shortage", p.bar);
    CHECK(p.plant.ask(key, anomaly::approve_step{step_kind::buy_elsewhere, "kaya"}).result ==
          runtime::outcome::accepted);
    p.plant.settle();
    CHECK(p.bought("PO-BAR-2").supplier == supplier_id("METALWORKS"));
    CHECK(p.bought("PO-BAR-2").quantity == quantity::of(10));
    // It comes on Tuesday, so nobody waits any more.
    CHECK(p.at("material_shortage", p.bar).state == case_state::closed);
    p.check_replay();
}

TEST_CASE("where nobody else sells it, buying elsewhere is left out and says so")
{
    purchasing p;
    material::define alone = p.plant.state<material::state>(p.bar).definition;
    alone.alternative_suppliers.clear();
    p.plant.ask("BAR", alone);
    p.need(26h);
    p.plant.ask("PO-BAR-1", purchase_order::confirm{in(90h)});
    p.plant.settle();
    const auto key = anomaly::key_of("material_shortage", p.bar);
    p.plant.ask(key, anomaly::approve_step{step_kind::buy_elsewhere, "kaya"});
    p.plant.settle();
    CHECK(p.step(p.at("material_shortage", p.bar), step_kind::buy_elsewhere) == step_status::skipped);
    CHECK(p.at("material_shortage", p.bar).state == case_state::open);
}

TEST_CASE("all orders of a customer that slip are one case, and the customer is told their dates once")
{
    office o;
    const entity_ref acme("customer", "ACME");
    o.plant.ask("ACME", customer::define{"Acme", "DE"});
    for (const auto* order : {"SO-1", "SO-2"})
        o.plant.tell("ACME", customer::note_order{order_id(order), item_id("GEAR"), quantity::of(1), in(48h)});
    o.plant.tell("ACME", customer::note_promise{order_id("SO-1"), in(40h)});
    o.plant.settle();
    CHECK(o.cases() == 0);
    o.plant.tell("ACME", customer::note_promise{order_id("SO-1"), in(50h)});
    o.plant.tell("ACME", customer::note_promise{order_id("SO-2"), in(60h)});
    o.plant.settle();
    const auto& slipping = o.at("slipping_order", acme);
    REQUIRE(slipping.state == case_state::open);
    CHECK(slipping.symptoms.size() == 2);
    CHECK(o.cases() == 1);
    CHECK(o.step(slipping, step_kind::tell_customer) == step_status::done);
    CHECK(o.step(slipping, step_kind::open_shift) == step_status::approval);
    CHECK(o.plant.state<customer::state>(acme).informed == 1);

    o.plant.tell("ACME", customer::note_promise{order_id("SO-1"), in(47h)});
    o.plant.settle();
    CHECK(o.at("slipping_order", acme).state == case_state::open); // the other one still slips
    o.plant.tell("ACME", customer::note_shipment{order_id("SO-2"), quantity::of(1), true, true});
    o.plant.settle();
    CHECK(o.at("slipping_order", acme).state == case_state::closed);
    CHECK(o.at("slipping_order", acme).cause == "shipped_late");
    o.check_replay();
}

TEST_CASE(
    "a feed that is back within half a minute is no case; one that is silent is restarted and closed when it is back")
{
    office o;
    const entity_ref mqtt("feed", "mqtt");
    o.plant.ask("mqtt", feed::report{true, ""});
    o.plant.ask("mqtt", feed::report{false, "connection refused"});
    o.plant.advance(20s);
    o.plant.ask("mqtt", feed::report{true, ""});
    o.plant.advance(60s);
    CHECK(o.cases() == 0);

    o.plant.ask("mqtt", feed::report{false, "connection refused"});
    o.plant.advance(31s);
    REQUIRE(o.at("silent_feed", mqtt).state == case_state::open);
    CHECK(o.at("silent_feed", mqtt).owner == "automation");
    CHECK(o.plant.state<feed::state>(mqtt).restarts == 1);
    o.plant.ask("mqtt", feed::report{true, ""});
    o.plant.settle();
    CHECK(o.at("silent_feed", mqtt).state == case_state::closed);
    CHECK(o.plant.state<feed::state>(mqtt).silent_ms == 51s);
    o.check_replay();
}

namespace {

/// A lathe that needs a turner: Ann in the early shift, Ben in the weekend's, Cleo in the late one.
struct turning : office {
    const entity_ref ann{"operator", "ann"};

    turning()
    {
        schedule::define when;
        when.zone = "UTC";
        using enum hrm::weekday;
        when.shifts = {{"early", {mon, tue, wed, thu, fri}, "06:00", "14:00", {}, false},
                       {"late", {mon, tue, wed, thu, fri}, "14:00", "22:00", {}, false},
                       {"weekend", {sat}, "06:00", "14:00", {}, false}};
        plant.ask("plant", when);
        machine::define lathe;
        lathe.name = "Lathe";
        lathe.work_center = work_center_id("TURNING");
        plant.ask("LATHE", lathe);
        person("ann", "early");
        person("ben", "weekend");
        person("cleo", "late");
    }
    void person(const std::string& key, const std::string& shift)
    {
        plant.ask(key, operator_::define{key, {"turning"}, {shift}, ""});
    }
    void announce_work()
    {
        schedule::planned_operation o;
        o.operation = "10";
        o.modes = {{machine_id("LATHE"), "turning", 0ms, milliseconds(10min), {}}};
        o.status = mes::operation_status::ready;
        o.quantity = quantity::of(6);
        plant.tell("plant",
                   schedule::announce_job{work_order_id("WO-1"), item_id("SHAFT"), in(48h), 5, monday, false, {o}});
        plant.settle();
    }
    const schedule::state& schedule() { return plant.state<schedule::state>({"schedule", "plant"}); }
};

} // namespace

TEST_CASE("somebody on shift whose skill is needed and who is not there is missed; a rested colleague is called in")
{
    turning t;
    t.announce_work();
    t.plant.advance(10min);
    CHECK(t.cases() == 0); // may still come
    t.plant.advance(10min);
    const auto& missing = t.at("missing_operator", t.ann);
    REQUIRE(missing.state == case_state::open);
    CHECK(t.step(missing, step_kind::call_in) == step_status::done);
    CHECK(t.step(missing, step_kind::plan_without) == step_status::done);
    const auto& called = t.plant.state<operator_::state>({"operator", "ben"}).called;
    REQUIRE(called.size() == 1); // Cleo works at two: not she
    CHECK(called.front().to == in(8h));
    CHECK(t.plant.state<operator_::state>({"operator", "cleo"}).called.empty());
    // The plan counts on Ben, not on Ann.
    t.plant.advance(2min);
    const auto& planned = t.schedule().jobs.at(work_order_id("WO-1")).operations.front().planned;
    REQUIRE(planned);
    CHECK(planned->person == operator_id("ben"));
    CHECK(planned->start < in(1h));

    t.plant.ask("ann", operator_::clock_in{});
    t.plant.settle();
    CHECK(t.at("missing_operator", t.ann).state == case_state::closed);
    CHECK(t.at("missing_operator", t.ann).cause == "came");
    t.check_replay();
}

TEST_CASE("a case of a missing person ends with the shift")
{
    turning t;
    t.announce_work();
    t.plant.advance(30min);
    REQUIRE(t.at("missing_operator", t.ann).state == case_state::open);
    t.plant.advance(8h);
    CHECK(t.at("missing_operator", t.ann).state == case_state::closed);
    CHECK(t.at("missing_operator", t.ann).cause == "shift_over");
}

TEST_CASE("nobody is missed while there is nothing to do, or while somebody else can do it")
{
    const bool work = GENERATE(false, true);
    turning t;
    if (work) {
        t.plant.ask("cleo", operator_::clock_in{});
        t.announce_work();
    }
    t.plant.advance(2h);
    CHECK(t.cases() == 0);
}

TEST_CASE("a playbook with no steps leaves everything to people")
{
    office o;
    auto alone = playbook::built_in("silent_feed");
    alone.steps.clear();
    o.plant.ask("silent_feed", alone);
    o.plant.ask("mqtt", feed::report{false, "gone"});
    o.plant.advance(31s);
    const entity_ref mqtt("feed", "mqtt");
    CHECK(o.at("silent_feed", mqtt).state == case_state::open);
    CHECK(o.plant.state<feed::state>(mqtt).restarts == 0);
}
