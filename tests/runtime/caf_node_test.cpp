#include "runtime/caf_node.hpp"

#include <future>
#include <limits>

#include <catch2/catch.hpp>

#include "messages/core/dead_letter.hpp"
#include "tests/eventually.hpp"
#include "tests/runtime/plant_node.hpp"

using namespace takt;
using namespace takt::runtime;
using namespace takt::runtime::test;
using namespace std::chrono_literals;

TEST_CASE("a node answers when the record is on disk, and an effect arrives once")
{
    plant_node plant;
    CHECK(plant.ask("a", store::receive{quantity::of(10)}).revision == 1);
    CHECK(plant.ask("a", store::pass_on{"b", quantity::of(4)}).body == R"({"amount":6})");
    plant.settle();
    CHECK(plant.state("b") == R"({"amount":4,"arrivals":1})");
    CHECK(plant.ask("a", store::pass_on{"b", quantity::of(40)}).reason == "too_little");
}

TEST_CASE("everything acknowledged is there after a restart")
{
    plant_node plant;
    for (int i = 0; i < 50; ++i) plant.ask(std::to_string(i % 7), store::receive{quantity::of(i)});
    plant.ask("1", store::pass_on{"2", quantity::of(3)});
    plant.settle();
    std::vector<std::string> before;
    for (int i = 0; i < 7; ++i) before.push_back(plant.state(std::to_string(i)));
    plant.restart();
    for (int i = 0; i < 7; ++i) CHECK(plant.state(std::to_string(i)) == before[static_cast<std::size_t>(i)]);
    CHECK(plant.node->list("store", {}, 100, {}).size() == 7);
}

TEST_CASE("a repeated key gets its first answer after a restart too, and after the entity has left memory")
{
    plant_node plant;
    const auto first = plant.ask("a", store::receive{quantity::of(10)}, "key/K1", 5);
    plant.node->passivate_all();
    const auto again = plant.ask("a", store::receive{quantity::of(10)}, "key/K1", 5);
    CHECK(again.repeated);
    CHECK(again.body == first.body);
    plant.restart();
    CHECK(plant.ask("a", store::receive{quantity::of(10)}, "key/K1", 5).body == first.body);
    CHECK(plant.ask("a", store::receive{quantity::of(11)}, "key/K1", 6).reason == "key_reused");
    CHECK(plant.state("a") == R"({"amount":10,"arrivals":1})");
}

TEST_CASE("an idle entity leaves memory and comes back as it was")
{
    plant_node plant;
    for (int i = 0; i < 20; ++i) plant.ask(std::to_string(i), store::receive{quantity::of(i)});
    plant.settle();
    plant.node->passivate_all();
    for (int i = 0; i < 500 && plant.node->counters().entities_resident > 0; ++i) plant.node->settle(1s);
    CHECK(plant.node->counters().entities_resident == 0);
    CHECK(plant.node->counters().passivations == 20);
    CHECK(plant.state("7") == R"({"amount":7,"arrivals":1})");
}

TEST_CASE("a timer set before a restart fires after it")
{
    plant_node plant(600);
    plant.ask("a", store::receive{quantity::of(5)});
    plant.ask("a", store::pass_on_later{"b", quantity::of(2), plant.node->now() + 20min});
    CHECK(plant.state("b") == R"({"amount":0,"arrivals":0})");
    plant.restart();
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (plant.state("b") != R"({"amount":2,"arrivals":1})" && std::chrono::steady_clock::now() < until)
        plant.node->settle(1s);
    CHECK(plant.state("b") == R"({"amount":2,"arrivals":1})");
    plant.settle();
    CHECK(plant.node->counters().timers_pending == 0);
}

TEST_CASE("plant time goes on after a restart where the journal stopped")
{
    plant_node plant(3600);
    plant.ask("a", store::receive{quantity::of(5)});
    const auto then = plant.node->history(store_at("a"), 0, 10).at(0).at;
    plant.restart();
    CHECK(plant.node->now() >= then);
    CHECK(plant.node->now() - then < 1h);
}

TEST_CASE("history tells each event with its revision, and any past state")
{
    plant_node plant;
    for (int i = 1; i <= 5; ++i) plant.ask("a", store::receive{quantity::of(i)});
    plant.settle();
    const auto all = plant.node->history(store_at("a"), 0, 100);
    REQUIRE(all.size() == 5);
    CHECK(all[2].revision == 3);
    CHECK(all[2].data == R"({"amount":3})");
    CHECK(plant.node->history(store_at("a"), 3, 1).at(0).revision == 4);
    CHECK(plant.node->at_revision(store_at("a"), 3).state == R"({"amount":6,"arrivals":3})");
    CHECK(plant.node->at_time(store_at("a"), monday - 1h).revision == 0);
    CHECK(plant.node->events_after(0, 100).size() == 5);
    CHECK(plant.node->events_after(all[3].position, 100).size() == 1);
}

