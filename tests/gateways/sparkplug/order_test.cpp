#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "tests/gateways/sparkplug/field.hpp"

using namespace takt;
using namespace takt::test;
using namespace std::chrono_literals;

namespace {

struct counted_field : field {
    using field::field;
    /// DDATA number n of M-1, which counts.
    host_outcome count(std::uint64_t n)
    {
        return say(message_kind::ddata, {named("pieces", data_type::uint32, static_cast<std::uint32_t>(n))},
                   (1 + n) % 256, "M-1");
    }
};

std::vector<std::uint64_t> counts(const outcome& o)
{
    std::vector<std::uint64_t> all;
    for (const auto& r : o.readings)
        if (r.metric == "pieces" && !r.stale) all.push_back(std::get<std::uint64_t>(r.value));
    return all;
}

} // namespace

TEST_CASE("a message that comes too early waits for those before it")
{
    counted_field f;
    f.begin();
    CHECK(counts(f.count(2).what).empty());
    CHECK(counts(f.count(3).what).empty());
    CHECK(f.listener.next_timer() == noon + 2s);
    CHECK(counts(f.count(1).what) == std::vector<std::uint64_t>{1, 2, 3});
    CHECK_FALSE(f.listener.next_timer());
    CHECK(f.node().counted().gaps == 0);
}

TEST_CASE("a message that does not come in time is given up: the rest is taken, and a rebirth is asked for")
{
    counted_field f;
    f.begin();
    f.count(1);
    f.count(3);
    CHECK(counts(f.listener.tick(noon + 1999ms).what).empty());
    const auto given_up = f.listener.tick(noon + 2s);
    CHECK(counts(given_up.what) == std::vector<std::uint64_t>{3});
    REQUIRE(given_up.publish.size() == 1);
    CHECK(asks_for_rebirth(given_up.publish[0]));
    CHECK(reasons(f.count(2)) == "repeated"); // too late
    CHECK(counts(f.count(4).what) == std::vector<std::uint64_t>{4});
    CHECK(f.node().counted().gaps == 1);
}

TEST_CASE("where the broker keeps the order, a gap is a loss at once")
{
    host_options o;
    o.reorder_timeout = 0ms;
    counted_field f(o);
    f.begin();
    const auto gap = f.count(2);
    CHECK(counts(gap.what) == std::vector<std::uint64_t>{2});
    CHECK(gap.publish.size() == 1);
}

TEST_CASE("a message that comes twice is taken once")
{
    counted_field f;
    f.begin();
    f.count(1);
    CHECK(reasons(f.count(1)) == "repeated");
    f.count(3);
    CHECK(reasons(f.count(3)) == "repeated");
    CHECK(counts(f.count(2).what) == std::vector<std::uint64_t>{2, 3});
    CHECK(f.node().counted().repeated == 2);
}

TEST_CASE("a birth forgets what waited")
{
    counted_field f;
    f.begin();
    f.count(5);
    f.birth();
    CHECK_FALSE(f.listener.next_timer());
    f.device_birth();
    CHECK(counts(f.count(1).what) == std::vector<std::uint64_t>{1});
}

TEST_CASE("data without a sequence number is refused")
{
    counted_field f;
    f.begin();
    CHECK(reasons(f.say(message_kind::ddata, {}, std::nullopt, "M-1")) == "seq_missing");
    CHECK(reasons(f.say(message_kind::ddata, {}, 256, "M-1")) == "seq_missing");
}

TEST_CASE("whatever order messages come in, within the time-out each is taken once and in order")
{
    const auto seed = GENERATE(range(1, 21));
    INFO("seed " << seed);
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    counted_field f;
    f.begin();
    std::vector<std::uint64_t> taken;
    std::uint64_t from = 1;
    while (from < 2000) {
        std::vector<std::uint64_t> some;
        for (std::uint64_t i = 0; i < 1 + random() % 60; ++i) some.push_back(from++);
        std::shuffle(some.begin(), some.end(), random);
        for (const auto n : some) {
            const auto got = counts(f.count(n).what);
            taken.insert(taken.end(), got.begin(), got.end());
            if (random() % 10 == 0) f.count(n); // twice
        }
    }
    REQUIRE(taken.size() == from - 1);
    for (std::size_t i = 0; i < taken.size(); ++i) REQUIRE(taken[i] == i + 1);
    CHECK(f.node().counted().gaps == 0);
}

TEST_CASE("whatever is said in whatever order, the host neither fails nor forgets its bounds")
{
    const auto seed = GENERATE(range(1, 11));
    INFO("seed " << seed);
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    host_options o;
    o.edge_nodes_most = 3;
    host h(o);
    instant now = noon;
    const auto any_raw = [&]() -> raw_value {
        switch (random() % 6) {
        case 0: return static_cast<std::uint32_t>(random());
        case 1: return std::uint64_t{random()};
        case 2: return std::numeric_limits<double>::quiet_NaN();
        case 3: return random() % 2 == 0;
        case 4: return std::string("text");
        default: return byte_string{std::string(random() % 20, 'x')};
        }
    };
    std::uint64_t born = 0;
    for (int i = 0; i < 5000; ++i) {
        now = now + milliseconds(static_cast<std::int64_t>(random() % 500));
        const auto kind = static_cast<message_kind>(random() % 8);
        const bool of_device = kind == message_kind::dbirth || kind == message_kind::ddata ||
                               kind == message_kind::ddeath || kind == message_kind::dcmd;
        const topic t{kind,
                      {"g", "e" + std::to_string(random() % 5), of_device ? "d" + std::to_string(random() % 3) : ""}};
        payload p{now, random() % 10, {}};
        if (random() % 2 == 0) p.metrics.push_back(named("bdSeq", data_type::int64, std::uint64_t{random() % 3}));
        for (std::uint64_t k = 0; k < random() % 4; ++k) {
            auto m = named("m" + std::to_string(random() % 5), static_cast<data_type>(random() % 37), any_raw());
            if (random() % 2 == 0) m.alias = random() % 5;
            if (random() % 3 == 0) m.name.clear();
            p.metrics.push_back(m);
        }
        auto bytes = encode(p);
        if (random() % 5 == 0 && !bytes.empty()) bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto out = h.receive(to_string(t), bytes, now);
        for (const auto& c : out.what.changes) born += c.online ? 1 : 0;
        if (const auto due = h.next_timer(); due && *due <= now) h.tick(now);
    }
    std::size_t nodes = 0;
    h.for_each([&](const std::string&, const edge_node&) { ++nodes; });
    CHECK(nodes == 3);
    CHECK(born > 50);
}
