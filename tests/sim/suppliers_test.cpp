#include <catch2/catch.hpp>

#include "sim/suppliers.hpp"

using namespace takt;
using namespace std::chrono_literals;

namespace {

sim::suppliers::course course_of(std::uint64_t seed, const std::string& order, const sim::scenario& how)
{
    const instant created{1'767'589'200'000};
    return sim::suppliers::course_of(plant::supplier_behaviour{0.1, 0.1, 0.01}, how, sim::dice(seed, order, "delivery"),
                                     created, created + milliseconds(48h), milliseconds(72h), quantity::of(100), true);
}

} // namespace

TEST_CASE("a purchase order goes the same way whenever it is asked")
{
    const auto a = course_of(1, "PO-7", {}), b = course_of(1, "PO-7", {});
    CHECK(a.confirms == b.confirms);
    CHECK(a.promised == b.promised);
    CHECK(a.arrives == b.arrives);
    CHECK(a.first == b.first);
}

TEST_CASE("late and short deliveries come as often as supplier and scenario say")
{
    sim::scenario bad;
    bad.late_factor = 3;
    bad.short_factor = 2;
    int late = 0, short_ones = 0;
    constexpr int orders = 2000;
    for (int i = 0; i < orders; ++i) {
        const auto c = course_of(5, "PO-" + std::to_string(i), bad);
        late += c.late ? 1 : 0;
        short_ones += c.first ? 1 : 0;
        CHECK((c.arrives > c.promised) == c.late);
        CHECK(c.arrives >= c.confirms);
    }
    CHECK(late == Approx(0.3 * orders).margin(70));
    CHECK(short_ones == Approx(0.2 * orders).margin(60));
}

TEST_CASE("a short delivery brings whole pieces, some of them, and not all")
{
    sim::scenario how;
    how.short_factor = 10;
    for (int i = 0; i < 200; ++i) {
        const auto c = course_of(9, "PO-" + std::to_string(i), how);
        REQUIRE(c.first);
        CHECK(*c.first > quantity{});
        CHECK(*c.first < quantity::of(100));
        CHECK(c.first->thousandths % 1000 == 0);
        CHECK(c.rest_after >= 10h);
    }
}
