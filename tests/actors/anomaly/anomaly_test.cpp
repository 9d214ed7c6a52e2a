#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;

namespace {

/// A breakdown of one lathe, as people and the lathe tell it.
struct breakdown : test::shop_floor {
    const entity_ref lathe{"machine", "LATHE-1"};
    const std::string key = anomaly::key_of("breakdown", lathe);

    runtime::answer raise(const std::string& detail, anomaly::severity how = anomaly::severity::warning)
    {
        return say(key, anomaly::raise{lathe, "breakdown", how, detail});
    }
    const anomaly::state& it() { return host.state<anomaly::state>({"anomaly", key}); }
};

} // namespace

TEST_CASE("what goes wrong again while its case is open belongs to that case")
{
    breakdown b;
    b.raise("spindle hot");
    b.raise("spindle seized", anomaly::severity::critical);
    b.raise("spindle hot");
    CHECK(b.it().number == 1);
    CHECK(b.it().occurrences == 3);
    CHECK(b.it().severity == anomaly::severity::critical); // it does not become less grave
    CHECK(b.it().timeline.size() == 3);
}

TEST_CASE("a case is acknowledged, closed with its cause, and the next one has the next number")
{
    breakdown b;
    b.raise("spindle hot");
    CHECK(b.say(b.key, anomaly::acknowledge{""}).field == "by");
    b.say(b.key, anomaly::acknowledge{"Kaya"});
    CHECK(b.it().status == anomaly::case_status::acknowledged);
    CHECK(b.it().acknowledged_by == "Kaya");
    b.say(b.key, anomaly::close{"bearing", "replaced"});
    CHECK(b.it().status == anomaly::case_status::closed);
    CHECK(b.it().cause == "bearing");
    CHECK(b.say(b.key, anomaly::acknowledge{"Kaya"}).reason == "not_open");
    b.raise("spindle hot");
    CHECK(b.it().number == 2);
    CHECK(b.it().occurrences == 1);
    CHECK(b.it().acknowledged_by.empty());
}

TEST_CASE("an anomaly is told under its own key only")
{
    breakdown b;
    const auto wrong = b.say(b.key, anomaly::raise{b.lathe, "limit", anomaly::severity::info, ""});
    CHECK(wrong.reason == "wrong_key");
    CHECK(wrong.detail == "this anomaly is anomaly/limit:machine:LATHE-1");
    CHECK(b.say(b.key, anomaly::raise{b.lathe, "", anomaly::severity::info, ""}).field == "type");
}

TEST_CASE("a controller that does not confirm opens a case, and the next job that it confirms closes it")
{
    test::shop_floor f;
    f.controllers = false;
    f.stock("BAR", "L-1", 10);
    f.say("SHAFT", material::replenish{test::pieces(4), test::in_hours(6)});
    f.work_until([&] { return !f.machine("LATHE-1").jobs.empty() || !f.machine("LATHE-2").jobs.empty(); }, 30);
    const std::string lathe = f.machine("LATHE-1").jobs.empty() ? "LATHE-2" : "LATHE-1";
    const auto at = [&]() -> const anomaly::state& {
        return f.host.state<anomaly::state>(
            {"anomaly", anomaly::key_of("dispatch_unconfirmed", entity_ref("machine", lathe))});
    };
    REQUIRE(f.work_until([&] { return at().status == anomaly::case_status::open; }, 10));
    f.controllers = true;
    CHECK(f.work_until([&] { return at().status == anomaly::case_status::closed; }, 200));
    CHECK(at().cause == "confirmed");
}
