#include <catch2/catch.hpp>

#include "gateways/mqtt/connection.hpp"

using namespace takt;

TEST_CASE("a broker's address has a host, and may have a port, a user and a password")
{
    const auto plain = mqtt::read_url("mqtt://broker");
    REQUIRE(plain);
    CHECK(plain->host == "broker");
    CHECK(plain->port == 1883);
    const auto all = mqtt::read_url("mqtt://ann:se:cret@10.0.0.7:8883/");
    REQUIRE(all);
    CHECK(all->host == "10.0.0.7");
    CHECK(all->port == 8883);
    CHECK(all->user == "ann");
    CHECK(all->password == "se:cret");
    const auto six = mqtt::read_url("mqtt://[::1]:1884");
    REQUIRE(six);
    CHECK(six->host == "::1");
    CHECK(six->port == 1884);
}

TEST_CASE("what is no broker's address is none")
{
    for (const char* bad : {"", "broker", "http://broker", "mqtt://", "mqtt://:1883", "mqtt://b:0", "mqtt://b:65536",
                            "mqtt://b:18x", "mqtt://b/path", "mqtt://[::1"}) {
        INFO(bad);
        CHECK_FALSE(mqtt::read_url(bad));
    }
}

TEST_CASE("without a broker nothing is sent, and all of it is counted")
{
    mqtt::owner nobody{[] { return std::optional<mqtt::packet>(); }, [] {}, [] {}, [](std::string, std::string) {}};
    mqtt::connection c({"127.0.0.1", 1, "", ""}, "takt-test", nobody); // nobody listens on port 1
    c.start();
    CHECK_FALSE(c.publish({"t", "p"}));
    CHECK_FALSE(c.subscribe("t", 0));
    c.stop();
    const auto f = c.counted();
    CHECK_FALSE(f.connected);
    CHECK(f.unsent == 1);
    CHECK(f.sent == 0);
}
