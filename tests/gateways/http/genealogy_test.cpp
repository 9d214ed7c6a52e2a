#include <catch2/catch.hpp>

#include "gateways/http/genealogy.hpp"
#include "runtime/derived.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using http::link_kind;
using test::pieces;
using test::shop_floor;

namespace {

/// Asks as the HTTP door does, of the journal of the shop floor.
http::genealogy trace(shop_floor& f, const http::genealogy_question& what)
{
    const auto history = [&f](const entity_ref& entity, std::uint64_t after, std::size_t limit) {
        std::vector<runtime::fact> found;
        for (const auto& record : f.host.journal())
            for (auto& fact : runtime::facts_of(1, record))
                if (fact.entity == entity && fact.revision > after && found.size() < limit)
                    found.push_back(std::move(fact));
        return found;
    };
    return http::trace(what, {[&f](const entity_ref& e) { return f.host.view(e); }, history});
}
http::genealogy backward(shop_floor& f, const entity_ref& entity)
{
    http::genealogy_question what;
    what.entity = entity;
    return trace(f, what);
}
http::genealogy forward(shop_floor& f, const entity_ref& entity)
{
    http::genealogy_question what;
    what.entity = entity;
    what.direction = http::trace_direction::forward;
    return trace(f, what);
}

const http::genealogy_node* node(const http::genealogy& g, const std::string& path)
{
    for (const auto& n : g.nodes)
        if (n.entity.path() == path) return &n;
    return nullptr;
}
std::vector<http::genealogy_link> links(const http::genealogy& g, link_kind kind)
{
    std::vector<http::genealogy_link> found;
    for (const auto& l : g.links)
        if (l.kind == kind) found.push_back(l);
    return found;
}
quantity sum(const std::vector<http::genealogy_link>& all)
{
    quantity total;
    for (const auto& l : all) total += l.quantity;
    return total;
}

/// Two gears that went from purchased bars and bolts to their customer.
struct shipped_gears : shop_floor {
    shipped_gears()
    {
        place("O-1", "GEAR", 2, test::in_hours(72));
        REQUIRE(work_until([&] { return order("O-1").status == order::order_status::shipped; }));
        work(5);
    }
};

} // namespace

TEST_CASE("a shipped order is traced back to the suppliers' lots, with who and what made and judged it")
{
    shipped_gears f;
    const auto g = backward(f, {"order", "O-1"});
    CHECK_FALSE(g.truncated);
    REQUIRE_FALSE(g.nodes.empty());
    CHECK(g.nodes.front().entity.path() == "order/O-1");
    CHECK(sum(links(g, link_kind::shipped)) == pieces(2));

    for (const auto* kind : {"lot", "work_order", "purchase_order", "supplier", "machine", "operator", "inspection"}) {
        INFO(kind);
        CHECK(std::any_of(g.nodes.begin(), g.nodes.end(), [&](const auto& n) { return n.entity.kind() == kind; }));
    }
    // every lot that a work order on the way used is there, with exactly the amount that the lot was made of
    for (const auto& n : g.nodes) {
        if (n.entity.kind() != "lot") continue;
        const auto& lot = f.lot(std::string(n.entity.key()));
        CHECK(n.quantity == lot.created);
        for (const auto& parent : lot.parents) {
            quantity used;
            for (const auto& l : links(g, link_kind::consumed))
                if (l.to == lot.origin && l.from.key() == parent.lot.text) used += l.quantity;
            CHECK(used == parent.quantity);
        }
    }
    // a run says how many pieces it processed, and when
    const auto runs = links(g, link_kind::run);
    REQUIRE_FALSE(runs.empty());
    for (const auto& r : runs) {
        CHECK(r.quantity > quantity{});
        CHECK_FALSE(r.operation.empty());
        REQUIRE(r.at);
        REQUIRE(r.until);
        CHECK(*r.at <= *r.until);
    }
}

TEST_CASE("what a suspect lot went into is found down to the customer, and nothing of it is lost on the way")
{
    shipped_gears f;
    std::string bar;
    for (const auto& e : f.all("lot"))
        if (f.lot(std::string(e.key())).item == item_id("BAR")) bar = e.key();
    REQUIRE_FALSE(bar.empty());
    const auto g = forward(f, {"lot", bar});
    CHECK_FALSE(g.truncated);
    CHECK(node(g, "order/O-1") != nullptr);
    const auto sold = links(g, link_kind::sold);
    REQUIRE(sold.size() == 1);
    CHECK(sold.front().from.path() == "order/O-1");
    for (const auto& n : g.nodes) {
        if (!n.lot) continue;
        INFO(n.entity.path());
        const auto& w = *n.lot;
        CHECK(n.quantity + w.adjusted == w.on_hand + w.consumed + w.shipped + w.scrapped + w.returned);
        quantity consumed, shipped, in_bins;
        for (const auto& l : g.links) {
            if (l.from != n.entity) continue;
            if (l.kind == link_kind::consumed) consumed += l.quantity;
            if (l.kind == link_kind::shipped) shipped += l.quantity;
        }
        for (const auto& [bin, amount] : w.bins) in_bins += amount;
        CHECK(consumed == w.consumed);
        CHECK(shipped == w.shipped);
        CHECK(in_bins == w.on_hand);
    }
}

