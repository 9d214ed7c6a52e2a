#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "actors/anomaly/playbook.hpp"
#include "actors/crm/customer.hpp"
#include "actors/plm/product.hpp"
#include "actors/qms/nonconformance.hpp"
#include "actors/qms/sampling.hpp"
#include "actors/scm/supplier.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using anomaly::case_state;
using anomaly::stage;
using anomaly::step_kind;
using nonconformance::disposition;
using test::pieces;

namespace {

/// The shop, with inspectors who find what a test wants them to.
struct quality_floor : test::shop_floor {
    const entity_ref incoming{"sampling", sampling::key_of("BAR", "incoming", "S-1")};
    const entity_ref final_inspection{"sampling", sampling::key_of("GEAR", "final", "")};

    const anomaly::state& of(const entity_ref& source)
    {
        return host.state<anomaly::state>({"anomaly", anomaly::key_of("quality", source)});
    }
    const nonconformance::state& nonconformance(const std::string& key)
    {
        return host.state<nonconformance::state>({"nonconformance", key});
    }
    const sampling::state& series(const entity_ref& source) { return host.state<sampling::state>(source); }

    /// A purchase of bars that is delivered at once; the key of its lot.
    std::string deliver(const std::string& order, std::int64_t amount)
    {
        purchase_order::create po;
        po.supplier = "S-1";
        po.item = "BAR";
        po.quantity = pieces(amount);
        po.due = host.now();
        po.receiving_bin = "DOCK";
        po.inspection = qms::inspection_plan{"incoming", 3, 0, {}};
        say(order, po);
        say(order, purchase_order::confirm{host.now()});
        say(order, purchase_order::receive{pieces(amount), std::nullopt, "HEAT-77", std::nullopt});
        return "L-" + order + "-1";
    }
    runtime::answer judge(const std::string& inspection, std::int64_t defects)
    {
        const auto s = host.state<inspection::state>({"inspection", inspection});
        return say(inspection,
                   inspection::record_result{inspection::sample_of(s.plan, s.quantity), defects, "ines", {}});
    }
    /// People decide what becomes of the pieces.
    void decided_by_people()
    {
        auto careful = playbook::built_in("quality");
        for (auto& step : careful.steps) step.automatic = step.step != step_kind::dispose;
        REQUIRE(say("quality", careful).result == runtime::outcome::accepted);
    }
    bool told(const entity_ref& source, const std::string& what)
    {
        const auto& all = of(source).timeline;
        return std::any_of(all.begin(), all.end(),
                           [&](const anomaly::moment& m) { return m.what.find(what) != std::string::npos; });
    }
    /// Gears whose final inspection finds everything bad, until it has been said once.
    std::string reject_gears()
    {
        stock("SHAFT", "L-SHAFT", 20, "PARTS");
        stock("BOLT", "L-BOLT", 40);
        place("O-9", "GEAR", 10, test::in_hours(48));
        bool once = false;
        defects_of = [&once](const inspection::state& s) -> std::int64_t {
            if (s.item != item_id("GEAR") || once) return 0;
            once = true;
            return 2;
        };
        REQUIRE(work_until([&] { return of(final_inspection).state != case_state::none; }));
        defects_of = [](const inspection::state&) { return 0; };
        return std::string(of(final_inspection).quality.bad.front().what.what.key());
    }
};

} // namespace

