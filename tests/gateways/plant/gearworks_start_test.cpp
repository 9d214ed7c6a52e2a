#include <algorithm>

#include <catch2/catch.hpp>

#include "actors/erp/material.hpp"
#include "actors/erp/order.hpp"
#include "actors/kinds.hpp"
#include "actors/mes/schedule.hpp"
#include "gateways/plant/plant_file.hpp"
#include "runtime/replay_host.hpp"
#include "tests/support.hpp"

using namespace takt;

namespace {

/// Gearworks on Monday morning, everything defined and settled.
class gearworks {
public:
    gearworks() : kinds_(all_kinds()), host(kinds_, *parse_rfc3339("2026-01-12T05:00:00Z")) { define(); }

    void define()
    {
        for (auto& one : plant::definitions(*file)) {
            const auto where = one.target.path();
            const auto answer = host.ask(std::move(one));
            if (answer.result != runtime::outcome::accepted)
                refused.push_back(where + ": " + answer.reason + " " + answer.detail);
        }
    }

    template <class State> const State& state(std::string_view kind, std::string_view key)
    {
        return host.state<State>(entity_ref(kind, key));
    }

    checked<plant::file> file = plant::load(test::source_path("plants/gearworks.json"));

private:
    kind_registry kinds_;

public:
    runtime::replay_host host;
    std::vector<std::string> refused;
};

std::size_t dead_letters(runtime::replay_host& host)
{
    const auto all = host.entities();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const auto& e) { return e.kind() == "dead_letter"; }));
}

} // namespace

TEST_CASE("gearworks is defined without a refusal, and telling it twice changes nothing", "[plant][gearworks]")
{
    gearworks g;
    CHECK(g.refused == std::vector<std::string>{});
    CHECK(dead_letters(g.host) == 0);
    const auto before = g.host.journal().size();
    g.define();
    CHECK(g.refused == std::vector<std::string>{});
    CHECK(g.host.journal().size() == before);
}

TEST_CASE("gearworks orders at its start only what is below its safety stock", "[plant][gearworks]")
{
    gearworks g;
    std::vector<std::string> wrong;
    const auto look = [&](const item_id& item, const plant::planning& planning, const auto& stock) {
        quantity there;
        for (const auto& lot : stock) there += lot.quantity;
        const auto& m = g.state<material::state>("material", item.text);
        const bool short_of_it = there < planning.safety_stock;
        quantity in_lots;
        for (const auto& [key, lot] : m.lots)
            for (const auto& [bin, amount] : lot.bins) in_lots += amount;
        if (in_lots != there) wrong.push_back(item.text + " has not the stock of the file");
        if (!short_of_it && !m.supplies.empty() && m.demands.empty())
            wrong.push_back(item.text + " is ordered though there is enough");
        if (short_of_it && m.supplies.empty()) wrong.push_back(item.text + " is not ordered though it is short");
    };
    for (const auto& m : g.file->materials) look(m.key, m.planning, m.stock);
    for (const auto& p : g.file->products) look(p.key, p.planning, p.stock);
    CHECK(wrong == std::vector<std::string>{});
}

TEST_CASE("gearworks ships an order from stock and has a plan for its work within a minute", "[plant][gearworks]")
{
    gearworks g;
    order::place wanted;
    wanted.customer = "C-FJORD";
    wanted.product = "GR-40";
    wanted.quantity = quantity::of(4);
    wanted.due = g.host.now() + std::chrono::hours{24};
    REQUIRE(g.host.ask("SO-1", wanted).result == runtime::outcome::accepted);
    CHECK(g.host.ask("SO-1", order::ship{}).result == runtime::outcome::accepted);
    CHECK(g.state<order::state>("order", "SO-1").status == order::order_status::shipped);

    g.host.advance(std::chrono::minutes{1});
    const auto& s = g.state<schedule::state>("schedule", mes::whole_plant);
    CHECK(s.machines.size() == 40);
    CHECK(s.people.size() == 60);
    CHECK(s.jobs.size() >= 20);
    CHECK(s.plan_number >= 1);
    CHECK(dead_letters(g.host) == 0);
}
