#include <catch2/catch.hpp>

#include <limits>

#include "gateways/feeds/forwarding.hpp"
#include "gateways/feeds/intake.hpp"

using namespace takt;
using namespace std::chrono_literals;

namespace {

const instant now = *parse_rfc3339("2026-01-05T12:00:00Z");

struct inlet {
    feeds::intake in{24h, 1min};
    feeds::target oil{entity_ref("machine/M-1"), "oil_celsius", false, {1, 0}, 0.0, 100.0};

    std::optional<scada::sample> take(double value, std::optional<instant> at = now, int quality = 192)
    {
        return in.take(oil, {value, at, quality, false, false}, now, "gears/line/M-1", "Oil");
    }
    std::string last() const { return in.latest().empty() ? "" : in.latest().back().reason; }
};

scada::sample sample(const char* source, double value) { return {entity_ref(source), "power_kw", value, now}; }

} // namespace

TEST_CASE("a value becomes a sample with the source's own time, or that of now")
{
    inlet i;
    const auto s = i.take(41, now - 3s);
    REQUIRE(s);
    CHECK(s->source.path() == "machine/M-1");
    CHECK(s->value == 41);
    CHECK(s->at == now - 3s);
    CHECK(i.take(42, std::nullopt)->at == now);
    CHECK(i.in.counted().taken == 2);
}

TEST_CASE("what is not finite, out of range, of another type, too late or in the future is rejected by its reason")
{
    inlet i;
    const auto rejected = [&](std::optional<scada::sample> s) {
        REQUIRE_FALSE(s);
        return i.last();
    };
    CHECK(rejected(i.take(std::numeric_limits<double>::quiet_NaN())) == "not_finite");
    CHECK(rejected(i.take(std::numeric_limits<double>::infinity())) == "not_finite");
    CHECK(rejected(i.take(101)) == "out_of_range");
    CHECK(rejected(i.take(-1)) == "out_of_range");
    CHECK(rejected(i.take(50, now + 2min)) == "in_the_future");
    CHECK(rejected(i.take(50, now - 25h)) == "too_late");
    CHECK(rejected(i.in.take(i.oil, {1, now, 192, false, true}, now, "f", "n")) == "wrong_type");
    CHECK(i.in.counted().taken == 0);
    CHECK(i.in.counted().rejected.at("not_finite") == 2);
    CHECK(i.in.latest().front().from == "gears/line/M-1");
    CHECK(i.in.latest().front().name == "Oil");
}

TEST_CASE("repeated values are told once, late ones are counted, bad quality is kept as it is")
{
    inlet i;
    CHECK(i.take(40, now - 10s));
    CHECK_FALSE(i.take(40, now - 10s));
    CHECK(i.in.counted().repeated == 1);
    CHECK(i.take(39, now - 20s));
    CHECK(i.in.counted().late == 1);
    const auto bad = i.take(38, now - 5s, 0);
    REQUIRE(bad);
    CHECK(bad->quality == 0);
    CHECK(i.in.counted().bad_quality == 1);
}

TEST_CASE("history does not become the present")
{
    inlet i;
    CHECK_FALSE(i.in.take(i.oil, {40, now, 192, true, false}, now, "f", "n"));
    CHECK(i.in.counted().historical == 1);
    CHECK(i.in.counted().rejected.empty());
}

TEST_CASE("when a source is gone its last value is stale, once, and never before it was measured")
{
    inlet i;
    CHECK_FALSE(i.in.go_stale(i.oil)); // nothing was ever measured
    i.take(40, now - 10s);
    const auto stale = i.in.go_stale(i.oil);
    REQUIRE(stale);
    CHECK(stale->value == 40);
    CHECK(stale->quality == 500);
    CHECK(stale->at == now - 10s);
    CHECK_FALSE(i.in.go_stale(i.oil));
    CHECK(i.take(40, now - 10s)->quality == 192); // it is there again, with what it had
}

TEST_CASE("the last two hundred rejections are kept, and all are counted")
{
    inlet i;
    for (int n = 0; n < 500; ++n) i.take(1000 + n);
    CHECK(i.in.latest().size() == 200);
    CHECK(i.in.latest().back().detail == "oil_celsius is 1499");
    CHECK(i.in.counted().rejected.at("out_of_range") == 500);
}

TEST_CASE("samples that the node does not take wait in their order, and the oldest are lost beyond the bound")
{
    bool busy = true;
    std::vector<double> got;
    feeds::forwarding f(
        [&](const entity_ref& source, const std::vector<scada::sample>& some) {
            if (busy) return false;
            for (const auto& s : some) {
                CHECK(s.source == source);
                if (source.key() == "A") got.push_back(s.value);
            }
            return true;
        },
        3);
    for (int n = 1; n <= 5; ++n) f.put(sample("machine/A", n));
    f.put(sample("machine/B", 1));
    f.flush();
    CHECK(f.waiting() == 4);
    CHECK(f.lost() == 2);
    CHECK(f.refused() == 2);
    busy = false;
    f.flush();
    CHECK(got == std::vector<double>{3, 4, 5});
    CHECK(f.waiting() == 0);
    CHECK(f.forwarded() == 4);
}