TEST_CASE("a rejected delivery goes back, the supplier's score tells, and the case ends with the next good lot")
{
    quality_floor f;
    const auto lot = f.deliver("PO-1", 20);
    f.judge("Q-" + lot, 1);
    const auto it = f.of(f.incoming);
    CHECK(it.kind == "quality");
    CHECK(it.trace == "quality:sampling/BAR:incoming:S-1/1");
    CHECK(it.owner == "quality");
    CHECK(it.cause == "supplier S-1");
    CHECK(it.stage == stage::verify);
    CHECK(it.state == case_state::open);
    CHECK(f.told(f.incoming, "lot/" + lot + " is bad: 20 of BAR"));
    CHECK(f.told(f.incoming, "their lot HEAT-77"));

    const auto& nc = f.nonconformance("NC-" + lot + "-S1.1");
    CHECK(nc.status == nonconformance::status::done);
    CHECK(*nc.chosen == disposition::return_to_supplier);
    CHECK(nc.detail == "went back to the supplier");
    CHECK(nc.by == "playbook");
    CHECK(f.lot(lot).returned == pieces(20));
    const auto& supplier = f.host.state<supplier::state>({"supplier", "S-1"});
    CHECK(supplier.lots_inspected == 1);
    CHECK(supplier.lots_rejected == 1);
    CHECK(supplier.returns == 1);

    f.judge("Q-" + f.deliver("PO-2", 20), 0);
    CHECK(f.of(f.incoming).state == case_state::closed);
    CHECK(f.of(f.incoming).cause == "supplier S-1");
    CHECK(f.violations() == "");
    CHECK_FALSE(f.host.first_that_differs_from_replay());
}

TEST_CASE("bad deliveries of one item from one supplier are one case, which begins again with the next bad lot")
{
    quality_floor f;
    f.judge("Q-" + f.deliver("PO-1", 20), 1);
    REQUIRE(f.of(f.incoming).stage == stage::verify);
    const auto second = f.deliver("PO-2", 20);
    f.judge("Q-" + second, 2);
    CHECK(f.of(f.incoming).number == 1);
    CHECK(f.of(f.incoming).quality.bad.size() == 2);
    CHECK(f.lot(second).returned == pieces(20));
    CHECK(f.of(f.incoming).stage == stage::verify);
    f.judge("Q-" + f.deliver("PO-3", 20), 0);
    CHECK(f.of(f.incoming).state == case_state::closed);
}

TEST_CASE("a person may use a rejected delivery as it is, and says why")
{
    quality_floor f;
    f.decided_by_people();
    const auto lot = f.deliver("PO-1", 20);
    f.judge("Q-" + lot, 1);
    const auto nc = "NC-" + lot + "-S1.1";
    CHECK(f.nonconformance(nc).status == nonconformance::status::open);
    CHECK(f.nonconformance(nc).proposed == disposition::return_to_supplier);
    CHECK(f.lot(lot).status == wms::lot_status::blocked);
    CHECK(f.of(f.incoming).stage == stage::correct);
    CHECK(f.say(nc, nonconformance::dispose{disposition::rework, "mara", ""}).reason == "no_rework");
    CHECK(f.say(nc, nonconformance::dispose{disposition::use_as_is, "mara", ""}).field == "reason");
    CHECK(f.say(nc, nonconformance::dispose{disposition::use_as_is, "", "x"}).field == "by");
    f.say(nc, nonconformance::dispose{disposition::use_as_is, "mara", "only the coating is off"});
    CHECK(f.lot(lot).status == wms::lot_status::unrestricted);
    CHECK(f.nonconformance(nc).status == nonconformance::status::done);
    CHECK(f.say(nc, nonconformance::dispose{disposition::scrap, "mara", ""}).reason == "already_disposed");
    CHECK(f.of(f.incoming).stage == stage::verify);
    CHECK(f.of(f.incoming).acknowledged_by == "mara"); // who decides takes care
}

