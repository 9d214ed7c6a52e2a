#include <catch2/catch.hpp>

#include "tests/actors/plant/floor.hpp"

using namespace takt;
using test::in_hours;
using test::pieces;
using test::shop_floor;

TEST_CASE("with messages that overtake each other, repeats and crashes, the plant still balances and delivers")
{
    const auto seed = GENERATE(range(1, 5));
    INFO("seed " << seed);
    shop_floor f(static_cast<std::uint64_t>(seed), {0.3, 0.05, 0.0005, 0.01});
    f.stock("BAR", "L-BAR", 3);
    f.stock("BOLT", "L-BOLT", 20);
    f.scrap_of = [](const mes::job_spec& j) { return j.run % 5 == 0 ? 1 : 0; };
    f.defects_of = [](const inspection::state& s) { return s.origin.key().size() % 7 == 0 ? 1 : 0; };
    for (int i = 1; i <= 4; ++i) f.place("O-" + std::to_string(i), "GEAR", 1 + i % 3, in_hours(48), i);
    f.work(30);
    f.say("L-BAR", lot::block{"rust"});
    f.work(5);
    f.say("L-BAR", lot::unblock{"only dirt"});
    const auto all_shipped = [&] {
        for (const auto& o : f.all("order"))
            if (f.host.state<order::state>(o).status != order::order_status::shipped) return false;
        return true;
    };
    CHECK(f.work_until(all_shipped, 12000));
    CHECK(f.violations() == "");
    CHECK_FALSE(f.host.first_that_differs_from_replay());
}
