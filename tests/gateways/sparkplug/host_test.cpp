#include <catch2/catch.hpp>

#include "tests/gateways/sparkplug/field.hpp"

using namespace takt;
using namespace takt::test;
using namespace std::chrono_literals;

TEST_CASE("the will, the birth and the farewell of a host are its STATE, retained, with the time of the connection")
{
    host h({"takt"});
    const auto will = h.will(instant{1668114759262});
    CHECK(will.topic == "spBv1.0/STATE/takt");
    CHECK(will.payload == R"({"online":false,"timestamp":1668114759262})");
    CHECK(will.qos == 1);
    CHECK(will.retain);
    const auto birth = h.birth();
    CHECK(birth.topic == will.topic);
    CHECK(birth.payload == R"({"online":true,"timestamp":1668114759262})");
    CHECK(birth.qos == 1);
    CHECK(birth.retain);
    const auto farewell = h.farewell(instant{1668114760000});
    CHECK(farewell.payload == R"({"online":false,"timestamp":1668114760000})");
    CHECK(farewell.retain);
    const auto asked = h.subscriptions();
    REQUIRE(asked.size() == 2);
    CHECK(asked[0].filter == "spBv1.0/STATE/takt");
    CHECK(asked[0].qos == 1);
    CHECK(asked[1].filter == "spBv1.0/#");
}

TEST_CASE("a host that hears that it is offline says again that it is online, unless it is leaving")
{
    host h({"takt"});
    h.will(noon);
    const auto heard = [&](const char* payload) { return h.receive("spBv1.0/STATE/takt", payload, noon + 1s); };
    const auto again = heard(R"({"online":false,"timestamp":1})");
    REQUIRE(again.publish.size() == 1);
    CHECK(again.publish[0].payload == h.birth().payload);
    CHECK(heard(R"({"online":true,"timestamp":1})").publish.empty());
    CHECK(reasons(heard("ONLINE")) == "bad_state");
    CHECK(h.receive("spBv1.0/STATE/other", R"({"online":false,"timestamp":1})", noon).publish.empty());
    h.farewell(noon + 2s);
    CHECK(heard(R"({"online":false,"timestamp":1})").publish.empty());
}

TEST_CASE("a birth tells the metrics of a node, a device birth those of a device")
{
    field f;
    const auto born = f.birth();
    CHECK(f.node().online());
    REQUIRE(born.what.changes.size() == 1);
    CHECK(born.what.changes[0].online);
    REQUIRE(born.what.readings.size() == 3);
    CHECK(born.what.readings[2].metric == "load");
    CHECK(born.what.readings[2].value == value(0.5));
    const auto device = f.device_birth();
    REQUIRE(device.what.readings.size() == 3);
    CHECK(device.what.readings[0].from == thing{"gears", "line-1", "M-1"});
    CHECK(device.what.readings[0].value == value(std::int64_t{20}));
    CHECK(f.node().devices().at("M-1").online);
}

TEST_CASE("data by alias has the name and the type of its birth")
{
    field f;
    f.begin();
    const auto said = f.next(message_kind::ddata, {by_alias(2, std::uint32_t{0xFFFFFFFB})}, "M-1");
    REQUIRE(said.what.readings.size() == 1);
    CHECK(said.what.readings[0].metric == "temperature");
    CHECK(said.what.readings[0].value == value(std::int64_t{-5}));
    CHECK(said.what.readings[0].at == noon);
    CHECK(f.node().find("M-1", "temperature")->value == value(std::int64_t{-5}));
}

TEST_CASE("an unknown alias or name asks for a rebirth; what is known of the message is taken")
{
    field f;
    f.begin();
    const auto said = f.next(message_kind::ddata, {by_alias(99, std::uint32_t{1}), by_alias(3, false)}, "M-1");
    CHECK(reasons(said) == "unknown_alias");
    CHECK(said.what.readings.size() == 1);
    REQUIRE(said.publish.size() == 1);
    CHECK(asks_for_rebirth(said.publish[0]));
    const auto other = f.next(message_kind::ddata, {named("colour", data_type::int8, std::uint32_t{1})}, "M-1");
    CHECK(reasons(other) == "unknown_metric");
}

TEST_CASE("data before a birth is not taken, and asks for a rebirth, of a node as of a device")
{
    field f;
    const auto early = f.next(message_kind::ndata, {named("load", data_type::float64, 1.0)});
    CHECK(reasons(early) == "before_birth");
    CHECK(early.what.readings.empty());
    REQUIRE(early.publish.size() == 1);
    CHECK(asks_for_rebirth(early.publish[0]));
    f.birth();
    f.now = f.now + 1min;
    const auto device = f.next(message_kind::ddata, {named("pieces", data_type::uint32, std::uint32_t{1})}, "M-9");
    CHECK(reasons(device) == "before_birth");
    REQUIRE(device.publish.size() == 1);
}