TEST_CASE("an entity that throws is reported and does not take its neighbours with it")
{
    plant_node plant;
    const auto a = plant.ask("a", store::explode{"throw"});
    CHECK(a.result == outcome::failed);
    plant.settle();
    CHECK(plant.node->find({"dead_letter", "store.a.1"}));
    CHECK(plant.ask("a", store::receive{quantity::of(5)}).result == outcome::accepted);
    CHECK(plant.ask("b", store::receive{quantity::of(5)}).result == outcome::accepted);
}

TEST_CASE("an entity with a full inbox refuses as busy, and nothing of that command happens")
{
    plant_node plant;
    plant.node.reset();
    plant.bounds.inbox_most = 4;
    plant.start();
    std::atomic<int> accepted = 0, busy = 0, answered = 0;
    constexpr int sent = 2000;
    for (int i = 0; i < sent; ++i) {
        plant.node->send({store_at("a"), make_message(store::receive{quantity::of(1)}), {}, 0, 0, {}},
                         [&](const answer& a) {
                             if (a.result == outcome::accepted) ++accepted;
                             if (a.result == outcome::busy) ++busy;
                             ++answered;
                         });
    }
    CHECK(takt::test::eventually([&] { return answered == sent; }));
    CHECK(busy > 0);
    CHECK(accepted + busy == sent);
    CHECK(plant.node->view(store_at("a")).revision == static_cast<std::uint64_t>(accepted));
    CHECK(plant.node->counters().busy == static_cast<std::uint64_t>(busy));
}

TEST_CASE("whoever subscribes sees each event once, in the order of the journal")
{
    plant_node plant;
    std::mutex mutex;
    std::vector<std::uint64_t> seen;
    const auto subscription = plant.node->subscribe([&](const facts& some) {
        const std::lock_guard lock(mutex);
        for (const auto& f : *some) seen.push_back(f.position);
    });
    for (int i = 0; i < 100; ++i) plant.ask(std::to_string(i % 5), store::receive{quantity::of(1)});
    plant.settle();
    const std::lock_guard lock(mutex);
    CHECK(seen.size() == 100);
    CHECK(std::is_sorted(seen.begin(), seen.end()));
    const auto stored = plant.node->events_after(0, 1000);
    REQUIRE(stored.size() == 100);
    for (std::size_t i = 0; i < 100; ++i) CHECK(stored[i].position == seen[i]);
}

TEST_CASE("many entities survive many restarts with snapshots taken on the way")
{
    plant_node plant;
    plant.node.reset();
    plant.bounds.records_between_snapshots = 5;
    plant.bounds.restart_tail_records = 50;
    plant.bounds.checkpoint_every = 10ms;
    plant.start();
    quantity sum;
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 200; ++i) {
            plant.ask(std::to_string(i % 23), store::receive{quantity::of(i)});
            sum += quantity::of(i);
            plant.node->send({store_at(std::to_string(i % 23)),
                              make_message(store::pass_on{std::to_string(i % 11), quantity::of(1)}),
                              {},
                              0,
                              0,
                              {}},
                             {});
            if (i % 50 == 0) plant.node->passivate_all();
        }
        plant.restart();
    }
    plant.settle();
    quantity held;
    for (const auto& r : plant.node->list("store", {}, 100, {}))
        held += *quantity::from_double(r.state->at("amount").to_number<double>());
    CHECK(to_string(held) == to_string(sum));
}

TEST_CASE("a long calculation keeps nobody waiting, and a node that stops does not wait for it")
{
    plant_node plant;
    CHECK(plant.ask("a", store::order_sum{4}).result == outcome::accepted);
    CHECK(plant.ask("b", store::order_sum{-1}).result == outcome::accepted); // throws, is reported, and that is all
    plant.settle();
    CHECK(plant.state("a") == R"({"amount":10,"arrivals":1})");

    plant.ask("a", store::order_sum{std::numeric_limits<std::int64_t>::max()}); // would take a century
    CHECK(plant.ask("a", store::receive{quantity::of(1)}).revision == 2);
    plant.restart();
    CHECK(plant.state("a") == R"({"amount":11,"arrivals":2})");
}
