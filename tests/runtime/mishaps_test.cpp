#include <cstdlib>
#include <iostream>

#include <catch2/catch.hpp>

#include "runtime/replay_host.hpp"
#include "tests/runtime/store.hpp"

using namespace takt;
using namespace takt::runtime;

namespace {

const instant monday = *parse_rfc3339("2026-01-05T06:00:00Z");
constexpr int stores = 5;

/// A client that sends each of its commands, under its own key, until it has an answer: what it may rely on is checked.
class persistent_client {
public:
    explicit persistent_client(std::uint64_t seed) : random_(seed ^ 0x5eed) {}

    void run(replay_host& host)
    {
        for (int i = 0; i < 12; ++i) {
            const envelope command = next(host.now(), i);
            const answer got = ask_until_answered(host, command);
            answers_.emplace_back(command, got);
        }
    }

    /// Every command asked again gets what it got the first time.
    void check_answers_stand(replay_host& host)
    {
        for (const auto& [command, first] : answers_) {
            const auto again = ask_until_answered(host, command);
            if (again.result != first.result || again.body != first.body || again.reason != first.reason)
                throw std::runtime_error(command.target.path() + " " + command.sender + ": first answer " + first.body +
                                         first.reason + ", now " + again.body + again.reason);
        }
    }

    quantity received() const
    {
        quantity sum;
        for (const auto& [command, a] : answers_)
            if (const auto* r = command.command.as<store::receive>()) sum += r->amount;
        return sum;
    }

private:
    answer ask_until_answered(replay_host& host, const envelope& command)
    {
        const auto got = std::make_shared<std::optional<answer>>(); // late answers to earlier attempts come too
        for (int attempt = 0; attempt < 200 && !*got; ++attempt) {
            host.send(command, [got](const answer& a) { *got = a; });
            for (int steps = draw(1, 40); steps > 0 && !*got && host.step(); --steps) {}
        }
        if (!*got) throw std::runtime_error("no answer in 200 attempts");
        return **got;
    }

    int draw(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
    std::string any_store() { return std::string(1, static_cast<char>('a' + draw(0, stores - 1))); }

    envelope next(instant now, int i)
    {
        const entity_ref target("store", any_store());
        message command;
        switch (draw(0, 3)) {
        case 0: command = make_message(store::receive{quantity::of(draw(1, 9))}); break;
        case 1:
            command = make_message(
                store::pass_on_later{any_store(), quantity::of(1), now + std::chrono::minutes(draw(0, 9))});
            break;
        default: command = make_message(store::pass_on{any_store(), quantity::of(draw(1, 5))});
        }
        return {target, std::move(command), "key/" + std::to_string(i), 1, 0};
    }

    std::mt19937_64 random_;
    std::vector<std::pair<envelope, answer>> answers_;
};

void run_one(std::uint64_t seed)
{
    std::mt19937_64 dice(seed);
    const auto up_to = [&](double most) { return std::uniform_real_distribution<double>(0, most)(dice); };
    replay_host host(store::kinds(), monday, seed, {up_to(0.9), up_to(0.3), up_to(0.04), up_to(0.2)});
    persistent_client client(seed);
    client.run(host);
    host.advance(std::chrono::minutes(30));
    host.settle();
    client.check_answers_stand(host);

    quantity sum;
    for (const auto& e : host.entities())
        if (e.kind() == "store") sum += host.state<store::state>(e).amount;
    if (sum != client.received())
        throw std::runtime_error("received " + to_string(client.received()) + " but the stores hold " + to_string(sum));
    if (host.owed().effect_count() != 0) throw std::runtime_error("an effect was never handled");
    if (const auto differs = host.first_that_differs_from_replay()) throw std::runtime_error(*differs);
}

} // namespace

TEST_CASE("nothing is lost and nothing happens twice, whatever crashes, is reordered, repeated or passivated")
{
    std::uint64_t first = 1, last = 1000;
    if (const char* one = std::getenv("TAKT_SEED")) first = last = std::strtoull(one, nullptr, 10);
    for (std::uint64_t seed = first; seed <= last; ++seed) {
        try {
            run_one(seed);
        } catch (const std::exception& e) {
            FAIL("seed " << seed << ": " << e.what() << "\nrun it again with TAKT_SEED=" << seed);
        }
    }
    SUCCEED(last - first + 1 << " seeds");
}

TEST_CASE("the same seed gives the same run, record by record")
{
    const auto journal = [] {
        replay_host host(store::kinds(), monday, 42, {0.5, 0.2, 0.02, 0.1});
        persistent_client client(42);
        client.run(host);
        host.advance(std::chrono::minutes(30));
        return host.journal();
    };
    CHECK(journal() == journal());
}
