#include "tests/actors/plant/floor.hpp"

#include "actors/kinds.hpp"
#include "messages/crm/customer.hpp"
#include "messages/eam/asset.hpp"
#include "messages/plm/product.hpp"
#include "messages/scm/supplier.hpp"

namespace takt::test {
namespace {

const kind_registry& kinds()
{
    static const kind_registry all = all_kinds();
    return all;
}

constexpr milliseconds minute{60'000};
constexpr milliseconds day{24 * 3'600'000};

plm::routing_step step(std::string operation, std::vector<plm::operation_mode> modes, std::string family)
{
    plm::routing_step s;
    s.operation = std::move(operation);
    s.work_center = "WC";
    s.modes = std::move(modes);
    s.setup_family = std::move(family);
    return s;
}

takt::material::define bought(const char* supplier, milliseconds lead_time)
{
    takt::material::define d;
    d.supplier = supplier_id(supplier);
    d.lead_time_ms = lead_time;
    d.receiving_bin = "DOCK";
    return d;
}

takt::material::define made(milliseconds lead_time)
{
    takt::material::define d;
    d.source = takt::material::source::make;
    d.lead_time_ms = lead_time;
    return d;
}

} // namespace

shop_floor::shop_floor(std::uint64_t seed, runtime::mishaps what_goes_wrong)
    : host(kinds(), monday, seed, what_goes_wrong)
{
    define_resources();
    define_items();
}

runtime::answer shop_floor::ask(entity_ref target, message command)
{
    // the same identity until there is an answer: a crash may have lost the command, or only the answer
    const auto sender = "key/test-" + std::to_string(++next_ask_);
    std::optional<runtime::answer> got;
    while (!got) {
        host.send({target, command, sender, 1, 0}, [&](const runtime::answer& a) { got = a; });
        host.settle();
    }
    return *got;
}

void shop_floor::define_resources()
{
    for (const auto* bin : {"DOCK", "RAW", "LINE", "PARTS", "FINISHED"}) say(bin, bin::define{"zone"});
    for (const auto* key : {"LATHE-1", "LATHE-2", "GRINDER", "BENCH"}) {
        takt::machine::define m;
        m.work_center = "WC";
        m.asset = asset_id(std::string("A-") + key);
        say(key, m);
    }
    takt::machine::define oven;
    oven.work_center = "HEAT";
    oven.capacity = 2;
    say("OVEN", oven);
    for (const auto* key : {"ann", "bob", "cid"}) {
        say(key, operator_::define{key, {"turning", "grinding", "assembly"}, {}, ""});
        say(key, operator_::clock_in{});
    }
    say("S-1", supplier::define{"Steel and Son", day, {}});
    say("C-1", customer::define{"Customer", "DE"});
}

void shop_floor::define_items()
{
    auto bar = bought("S-1", day);
    bar.inspection = qms::inspection_plan{"incoming", 3, 0, {}};
    say("BAR", bar);
    say("BOLT", bought("S-1", day / 2));
    say("SHAFT", made(std::chrono::hours(4)));
    say("GEAR", made(std::chrono::hours(8)));

    product::define shaft;
    shaft.revision = "A";
    shaft.name = "shaft";
    shaft.bom = {{"BAR", {500}}}; // half a bar for each
    shaft.staging_bin = "LINE";
    shaft.output_bin = "PARTS";
    shaft.routing = {
        step("10", {{"LATHE-1", "turning", 5 * minute, 2 * minute}, {"LATHE-2", "turning", 5 * minute, 2 * minute}},
             "shaft"),
        step("20", {{"GRINDER", "grinding", 3 * minute, 1 * minute}}, "shaft")};
    say("SHAFT", shaft);

    product::define gear;
    gear.revision = "A";
    gear.name = "gear";
    gear.finished = true;
    gear.bom = {{"SHAFT", pieces(1)}, {"BOLT", pieces(2)}};
    gear.staging_bin = "LINE";
    gear.output_bin = "FINISHED";
    gear.routing = {step("10", {{"BENCH", "assembly", 2 * minute, 3 * minute}}, "gear"),
                    step("20", {{"OVEN", "", 0 * minute, 30 * minute}}, "harden")};
    gear.routing[1].batch = true;
    gear.routing[1].inspection = qms::inspection_plan{"final", 2, 0, {}};
    say("GEAR", gear);
}

void shop_floor::stock(const std::string& item, const std::string& lot, std::int64_t amount, const std::string& bin)
{
    say(item, takt::material::open_stock{lot_id(lot), pieces(amount), bin_id(bin), std::nullopt});
}

runtime::answer shop_floor::place(const std::string& order, const std::string& product, std::int64_t amount,
                                  instant due, int priority)
{
    return say(order, order::place{"C-1", item_id(product), pieces(amount), due, priority});
}

std::vector<entity_ref> shop_floor::all(std::string_view kind) const
{
    std::vector<entity_ref> found;
    for (const auto& e : host.entities())
        if (e.kind() == kind) found.push_back(e);
    return found;
}

void shop_floor::report(const std::string& machine, const machine::job& job)
{
    const auto ref = mes::ref_of(job.spec);
    if (job.phase == machine::job_phase::sent) {
        say(machine, machine::confirm_job{ref});
        return;
    }
    if (job.phase == machine::job_phase::setup) {
        if (host.now() - *job.confirmed_at >= job.spec.setup_time_ms) say(machine, machine::report_setup_done{ref});
        return;
    }
    const auto whole = job.spec.run_time_ms * (job.spec.batch ? 1 : job.spec.quantity.whole());
    const auto ran = host.now() - *job.running_at;
    const auto scrap = std::min(scrap_of(job.spec), job.spec.quantity.whole());
    if (ran >= whole) {
        say(machine, machine::report_completed{ref, job.spec.quantity.whole() - scrap, scrap, 1.5});
    } else if (!job.spec.batch && ran / job.spec.run_time_ms - scrap > job.good) {
        say(machine, machine::report_progress{ref, ran / job.spec.run_time_ms - scrap, job.scrap});
    }
}

void shop_floor::serve_machines()
{
    for (const auto& m : all("machine")) {
        if (!host.state<machine::state>(m).up) continue;
        const auto jobs = host.state<machine::state>(m).jobs;
        for (const auto& job : jobs) report(std::string(m.key()), job);
    }
}

void shop_floor::serve_warehouse()
{
    for (const auto& w : all("work_order")) {
        const auto s = host.state<work_order::state>(w);
        if (picks && s.status != work_order::work_order_status::waiting_material)
            for (const auto& line : s.to_pick) say(w.key(), work_order::confirm_pick{line.lot, line.bin, std::nullopt});
    }
    for (const auto& o : all("order")) {
        const auto s = host.state<order::state>(o);
        if (ships && s.allocated && s.shipped + s.allocated >= s.quantity)
            say(o.key(), order::ship{std::nullopt, "truck"});
    }
}

void shop_floor::serve_inspectors()
{
    for (const auto& i : all("inspection")) {
        const auto s = host.state<inspection::state>(i);
        if (s.status != inspection::inspection_status::pending) continue;
        say(i.key(), inspection::record_result{inspection::sample_of(s.plan, s.quantity), defects_of(s), "ida", {}});
    }
}

void shop_floor::serve_suppliers()
{
    for (const auto& p : all("purchase_order")) {
        const auto s = host.state<purchase_order::state>(p);
        using enum purchase_order::purchase_status;
        if (s.status == open) say(p.key(), purchase_order::confirm{s.due});
        if ((s.status != confirmed && s.status != partially_received) || host.now() < *s.confirmed) continue;
        const auto amount = delivered_of(s.quantity - s.received);
        if (amount) say(p.key(), purchase_order::receive{amount, std::nullopt, std::nullopt, std::nullopt});
    }
}

void shop_floor::work(int minutes)
{
    for (int i = 0; i < minutes; ++i) {
        host.advance(minute);
        if (controllers) serve_machines();
        serve_warehouse();
        serve_inspectors();
        serve_suppliers();
    }
}

bool shop_floor::work_until(const std::function<bool()>& holds, int minutes)
{
    const auto nobody_works = [&] {
        for (const auto& m : all("machine"))
            if (!machine(std::string(m.key())).jobs.empty()) return false;
        return true;
    };
    for (int i = 0; i < minutes && !holds(); ++i) {
        work(1);
        if (!nobody_works()) continue;
        host.advance(4 * minute); // waiting for deliveries takes days
        i += 4;
    }
    return holds();
}

std::string shop_floor::violations()
{
    std::string wrong;
    const auto complain = [&](const entity_ref& e, const std::string& what) { wrong += e.path() + ": " + what + "\n"; };
    std::map<std::string, takt::quantity> in_bins, of_item;
    for (const auto& b : all("bin"))
        for (const auto& [key, c] : host.state<bin::state>(b).contents) {
            in_bins[key.text] += c.quantity;
            if (c.quantity < takt::quantity{}) complain(b, "less than nothing of " + key.text);
        }
    for (const auto& l : all("lot")) {
        const auto& s = host.state<lot::state>(l);
        of_item[s.item.text] += s.on_hand;
        if (s.created + s.adjusted != s.on_hand + s.consumed + s.shipped + s.scrapped + s.returned)
            complain(l, "does not balance");
        if (s.on_hand != in_bins[std::string(l.key())]) complain(l, "is not what its bins hold");
    }
    for (const auto& m : all("material")) {
        const auto& s = host.state<material::state>(m);
        if (s.on_hand != of_item[std::string(m.key())]) complain(m, "is not what its lots hold");
        for (const auto& [key, line] : s.demands)
            for (const auto& a : line.allocations)
                if (a.quantity <= takt::quantity{}) complain(m, "sets nothing aside for " + key);
    }
    for (const auto& w : all("work_order"))
        for (const auto& o : host.state<work_order::state>(w).operations)
            if (o.good + o.scrap > o.quantity) complain(w, "made more pieces than it had");
    for (const auto& dead : all("dead_letter")) complain(dead, host.state<dead_letter::state>(dead).detail);
    return wrong;
}

} // namespace takt::test