TEST_CASE("rejected pieces in process are reworked, and scrapped if they are rejected again")
{
    quality_floor f;
    const auto wo = f.reject_gears();
    CHECK(f.told(f.final_inspection, "20 at OVEN"));
    CHECK(f.of(f.final_inspection).cause == "operation 20 at OVEN");
    CHECK_FALSE(f.work_order(wo).held); // it was stopped, and goes on with the rework
    REQUIRE(f.work_order(wo).operations.size() == 3);
    CHECK(f.work_order(wo).operations.back().key == "20-R");
    f.defects_of = [](const inspection::state& s) -> std::int64_t { return s.operation == "20-R" ? 2 : 0; };
    REQUIRE(f.work_until([&] { return f.work_order(wo).status == work_order::work_order_status::completed; }));
    CHECK(f.work_order(wo).good == pieces(0));
    CHECK(f.work_order(wo).scrap == f.work_order(wo).quantity);
    CHECK(f.of(f.final_inspection).number == 1);
    f.defects_of = [](const inspection::state&) { return 0; };
    REQUIRE(f.work_until([&] { return f.of(f.final_inspection).state == case_state::closed; })); // the top-up order
    CHECK(f.violations() == "");
}

TEST_CASE("a person decides that rejected pieces go on as they are, or are thrown away")
{
    const auto how = GENERATE(disposition::use_as_is, disposition::scrap);
    quality_floor f;
    f.decided_by_people();
    const auto wo = f.reject_gears();
    CHECK(f.work_order(wo).held);
    CHECK(f.work_order(wo).operations.back().rejected);
    f.work(60);
    CHECK(f.work_order(wo).status == work_order::work_order_status::in_progress); // nothing happens by itself
    f.say("NC-" + wo + "-S1.1", nonconformance::dispose{how, "mara", "says the customer"});
    CHECK(f.work_order(wo).status == work_order::work_order_status::completed);
    CHECK(f.work_order(wo).good == (how == disposition::scrap ? pieces(0) : pieces(10)));
    CHECK(f.nonconformance("NC-" + wo + "-S1.1").quantity == pieces(10));
}

TEST_CASE("a complaint is traced to the lot: what is left of it and what has it is held, inspected and freed")
{
    quality_floor f;
    f.ships = false;
    f.stock("GEAR", "L-G", 10, "FINISHED");
    f.place("O-1", "GEAR", 4, test::in_hours(8));
    CHECK(f.say("O-1", order::complain{"Mr Li", "noisy", {}, {}}).reason == "nothing_shipped");
    f.say("O-1", order::ship{});
    CHECK(f.say("O-1", order::complain{"Mr Li", "noisy", lot_id("L-9"), {}}).field == "lot");
    REQUIRE(f.say("O-1", order::complain{"Mr Li", "noisy", {}, {}}).result == runtime::outcome::accepted);
    const entity_ref lot("lot", "L-G");
    REQUIRE(f.of(lot).state == case_state::open);
    CHECK(f.lot("L-G").status == wms::lot_status::blocked);
    REQUIRE(f.of(lot).customers_orders.size() == 1);
    CHECK(f.order("O-1").suspect.size() == 1);
    const auto& customer = f.host.state<customer::state>({"customer", "C-1"});
    CHECK(customer.complaints == 1);
    CHECK(customer.suspect_shipments == 1);
    f.judge(f.of(lot).quarantine.front().inspection->text, 0);
    CHECK(f.lot("L-G").status == wms::lot_status::unrestricted);
    f.host.advance(11min);
    CHECK(f.of(lot).state == case_state::closed);
    CHECK(f.order("O-1").suspect.empty()); // they can be told
}

TEST_CASE("what a person suspects is held with all that has it")
{
    quality_floor f;
    f.decided_by_people();
    const auto wo = f.reject_gears();
    const entity_ref bolts("lot", "L-BOLT");
    CHECK(f.say(anomaly::key_of("quality", f.final_inspection), anomaly::suspect{"mara", {"bin", "RAW"}}).field ==
          "what");
    f.say(anomaly::key_of("quality", f.final_inspection), anomaly::suspect{"mara", bolts});
    CHECK(f.lot("L-BOLT").status == wms::lot_status::blocked);
    const auto& held = f.of(f.final_inspection).quarantine;
    REQUIRE_FALSE(held.empty());
    f.judge(held.back().inspection->text, 1);
    CHECK(f.of(f.final_inspection).quality.bad.size() == 2); // the work order's pieces, and the bolts
    CHECK(f.of(f.final_inspection).quality.bad.back().what.what == bolts);
}

