#include "runtime/replay_host.hpp"

#include <catch2/catch.hpp>

#include "tests/runtime/store.hpp"

using namespace takt;
using namespace takt::runtime;

namespace {

const instant monday = *parse_rfc3339("2026-01-05T06:00:00Z");

entity_ref store_at(std::string_view key) { return {"store", key}; }

quantity amount_in(replay_host& host, std::string_view key) { return host.state<store::state>(store_at(key)).amount; }

template <class Command>
envelope keyed(std::string_view key, Command c, std::string idempotency_key, std::uint64_t fingerprint = 7)
{
    return {store_at(key), make_message(std::move(c)), "key/" + std::move(idempotency_key), 1, fingerprint};
}

} // namespace

TEST_CASE("what one store passes on arrives at the other, once")
{
    replay_host host(store::kinds(), monday);
    host.tell("a", store::receive{quantity::of(10)});
    const auto a = host.ask("a", store::pass_on{"b", quantity::of(4)});
    CHECK(a.result == outcome::accepted);
    CHECK(a.body == R"({"amount":6})");
    CHECK(amount_in(host, "a") == quantity::of(6));
    CHECK(amount_in(host, "b") == quantity::of(4));
    CHECK(host.owed().effect_count() == 0);
}

TEST_CASE("a refused command changes nothing and leaves no record")
{
    replay_host host(store::kinds(), monday);
    const auto a = host.ask("a", store::pass_on{"b", quantity::of(4)});
    CHECK(a.result == outcome::refused);
    CHECK(a.reason == "too_little");
    CHECK(a.field == "amount");
    CHECK(host.journal().empty());
}

TEST_CASE("a repeated key gets the first answer, also after a crash, also if that was a refusal")
{
    replay_host host(store::kinds(), monday);
    const auto refused = host.ask(keyed("a", store::pass_on{"b", quantity::of(4)}, "K1"));
    CHECK(refused.reason == "too_little");
    const auto first = host.ask(keyed("a", store::receive{quantity::of(5)}, "K2"));
    host.crash();
    const auto again = host.ask(keyed("a", store::receive{quantity::of(5)}, "K2"));
    CHECK(again.repeated);
    CHECK(again.body == first.body);
    host.ask("a", store::receive{quantity::of(1)});
    CHECK(host.ask(keyed("a", store::receive{quantity::of(5)}, "K2")).revision == first.revision);
    CHECK(host.ask(keyed("a", store::pass_on{"b", quantity::of(4)}, "K1")).reason == "too_little");
    CHECK(amount_in(host, "a") == quantity::of(6));
}

TEST_CASE("a key that comes back with another request is refused")
{
    replay_host host(store::kinds(), monday);
    host.ask(keyed("a", store::receive{quantity::of(5)}, "K", 1));
    CHECK(host.ask(keyed("a", store::receive{quantity::of(6)}, "K", 2)).reason == "key_reused");
    CHECK(amount_in(host, "a") == quantity::of(5));
}

TEST_CASE("a key is forgotten after a day")
{
    replay_host host(store::kinds(), monday);
    host.ask(keyed("a", store::receive{quantity::of(5)}, "K"));
    host.advance(std::chrono::hours(26));
    host.tell("a", store::receive{quantity::of(1)});
    CHECK_FALSE(host.ask(keyed("a", store::receive{quantity::of(5)}, "K")).repeated);
}

TEST_CASE("a timer fires at its time, once, also when a crash comes between")
{
    replay_host host(store::kinds(), monday);
    host.tell("a", store::receive{quantity::of(5)});
    host.tell("a", store::pass_on_later{"b", quantity::of(2), monday + std::chrono::minutes(10)});
    host.advance(std::chrono::minutes(9));
    CHECK(amount_in(host, "b") == quantity{});
    host.crash();
    host.advance(std::chrono::minutes(2));
    host.crash();
    host.advance(std::chrono::hours(1));
    CHECK(amount_in(host, "b") == quantity::of(2));
    CHECK(host.owed().timers().empty());
}

TEST_CASE("a timer that is set again fires only at its new time")
{
    replay_host host(store::kinds(), monday);
    host.tell("a", store::receive{quantity::of(5)});
    host.tell("a", store::pass_on_later{"b", quantity::of(2), monday + std::chrono::minutes(10)});
    host.tell("a", store::pass_on_later{"b", quantity::of(3), monday + std::chrono::minutes(20)});
    host.advance(std::chrono::minutes(15));
    CHECK(amount_in(host, "b") == quantity{});
    host.advance(std::chrono::minutes(15));
    CHECK(amount_in(host, "b") == quantity::of(3));
}

TEST_CASE("an effect that its receiver throws at or refuses becomes a dead letter that can be retried")
{
    for (const std::string how : {"throw", "refuse"}) {
        replay_host host(store::kinds(), monday);
        host.ask("a", store::light_fuse{"b", how});
        const entity_ref letter("dead_letter", "store.b.1");
        const auto& kept = host.state<dead_letter::state>(letter);
        CHECK(kept.target == store_at("b"));
        CHECK(kept.reason == (how == "throw" ? "failed" : "refused"));
        CHECK(kept.command.type == "explode");
        host.ask("store.b.1", dead_letter::retry{});
        CHECK(host.state<dead_letter::state>(letter).status == dead_letter::status::retried);
        CHECK(host.state<dead_letter::state>({"dead_letter", "store.b.2"}).status == dead_letter::status::open);
        CHECK(host.ask("store.b.1", dead_letter::retry{}).reason == "already_settled");
    }
}

TEST_CASE("a command that throws fails for its sender and leaves its neighbours alone")
{
    replay_host host(store::kinds(), monday);
    host.tell("a", store::receive{quantity::of(5)});
    const auto a = host.ask("a", store::explode{"throw"});
    CHECK(a.result == outcome::failed);
    CHECK(a.detail == "boom");
    CHECK(host.ask("a", store::receive{quantity::of(1)}).result == outcome::accepted);
    CHECK(amount_in(host, "a") == quantity::of(6));
}

TEST_CASE("an entity restored from a snapshot goes on as if it had never left")
{
    replay_host host(store::kinds(), monday, 1, {.reorder = 0, .duplicate = 0, .crash = 0, .passivate = 1});
    host.ask(keyed("a", store::receive{quantity::of(5)}, "K"));
    host.ask("a", store::pass_on_later{"b", quantity::of(2), monday + std::chrono::minutes(10)});
    host.advance(std::chrono::hours(1));
    CHECK(amount_in(host, "a") == quantity::of(3));
    CHECK(amount_in(host, "b") == quantity::of(2));
    CHECK(host.ask(keyed("a", store::receive{quantity::of(5)}, "K")).repeated);
    CHECK_FALSE(host.first_that_differs_from_replay());
}

TEST_CASE("what an entity has calculated comes to it as a command, and a crash may take it away")
{
    replay_host host(store::kinds(), monday);
    host.ask("a", store::order_sum{4});
    CHECK(host.view({"store", "a"}).state == R"({"amount":10,"arrivals":1})");
    host.ask("a", store::order_sum{0});
    CHECK(host.view({"store", "a"}).state == R"({"amount":10,"arrivals":1})");
    CHECK_FALSE(host.first_that_differs_from_replay());
}
