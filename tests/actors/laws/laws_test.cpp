#include <catch2/catch.hpp>

#include "actors/laws/plant_laws.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/eam/asset.hpp"
#include "messages/eam/maintenance_order.hpp"
#include "messages/hrm/operator.hpp"
#include "messages/mes/machine.hpp"
#include "messages/mes/schedule_downtime.hpp"
#include "messages/mes/schedule_events.hpp"
#include "messages/wms/bin.hpp"
#include "messages/wms/lot.hpp"

using namespace takt;

namespace {

const entity_ref lot_1("lot", "L-1");
const entity_ref raw("bin", "RAW-1");
const entity_ref line("bin", "LINE-1");

/// A journal written down event by event.
struct ledger {
    laws::plant_laws laws;
    std::uint64_t position = 0;

    template <class Event> ledger& saw(const entity_ref& entity, Event e)
    {
        laws.see({++position, entity, {}, make_message(std::move(e))});
        return *this;
    }

    ledger& lot_of_10_in_raw()
    {
        lot::created made;
        made.item = "STEEL";
        made.quantity = quantity::of(10);
        made.bin = "RAW-1";
        saw(lot_1, std::move(made));
        return saw(raw, bin::stored{"STEEL", "L-1", quantity::of(10), lot_1, {}});
    }

    ledger& issued(const entity_ref& from, quantity amount, wms::issue_purpose why)
    {
        saw(from, bin::issued{"STEEL", "L-1", amount, why, {}, {}, {}});
        if (why != wms::issue_purpose::move) saw(lot_1, lot::issued{bin_id(from.key()), amount, why, {}, {}});
        return *this;
    }

    const laws::finding finding(std::string_view name) const
    {
        for (const auto& f : laws.findings())
            if (f.name == name) return f;
        throw std::logic_error("no such law");
    }
    std::uint64_t violations() const
    {
        std::uint64_t sum = 0;
        for (const auto& f : laws.findings()) sum += f.violations;
        return sum;
    }
};

mes::job_spec job(const char* work_order)
{
    mes::job_spec j;
    j.work_order = work_order;
    j.operation = "10";
    j.run = 1;
    return j;
}

} // namespace

TEST_CASE("a lot that is consumed, shipped, scrapped and left over balances")
{
    ledger l;
    l.lot_of_10_in_raw()
        .issued(raw, quantity::of(3), wms::issue_purpose::consume)
        .issued(raw, quantity::of(2), wms::issue_purpose::ship)
        .issued(raw, quantity::of(1), wms::issue_purpose::scrap);
    CHECK(l.violations() == 0);
    CHECK(l.finding("material is conserved, per lot").checked == 1);
    CHECK(l.finding("material is conserved, per item").checked == 1);
}

TEST_CASE("material between two bins is not lost, but only while its message is under way")
{
    ledger l;
    l.lot_of_10_in_raw().issued(raw, quantity::of(4), wms::issue_purpose::move);
    CHECK(l.finding("material is conserved, per lot").violations == 1);
    l.laws.under_way(line, make_message(bin::put{"STEEL", "L-1", quantity::of(4), raw, {}}));
    CHECK(l.violations() == 0);
}

TEST_CASE("a put that arrives twice is found, with the lot and the event")
{
    ledger l;
    l.lot_of_10_in_raw().issued(raw, quantity::of(4), wms::issue_purpose::move);
    l.saw(line, bin::stored{"STEEL", "L-1", quantity::of(4), raw, {}});
    CHECK(l.violations() == 0);
    l.saw(line, bin::stored{"STEEL", "L-1", quantity::of(4), raw, {}});
    const auto found = l.finding("material is conserved, per lot");
    CHECK(found.violations == 1);
    CHECK(found.first->entity == lot_1);
    CHECK(found.first->position == l.position);
}

TEST_CASE("a bin that gives more than it has is found")
{
    ledger l;
    l.lot_of_10_in_raw().issued(line, quantity::of(1), wms::issue_purpose::consume);
    CHECK(l.finding("bins never hold less than nothing").violations == 1);
}

TEST_CASE("a lot that was not told what its bin gave out is found")
{
    ledger l;
    l.lot_of_10_in_raw().saw(raw,
                             bin::issued{"STEEL", "L-1", quantity::of(1), wms::issue_purpose::consume, {}, {}, {}});
    CHECK(l.finding("lots and bins tell the same").violations == 1);
    l.laws.under_way(lot_1,
                     make_message(lot::book_issue{"RAW-1", quantity::of(1), wms::issue_purpose::consume, {}, {}}));
    CHECK(l.violations() == 0);
}

TEST_CASE("a lot that nobody created cannot be consumed")
{
    ledger l;
    l.issued(raw, quantity::of(1), wms::issue_purpose::consume);
    CHECK(l.finding("every consumed lot is known").violations == 1);
}

TEST_CASE("a machine with two jobs at once is found, unless its capacity allows it")
{
    const entity_ref machine("machine", "M-1");
    for (const int capacity : {1, 2}) {
        ledger l;
        machine::define definition;
        definition.capacity = capacity;
        l.saw(machine, machine::defined{definition});
        l.saw(machine, machine::dispatched{job("WO-1"), {}}).saw(machine, machine::dispatched{job("WO-2"), {}});
        CHECK(l.finding("no machine does more than it can at once").violations == (capacity == 1 ? 1U : 0U));
    }
}