TEST_CASE(
    "deliveries are sampled by their size, tightened after two of five rejected, and a supplier is stopped at last")
{
    quality_floor f;
    qms::inspection_plan plan{"iqc", 1, 0, {}, 1.0};
    const entity_ref series{"sampling", sampling::key_of("BAR", "iqc", "S-1")};
    int n = 0;
    const auto next = [&](std::int64_t defects) {
        purchase_order::create po;
        po.supplier = "S-1";
        po.item = "BAR";
        po.quantity = pieces(2000);
        po.due = f.host.now();
        po.receiving_bin = "DOCK";
        po.inspection = plan;
        const auto order = "PO-" + std::to_string(++n);
        f.say(order, po);
        f.say(order, purchase_order::receive{pieces(2000), std::nullopt, std::nullopt, std::nullopt});
        const auto key = "Q-L-" + order + "-1";
        f.judge(key, defects);
        return f.host.state<inspection::state>({"inspection", key});
    };
    const auto first = next(3);
    CHECK(first.plan.sample_size == 125); // code letter K
    CHECK(first.plan.accept_number == 3);
    CHECK(first.drawn->letter == "K");
    CHECK(first.status == inspection::inspection_status::accepted);
    next(4);
    next(4);
    CHECK(f.series(series).switching.severity == qms::severity::tightened);
    CHECK(next(3).plan.accept_number == 2);
    for (int i = 0; i < 4; ++i) next(9);
    CHECK(f.series(series).switching.severity == qms::severity::discontinued);
    CHECK(f.of(series).severity == anomaly::severity::critical);
    CHECK(next(0).inspected == 2000);
    CHECK(f.say(series.key(), sampling::resume{"mara", ""}).field == "reason");
    f.say(series.key(), sampling::resume{"mara", "new foundry"});
    CHECK(f.series(series).switching.severity == qms::severity::tightened);
    for (int i = 0; i < 5; ++i) next(0);
    CHECK(f.series(series).switching.severity == qms::severity::normal);
    CHECK(f.of(series).state == case_state::closed);
}

TEST_CASE("rejected pieces go through the operations of their rework route")
{
    quality_floor f;
    product::define gear;
    REQUIRE(f.host.state<material::state>({"material", "GEAR"}).is_defined);
    gear.revision = "B";
    gear.name = "gear";
    gear.bom = {{"SHAFT", pieces(1)}, {"BOLT", pieces(2)}};
    gear.staging_bin = "LINE";
    gear.output_bin = "FINISHED";
    plm::routing_step assemble;
    assemble.operation = "10";
    assemble.work_center = "WC";
    assemble.modes = {{"BENCH", "assembly", 120s, 180s}};
    auto harden = assemble;
    harden.operation = "20";
    harden.work_center = "HEAT";
    harden.modes = {{"OVEN", "", 0s, 1800s}};
    harden.batch = true;
    harden.inspection = qms::inspection_plan{"final", 2, 0, {}};
    harden.rework = {"30"};
    gear.routing = {assemble, harden};
    CHECK(f.say("GEAR", gear).field == "routing/1/rework");
    gear.routing[1].rework = {"10", "20"};
    REQUIRE(f.say("GEAR", gear).result == runtime::outcome::accepted);
    const auto wo = f.reject_gears();
    const auto& all = f.work_order(wo).operations;
    REQUIRE(all.size() == 4);
    CHECK(all[2].key == "10-R");
    CHECK(all[3].key == "20-R");
    CHECK_FALSE(all[2].inspection);
    CHECK(all[3].inspection);
    REQUIRE(f.work_until([&] { return f.work_order(wo).lot.has_value(); }));
    CHECK(f.work_order(wo).good == pieces(10));
    CHECK(f.violations() == "");
}