TEST_CASE("a node is not asked for a rebirth more often than the interval, nor for ever")
{
    host_options o;
    o.rebirth_interval = 5s;
    o.rebirth_requests_most = 3;
    field f(o);
    const auto data = [&] { return f.next(message_kind::ndata, {named("load", data_type::float64, 1.0)}); };
    CHECK(data().publish.size() == 1);
    for (int i = 0; i < 100; ++i) CHECK(data().publish.empty());
    CHECK(f.listener.next_timer() == noon + 5s);
    CHECK(f.listener.tick(noon + 5s).publish.size() == 1);
    CHECK(f.listener.tick(noon + 10s).publish.size() == 1);
    CHECK(f.listener.tick(noon + 15s).publish.empty());
    CHECK_FALSE(f.listener.next_timer());
    f.now = noon + 60s;
    CHECK(data().publish.size() == 1); // it lives after all
    f.birth();
    CHECK_FALSE(f.listener.next_timer());
    CHECK(f.node().counted().rebirth_requests == 4);
}

TEST_CASE("a death counts only with the bdSeq of the last birth")
{
    field f;
    f.begin();
    const auto stale = f.death(f.bd_seq - 1);
    CHECK(stale.what.changes.empty());
    CHECK(f.node().online());
    CHECK(f.node().counted().stale_deaths == 1);
    f.now = noon + 30s;
    const auto dead = f.death(f.bd_seq);
    CHECK_FALSE(f.node().online());
    REQUIRE(dead.what.changes.size() == 2); // the device, the node
    CHECK(dead.what.changes[0].of.device == "M-1");
    CHECK(dead.what.changes[1].at == noon + 30s);
    CHECK(f.death(f.bd_seq).what.changes.empty());
}

TEST_CASE("what a dead node and its devices measured is stale at the host's time, until a birth")
{
    field f;
    f.begin();
    f.now = noon + 10s;
    const auto dead = f.death(f.bd_seq);
    REQUIRE(dead.what.readings.size() == 6);
    for (const auto& r : dead.what.readings) {
        CHECK(r.stale);
        CHECK(r.quality == stale_quality);
        CHECK(r.at == noon + 10s);
    }
    CHECK(f.node().find("M-1", "pieces")->stale);
    CHECK(f.node().devices().at("M-1").since == noon + 10s);
    f.birth();
    CHECK_FALSE(f.node().find("", "load")->stale);
    CHECK(f.node().find("M-1", "pieces")->stale); // until its own birth
    f.device_birth();
    CHECK_FALSE(f.node().find("M-1", "pieces")->stale);
}

TEST_CASE("what a dead device measured is stale at the payload's time; the node lives on")
{
    field f;
    f.begin();
    f.now = noon + 10s;
    const auto dead = f.next(message_kind::ddeath, {}, "M-1");
    REQUIRE(dead.what.readings.size() == 3);
    CHECK(dead.what.readings[0].at == noon + 10s);
    CHECK(dead.what.readings[0].stale);
    CHECK(f.node().online());
    CHECK_FALSE(f.node().devices().at("M-1").online);
    CHECK(reasons(f.next(message_kind::ddata, {by_alias(2, std::uint32_t{1})}, "M-1")) == "before_birth");
}

TEST_CASE("a birth without bdSeq or seq is refused")
{
    field f;
    CHECK(reasons(f.say(message_kind::nbirth, {}, 0)) == "birth_incomplete");
    CHECK(reasons(f.say(message_kind::nbirth, {named("bdSeq", data_type::int64, std::uint64_t{1})}, std::nullopt)) ==
          "birth_incomplete");
    CHECK_FALSE(f.node().online());
}

TEST_CASE("a birth may begin with any sequence number, and resets it")
{
    field f;
    f.say(message_kind::nbirth,
          {named("bdSeq", data_type::int64, std::uint64_t{1}), named("load", data_type::float64, 1.0)}, 250);
    f.seq = 250;
    for (int i = 0; i < 20; ++i)
        CHECK(reasons(f.next(message_kind::ndata, {named("load", data_type::float64, 1.0)})).empty());
    CHECK(f.node().counted().data == 20);
    CHECK(f.node().counted().reordered == 0);
}

TEST_CASE("a metric of a birth without name or type, or with a name or alias twice, is refused alone")
{
    field f;
    auto nameless = named("", data_type::int8, std::uint32_t{1});
    auto typeless = named("a", data_type::int8, std::uint32_t{1});
    typeless.type.reset();
    const auto born =
        f.say(message_kind::nbirth,
              {named("bdSeq", data_type::int64, std::uint64_t{1}), nameless, typeless,
               aliased("b", 1, data_type::int8, std::uint32_t{1}), aliased("b", 2, data_type::int8, std::uint32_t{1}),
               aliased("c", 1, data_type::int8, std::uint32_t{1})},
              0);
    CHECK(f.node().online());
    CHECK(f.node().devices().at("").metrics.size() == 2);
    std::size_t refused = 0;
    for (const auto& r : born.what.refused) refused += r.reason == "bad_birth_metric" ? 1 : 0;
    CHECK(refused == 4);
}

