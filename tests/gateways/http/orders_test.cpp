#include <catch2/catch.hpp>

#include <boost/json/parse.hpp>

#include "actors/kinds.hpp"
#include "messages/core/instant.hpp"
#include "tests/gateways/http/house.hpp"

using namespace takt;
using test::house;

namespace {

/// A node that knows all kinds, with one customer, one product for sale and one sub-assembly.
struct shop : house {
    shop() : house(all_kinds())
    {
        auto c = client();
        REQUIRE(c.post("/api/v1/customers/C-1/commands/define", R"({"name":"Mill & Sons"})").status == 200);
        REQUIRE(c.post("/api/v1/products/GB40/commands/define", product("true")).status == 200);
        REQUIRE(c.post("/api/v1/products/SHAFT/commands/define", product("false")).status == 200);
    }

    static std::string product(const std::string& finished)
    {
        return R"({"revision":"A","name":"gear box","bom":[],)"
               R"("routing":[{"operation":"10","modes":[{"machine":"M-1","run_time_ms":60000}]}],"staging_bin":"LINE","output_bin":"FG",)"
               R"("routing":[{"operation":"10","modes":[{"machine":"A-1","run_time_ms":60000}]}],"finished":)" +
               finished + "}";
    }
};

std::string order(const std::string& customer = "C-1", const std::string& product = "GB40", int quantity = 3)
{
    return R"({"customer":")" + customer + R"(","product":")" + product + R"(","quantity":)" +
           std::to_string(quantity) + R"(,"due":"2099-01-09T12:00:00Z","priority":5})";
}

std::vector<std::string> pointers(const http::client_answer& a)
{
    std::vector<std::string> all;
    const auto body = a.json();
    for (const auto& e : body.at("errors").as_array()) all.emplace_back(e.at("pointer").as_string());
    return all;
}

} // namespace

TEST_CASE("a placed order has a key and a place, where it is found with what was ordered")
{
    shop s;
    auto c = s.client();
    const auto placed = c.post("/api/v1/orders", order());
    REQUIRE(placed.status == 201);
    const auto key = std::string(placed.json().at("key").as_string());
    CHECK(key.size() == 13);
    CHECK(key.starts_with("SO-"));
    CHECK(placed.headers.at("location") == "/api/v1/orders/" + key);
    const auto found = c.get(placed.headers.at("location"));
    CHECK(found.status == 200);
    CHECK(found.json().at("key").as_string() == key);
    CHECK(found.json().at("customer") == "C-1");
    CHECK(found.json().at("product") == "GB40");
    CHECK(found.json().at("quantity") == 3);
}

TEST_CASE("an order repeated with its Idempotency-Key is the same order, also after a restart; two without are two")
{
    shop s;
    const http::client_headers once{{"Idempotency-Key", "\"4b1d7\""}};
    const auto first = s.client().post("/api/v1/orders", order(), once);
    REQUIRE(first.status == 201);
    const auto again = s.client().post("/api/v1/orders", order(), once);
    CHECK(again.status == 201);
    CHECK(again.json().at("key") == first.json().at("key"));
    CHECK(again.body == first.body);
    s.restart();
    auto c = s.client();
    CHECK(c.post("/api/v1/orders", order(), once).json().at("key") == first.json().at("key"));
    const auto other = c.post("/api/v1/orders", order("C-1", "GB40", 4), once);
    CHECK(other.status == 422);
    CHECK(other.json().at("reason") == "key_reused");
    CHECK(c.post("/api/v1/orders", order()).json().at("key") != c.post("/api/v1/orders", order()).json().at("key"));
    CHECK(c.get("/api/v1/orders").json().at("items").as_array().size() == 3);
}