TEST_CASE("stock that is set aside, and work that is not done, belong to what a lot may reach")
{
    shop_floor f;
    f.controllers = false;
    f.stock("BAR", "L-1", 100);
    f.say("SHAFT", material::replenish{pieces(4), test::in_hours(20)});
    f.work(5);
    auto g = forward(f, {"lot", "L-1"});
    REQUIRE(node(g, "work_order/WO-SHAFT-1") != nullptr);
    CHECK_FALSE(links(g, link_kind::set_aside).empty());
    CHECK(links(g, link_kind::consumed).empty());

    f.controllers = true;
    REQUIRE(f.work_until([&] { return !f.work_order("WO-SHAFT-1").consumed.empty(); }));
    g = forward(f, {"lot", "L-1"});
    CHECK(links(g, link_kind::set_aside).empty());
    CHECK(sum(links(g, link_kind::consumed)) == f.lot("L-1").consumed);
    const auto* work = node(g, "work_order/WO-SHAFT-1");
    REQUIRE(work != nullptr);
    CHECK(work->status == "in_progress");
    CHECK_FALSE(work->name.empty()); // where it is
}

TEST_CASE("an order that has nothing yet shows what it waits for")
{
    shop_floor f;
    f.delivered_of = [](quantity) { return quantity{}; };
    f.place("O-1", "GEAR", 2, test::in_hours(400));
    f.work(30);
    const auto g = backward(f, {"order", "O-1"});
    const auto awaited = links(g, link_kind::awaited);
    REQUIRE_FALSE(awaited.empty());
    CHECK(awaited.front().from.kind() == "work_order");
    CHECK(sum(awaited) == pieces(2));
}

TEST_CASE("a suspect machine and a suspect supplier reach the order, but not what they did at another time")
{
    shipped_gears f;
    const auto runs = links(backward(f, {"order", "O-1"}), link_kind::run);
    REQUIRE_FALSE(runs.empty());
    CHECK(node(forward(f, runs.front().from), "order/O-1") != nullptr);
    CHECK(node(forward(f, {"supplier", "S-1"}), "order/O-1") != nullptr);

    http::genealogy_question later;
    later.direction = http::trace_direction::forward;
    later.from = f.host.now();
    for (const auto& entity : {runs.front().from, entity_ref("supplier", "S-1")}) {
        later.entity = entity;
        CHECK(trace(f, later).nodes.size() == 1);
    }
}

TEST_CASE("a run that broke off belongs to its machine, though another machine went on")
{
    shop_floor f;
    f.stock("BAR", "L-1", 100);
    f.say("SHAFT", material::replenish{pieces(10), test::in_hours(40)});
    std::string broken;
    REQUIRE(f.work_until([&] {
        for (const auto* lathe : {"LATHE-1", "LATHE-2"})
            if (!f.machine(lathe).jobs.empty() && f.machine(lathe).jobs.front().good >= 3) broken = lathe;
        return !broken.empty();
    }));
    const auto job = f.machine(broken).jobs.front();
    f.say(broken, machine::report_completed{mes::ref_of(job.spec), job.good, 1, std::nullopt});
    f.say(broken, machine::report_down{"spindle", std::nullopt});
    REQUIRE(f.work_until([&] { return f.work_order("WO-SHAFT-1").lot.has_value(); }));

    const auto g = backward(f, {"lot", f.work_order("WO-SHAFT-1").lot->text});
    std::map<std::string, quantity> by_operation, by_lathe;
    for (const auto& r : links(g, link_kind::run)) {
        by_operation[r.operation] += r.quantity;
        if (r.operation == job.spec.operation) by_lathe[std::string(r.from.key())] += r.quantity;
    }
    CHECK(by_lathe.size() == 2);
    CHECK(by_lathe[broken] == quantity::of(job.good + 1));
    for (const auto& o : f.work_order("WO-SHAFT-1").operations) CHECK(by_operation[o.key] == o.good + o.scrap);
    CHECK(node(forward(f, {"machine", broken}), "lot/" + f.work_order("WO-SHAFT-1").lot->text) != nullptr);
}

TEST_CASE("a trace that is larger than asked for is cut, and says so")
{
    shipped_gears f;
    http::genealogy_question what;
    what.entity = entity_ref("order", "O-1");
    const auto whole = trace(f, what);
    what.limit = whole.nodes.size();
    CHECK_FALSE(trace(f, what).truncated);
    what.limit = 4;
    const auto few = trace(f, what);
    CHECK(few.truncated);
    CHECK(few.nodes.size() == 4);
    for (const auto& l : few.links) {
        CHECK(node(few, l.from.path()) != nullptr);
        CHECK(node(few, l.to.path()) != nullptr);
    }
    what.limit = 500;
    what.depth = 1;
    const auto near = trace(f, what);
    CHECK(near.truncated);
    for (const auto& n : near.nodes) CHECK(n.depth <= 1);
}

TEST_CASE("only what material goes through has a genealogy")
{
    for (const auto* kind : {"lot", "order", "work_order", "purchase_order", "supplier", "machine"})
        CHECK(http::has_genealogy(kind));
    for (const auto* kind : {"customer", "schedule", "bin", "nothing"}) CHECK_FALSE(http::has_genealogy(kind));
}