TEST_CASE("null, historical and transient metrics are told as such, and history does not change what is known")
{
    field f;
    f.begin();
    auto null = by_alias(2, {});
    null.null = true;
    auto said = f.next(message_kind::ddata, {null}, "M-1");
    REQUIRE(said.what.readings.size() == 1);
    CHECK(std::holds_alternative<std::monostate>(said.what.readings[0].value));
    auto old = by_alias(2, std::uint32_t{11});
    old.historical = true;
    said = f.next(message_kind::ddata, {by_alias(2, std::uint32_t{12}), old}, "M-1");
    REQUIRE(said.what.readings.size() == 2);
    CHECK(said.what.readings[1].historical);
    CHECK(f.node().find("M-1", "temperature")->value == value(std::int64_t{12}));
    auto brief = by_alias(3, false);
    brief.transient = true;
    CHECK(f.next(message_kind::ddata, {brief}, "M-1").what.readings[0].transient);
}

TEST_CASE("a value of another type than its birth's is refused, and the rest is taken")
{
    field f;
    f.begin();
    const auto said = f.next(message_kind::ddata, {by_alias(2, std::string("warm")), by_alias(3, false)}, "M-1");
    CHECK(reasons(said) == "unreadable_value");
    CHECK(said.what.refused[0].metric == "temperature");
    CHECK(said.what.refused[0].detail == "Int16 is not in an integer field");
    CHECK(said.what.readings.size() == 1);
    CHECK(said.publish.empty());
}

TEST_CASE("garbage on a Sparkplug topic is refused with a reason")
{
    field f;
    CHECK(reasons(f.listener.receive("spBv1.0/gears/NBIRTH/line-1", "\x0a\xff", noon)) == "bad_payload");
    CHECK(reasons(f.listener.receive("spBv1.0/gears/NBIRTH", "", noon)) == "bad_topic");
    host_options few;
    few.edge_nodes_most = 1;
    field g(few);
    g.birth();
    CHECK(reasons(g.listener.receive("spBv1.0/gears/NDATA/line-2", "", noon)) == "too_many_edge_nodes");
    CHECK(g.listener.receive("spBv1.0/gears/NCMD/line-1", "garbage", noon).what.refused.empty()); // not for hosts
}

TEST_CASE("a command has the types and aliases of the birth, a time, and no sequence number")
{
    field f;
    f.begin();
    const thing device{"gears", "line-1", "M-1"};
    const auto made =
        f.listener.command(device, {{"temperature", std::int64_t{-7}}, {"pieces", std::uint64_t{3}}}, noon);
    INFO(made.reason);
    REQUIRE(made);
    CHECK(made.ok->topic == "spBv1.0/gears/DCMD/line-1/M-1");
    CHECK(made.ok->qos == 0);
    CHECK_FALSE(made.ok->retain);
    const auto said = decode(made.ok->payload);
    REQUIRE(said);
    CHECK_FALSE(said.ok->seq);
    CHECK(said.ok->at == noon);
    CHECK(said.ok->metrics[0].alias == 2);
    CHECK(said.ok->metrics[0].name.empty());
    CHECK(interpret(said.ok->metrics[0].raw, data_type::int16).ok == value(std::int64_t{-7}));
    CHECK(said.ok->metrics[1].name == "pieces");
    CHECK(f.listener.command({"gears", "line-1", ""}, {{"load", 0.25}}, noon).ok->topic == "spBv1.0/gears/NCMD/line-1");
    CHECK(f.listener.command(device, {{"colour", true}}, noon).reason == "gears/line-1/M-1 has no metric colour");
    CHECK(f.listener.command(device, {{"temperature", std::int64_t{70'000}}}, noon).reason ==
          "temperature: the value is no Int16");
    CHECK(f.listener.command({"gears", "line-1", "M-2"}, {}, noon).reason == "gears/line-1/M-2 is not online");
    f.death(f.bd_seq);
    CHECK_FALSE(f.listener.command(device, {{"pieces", std::uint64_t{3}}}, noon));
}

TEST_CASE("after a lost connection every node that was online is asked for its birth")
{
    field f;
    f.begin();
    f.listener.lost_connection();
    const auto asked = f.listener.tick(noon + 1s);
    REQUIRE(asked.publish.size() == 1);
    CHECK(asks_for_rebirth(asked.publish[0]));
    f.birth();
    CHECK_FALSE(f.listener.next_timer());
}