TEST_CASE(
    "a promise that is reserved is kept as an order until it is confirmed, and once however often it is asked for")
{
    shop s;
    auto c = s.client();
    REQUIRE(c.post("/api/v1/machines/A-1/commands/define", R"({"work_center":"W","shifts":[]})").status == 200);
    REQUIRE(c.post("/api/v1/materials/GB40/commands/define", R"({"source":"make"})").status == 200);
    const std::string question = R"({"product":"GB40","quantity":3,"reserve":true,"customer":"C-1"})";
    const auto first = c.post("/api/v1/promises", question, {{"Idempotency-Key", "k-1"}});
    REQUIRE(first.status == 201);
    const auto kept = first.json().at("reservation");
    CHECK(kept.at("status").as_string() == "reserved");
    const auto path = "/api/v1/orders/" + std::string(kept.at("order").as_string());
    CHECK(c.get(path).json().at("status").as_string() == "reserved");
    const auto again = c.post("/api/v1/promises", question, {{"Idempotency-Key", "k-1"}});
    CHECK(again.json().at("reservation") == kept);
    CHECK(c.post("/api/v1/promises", R"({"product":"GB40","quantity":4,"reserve":true,"customer":"C-1"})",
                 {{"Idempotency-Key", "k-1"}})
              .status == 422);
    CHECK(c.post(path + "/commands/confirm", "{}").status == 200);
    CHECK(c.get(path).json().at("status").as_string() == "open");
    CHECK(pointers(c.post("/api/v1/promises", R"({"product":"GB40","quantity":3,"reserve":true})")) ==
          std::vector<std::string>{"#/customer"});
}

TEST_CASE("an order of an unknown customer, or of what is not for sale, names the member at fault")
{
    shop s;
    auto c = s.client();
    using some = std::vector<std::string>;
    CHECK(pointers(c.post("/api/v1/orders", order("C-9"))) == some{"#/customer"});
    CHECK(pointers(c.post("/api/v1/orders", order("C-1", "SHAFT"))) == some{"#/product"});
    CHECK(pointers(c.post("/api/v1/orders", order("C 9", "NONE"))) == some{"#/customer", "#/product"});
    CHECK(pointers(c.post("/api/v1/orders", "{\"customer\":\"C-1\"}")) == some{"#/product", "#/quantity", "#/due"});
    CHECK(c.post("/api/v1/orders", order("C-1", "GB40", 0)).status == 422);
    CHECK(c.get("/api/v1/orders").json().at("items").as_array().empty());
}

TEST_CASE("orders are found by status, customer, product and due date")
{
    shop s;
    auto c = s.client();
    REQUIRE(c.post("/api/v1/orders", order()).status == 201);
    const auto found = [&](const std::string& query) {
        return c.get("/api/v1/orders?" + query).json().at("items").as_array().size();
    };
    CHECK(found("customer=C-1&product=GB40&due_before=2100-01-01T00:00:00Z&late=false") == 1);
    CHECK(found("customer=C-2") == 0);
    CHECK(found("due_before=2020-01-01T00:00:00Z") == 0);
    CHECK(found("status=shipped") == 0);
}

TEST_CASE("the API's description has a path for every command at the door, and a schema for every state")
{
    shop s;
    const auto api = s.client().get("/api/v1/openapi.json").json();
    CHECK(api.at("openapi") == "3.1.0");
    const auto& paths = api.at("paths").as_object();
    CHECK(paths.at("/api/v1/orders").as_object().contains("post"));
    for (const auto& kind : s.node().kinds().all()) {
        const auto base = "/api/v1/" + http::plural(kind->name) + "/{key}";
        CHECK(paths.contains(base));
        for (const auto* command : kind->doors) CHECK(paths.contains(base + "/commands/" + std::string(command->name)));
        CHECK(api.at("components").at("schemas").as_object().contains(std::string(kind->name) + ".state"));
    }
}

TEST_CASE("a plant that has planned nothing has an empty schedule")
{
    shop s;
    const auto schedule = s.client().get("/api/v1/schedule");
    CHECK(schedule.status == 200);
    CHECK(schedule.json().at("items").as_array().empty());
}