TEST_CASE("an operator may take a job when the one before is over")
{
    const entity_ref person("operator", "P-1");
    ledger l;
    l.saw(person, operator_::assigned{mes::ref_of(job("WO-1")), "M-1", {}});
    l.saw(person, operator_::released{mes::ref_of(job("WO-1")), {}, {}});
    l.saw(person, operator_::assigned{mes::ref_of(job("WO-2")), "M-1", {}});
    CHECK(l.violations() == 0);
    l.saw(person, operator_::assigned{mes::ref_of(job("WO-3")), "M-1", {}});
    CHECK(l.finding("no operator does two jobs at once").violations == 1);
}

TEST_CASE("work that is begun at a blocked machine breaks a law")
{
    const entity_ref lathe("machine", "LATHE-1");
    ledger l;
    l.saw(lathe, machine::dispatched{job("WO-1"), {}}).saw(lathe, machine::blocked{"case 1", "anomaly/A", {}});
    l.saw(lathe, machine::unblocked{"anomaly/A", {}}).saw(lathe, machine::dispatched{job("WO-2"), {}});
    CHECK(l.finding("nothing is begun at a blocked machine").violations == 0);
    l.saw(lathe, machine::blocked{"case 2", "anomaly/A", {}}).saw(lathe, machine::dispatched{job("WO-3"), {}});
    const auto broken = l.finding("nothing is begun at a blocked machine");
    CHECK(broken.violations == 1);
    CHECK(broken.first->detail == "is blocked and was given WO-3");
}

TEST_CASE("a case without an owner breaks a law, unless its playbook is on its way")
{
    const entity_ref a("anomaly", "machine_fault:machine:LATHE-1");
    const anomaly::opened opening{
        1, {"machine", "LATHE-1"}, "machine_fault", "breakdown", anomaly::severity::critical, {}, std::nullopt, {}};
    ledger owned;
    owned.saw(a, opening).saw(a, anomaly::playbook_taken{{}, {}}).saw(a, anomaly::closed{"bearing", {}, {}, {}});
    CHECK(owned.violations() == 0);
    owned.saw(a, anomaly::closed{"bearing", {}, {}, {}});
    CHECK(owned.finding("every case ends or has an owner").violations == 1);

    ledger open;
    open.saw(a, opening);
    CHECK(open.finding("every case ends or has an owner").violations == 1);
    open.laws.under_way({"playbook", "machine_fault"}, make_message(playbook::consult{std::string(a.key()), 1}));
    CHECK(open.violations() == 0);
    open.saw(a, opening);
    CHECK(open.finding("every case ends or has an owner").violations == 1);
}

TEST_CASE("a held lot that is shipped or consumed breaks a law; thrown away or put elsewhere it may be")
{
    const auto law = "nothing is shipped and nothing is consumed from a held lot";
    ledger l;
    l.lot_of_10_in_raw().issued(raw, quantity::of(1), wms::issue_purpose::consume);
    l.saw(lot_1, lot::status_changed{wms::lot_status::blocked, "rejected", {"RAW-1"}});
    CHECK(l.finding(law).violations == 1); // its bin does not know it
    l.laws.under_way(raw, make_message(bin::hold{"L-1"}));
    CHECK(l.finding(law).violations == 0);
    l.saw(raw, bin::held{"L-1"});
    l.issued(raw, quantity::of(2), wms::issue_purpose::scrap).issued(raw, quantity::of(2), wms::issue_purpose::move);
    CHECK(l.finding(law).violations == 0);
    l.issued(raw, quantity::of(1), wms::issue_purpose::ship);
    REQUIRE(l.finding(law).violations == 1);
    CHECK(l.finding(law).first->entity == raw);
    l.saw(raw, bin::released{"L-1"}).issued(raw, quantity::of(1), wms::issue_purpose::consume);
    CHECK(l.finding(law).violations == 1);
    CHECK(l.finding(law).checked == 3);
}

TEST_CASE("work at a machine that is kept free for maintenance is seen")
{
    ledger seen;
    const entity_ref plan("schedule", "plant");
    seen.saw(plan, schedule::downtime_begun{"M-1", "maintenance_order/A-1.oil.1", {}});
    seen.saw(plan, schedule::operation_sent{{"WO-1", "10", 1}, "M-2", {}, {}, {}});
    CHECK(seen.violations() == 0);
    seen.saw(plan, schedule::operation_sent{{"WO-1", "10", 2}, "M-1", {}, {}, {}});
    CHECK(seen.finding("nothing is begun at a machine that is maintained").violations == 1);
    seen.saw(plan, schedule::downtime_ended{"M-1", "maintenance_order/A-1.oil.1"});
    seen.saw(plan, schedule::operation_sent{{"WO-1", "10", 3}, "M-1", {}, {}, {}});
    CHECK(seen.violations() == 1);
}

TEST_CASE("maintenance that is ordered twice, and a technician with two orders, are seen")
{
    ledger seen;
    const entity_ref asset("asset", "A-1"), first("maintenance_order", "A-1.oil.1"),
        other("maintenance_order", "M-1.1.1");
    const auto due = [&](std::int64_t number, const char* order) {
        seen.saw(asset, asset::maintenance_due{number, "oil", "", "M-1", {}, {}, order, "calendar"});
    };
    due(1, "A-1.oil.1");
    seen.saw(first, maintenance_order::assigned{"max", {}});
    seen.saw(first, maintenance_order::done{"max", "", "", {}, {}, {}, {}, {}});
    seen.saw(asset, asset::maintenance_done{1, "oil", "max", "", {}});
    due(2, "A-1.oil.2");
    seen.saw(other, maintenance_order::assigned{"max", {}});
    CHECK(seen.violations() == 0);
    due(3, "A-1.oil.3");
    CHECK(seen.finding("maintenance is ordered once").violations == 1);
    seen.saw(first, maintenance_order::assigned{"max", {}});
    CHECK(seen.finding("no technician has two orders at once").violations == 1);
}
