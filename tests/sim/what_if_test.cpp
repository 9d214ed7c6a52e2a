#include "sim/what_if.hpp"

#include <catch2/catch.hpp>

#include "actors/kinds.hpp"
#include "gateways/http/client.hpp"
#include "gateways/http/server.hpp"
#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"
#include "metrics/exposition.hpp"
#include "runtime/caf_node.hpp"
#include "tests/support.hpp"

using namespace takt;
using namespace std::chrono_literals;

namespace {

/// Gearworks on a Monday at 06:00, at a stand, with its HTTP door.
struct standing_plant {
    standing_plant() : plant(plant::load(test::source_path("plants/gearworks.json")).value()), shown("test")
    {
        runtime::node_options options;
        options.directory = folder.path() / "data";
        options.plant_start = parse_rfc3339("2026-01-12T05:00:00Z");
        node.emplace(kinds, options);
        for (auto& definition : plant::definitions(plant)) node->ask(std::move(definition));
        http::server_options door;
        door.port = 0;
        door.what_if = [this, look_ahead = sim::what_if_runner(kinds, plant)](const auto& what, auto before,
                                                                              const auto& go_on) {
            const returning told{*this};
            return look_ahead(what, std::move(before), go_on);
        };
        server.emplace(*node, std::move(door), shown);
        server->start();
        client.emplace(server->url());
    }

    std::string order(const std::string& due)
    {
        return R"({"customer":")" + plant.customers.front().key.text + R"(","product":")" +
               plant.demand.front().product.text + R"(","quantity":5,"due":")" + due + R"("})";
    }
    /// The next entry that ends, when it is no longer waiting or running.
    boost::json::object ended(const std::string& where)
    {
        {
            std::unique_lock lock(mutex);
            if (!returned.wait_for(lock, 300s, [&] { return runs_returned > runs_seen; }))
                throw std::runtime_error("no end");
            ++runs_seen;
        }
        while (true) { // what the look ahead came to is noted right after it
            const auto json = client->get(where).json();
            const auto& status = json.as_object().at("status").as_string();
            if (status != "waiting" && status != "running") return json.as_object();
        }
    }

    /// Tells that a look ahead has returned, or thrown.
    struct returning {
        standing_plant& plant;
        ~returning()
        {
            const std::lock_guard lock(plant.mutex);
            ++plant.runs_returned;
            plant.returned.notify_all();
        }
    };

    std::mutex mutex;
    std::condition_variable returned;
    int runs_returned = 0, runs_seen = 0;
    const kind_registry kinds = all_kinds();
    plant::file plant;
    test::temporary_folder folder;
    metrics::exposition shown;
    std::optional<runtime::caf_node> node;
    std::optional<http::server> server;
    std::optional<http::client> client;
};

std::string question(const std::string& path, const std::string& body)
{
    return R"({"hours":12,"runs":1,"changes":[{"path":")" + path + R"(","body":)" + body + "}]}";
}

} // namespace

TEST_CASE("what-if: an order that is only tried is shipped in the copies, and placed when it is applied")
{
    standing_plant plant;
    const auto asked =
        plant.client->post("/api/v1/what_ifs", question("/api/v1/orders", plant.order("2026-01-12T15:00:00Z")));
    INFO(asked.body);
    REQUIRE(asked.status == 202);
    const auto where = asked.headers.at("location");
    const auto entry = plant.ended(where);
    INFO(to_json(boost::json::value(entry)));
    REQUIRE(entry.at("status").as_string() == "done");
    const auto answer = read_json<http::what_if_answer>(entry.at("answer"), strictness::from_storage).value();
    REQUIRE(answer.orders.size() == 1);
    CHECK_FALSE(answer.orders[0].before);
    REQUIRE(answer.orders[0].after);
    CHECK(answer.orders[0].after->on_time_percent == 100.0);
    CHECK(answer.before.orders_due == 0);
    CHECK(answer.after.orders_due == 1);
    CHECK(plant.client->get("/api/v1/orders").json().at("items").as_array().empty());

    CHECK(plant.client->post(where + "/apply", "").status == 200);
    CHECK(plant.client->post(where + "/apply", "").status == 200); // once is enough
    CHECK(plant.client->get("/api/v1/orders").json().at("items").as_array().size() == 1);
}

TEST_CASE("what-if: machines that are down make fewer pieces, and nothing happens to the plant")
{
    standing_plant plant;
    for (int i = 0; i < 3; ++i)
        REQUIRE(plant.client->post("/api/v1/orders", plant.order("2026-01-14T10:00:00Z")).status == 201);
    REQUIRE(plant.node->settle(20s));
    std::string changes;
    for (const auto& m : plant.plant.machines)
        changes += std::string(changes.empty() ? "" : ",") + R"({"path":"/api/v1/machines/)" + m.key.text +
                   R"(/commands/report_down","body":{"reason":"broken"}})";
    const auto asked = plant.client->post("/api/v1/what_ifs", R"({"hours":8,"runs":1,"changes":[)" + changes + "]}");
    INFO(asked.body);
    REQUIRE(asked.status == 202);
    const auto entry = plant.ended(asked.headers.at("location"));
    INFO(to_json(boost::json::value(entry)));
    const auto answer = read_json<http::what_if_answer>(entry.at("answer"), strictness::from_storage).value();
    REQUIRE(answer.orders.size() == 3);
    CHECK(answer.after.run_h < answer.before.run_h);
    CHECK(plant.client->get("/api/v1/machines/" + plant.plant.machines.front().key.text).json().at("up").as_bool());
}

TEST_CASE("what-if: what cannot be asked is named, and a plant that has moved on is not changed")
{
    standing_plant plant;
    const auto nowhere = plant.client->post("/api/v1/what_ifs", question("/api/v1/nowhere", "{}"));
    CHECK(nowhere.status == 422);
    CHECK(nowhere.body.find("#/changes/0/path") != std::string::npos);
    CHECK(plant.client->post("/api/v1/what_ifs", R"({"changes":[],"hours":0})").body.find("#/hours") !=
          std::string::npos);
    CHECK(plant.client->get("/api/v1/what_ifs/77").status == 404);

    const auto& machine = plant.plant.machines.front().key.text;
    const auto down = "/api/v1/machines/" + machine + "/commands/report_down";
    const auto refused = plant.client->post(
        "/api/v1/what_ifs", question("/api/v1/work_orders/WO-0/commands/hold", R"({"reason":"there is none"})"));
    const auto failed = plant.ended(refused.headers.at("location"));
    CHECK(failed.at("status").as_string() == "failed");
    CHECK(std::string(failed.at("error").as_string()).starts_with("#/changes/0: "));

    const auto asked = plant.client->post("/api/v1/what_ifs", question(down, R"({"reason":"broken"})"));
    const auto where = asked.headers.at("location");
    REQUIRE(plant.ended(where).at("status").as_string() == "done");
    REQUIRE(plant.client->post(down, R"({"reason":"something else"})").ok());
    const auto conflict = plant.client->post(where + "/apply", "");
    CHECK(conflict.status == 409);
    CHECK(conflict.body.find("world_moved_on") != std::string::npos);
    CHECK(conflict.body.find("machine/" + machine) != std::string::npos);
}
