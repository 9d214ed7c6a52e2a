#pragma once

#include <optional>

#include <catch2/catch.hpp>

#include "runtime/caf_node.hpp"
#include "tests/runtime/store.hpp"
#include "tests/support.hpp"

namespace takt::runtime::test {

inline const instant monday = *parse_rfc3339("2026-01-05T06:00:00Z");

inline entity_ref store_at(std::string_view key) { return {"store", key}; }

/// A node on a folder of its own that can be stopped and started again.
struct plant_node {
    takt::test::temporary_folder folder;
    double speed = 1;
    limits bounds;
    std::optional<caf_node> node;

    explicit plant_node(double s = 1) : speed(s) { start(); }

    void start()
    {
        node_options o;
        o.directory = (folder.path() / "data").string();
        o.speed = speed;
        o.plant_start = monday;
        o.bounds = bounds;
        o.workers = 2;
        node.emplace(store::kinds(), o);
    }
    void restart()
    {
        node.reset();
        start();
    }

    template <class Command>
    answer ask(std::string_view key, Command c, std::string sender = {}, std::uint64_t fingerprint = 0)
    {
        return node->ask({store_at(key), make_message(std::move(c)), std::move(sender), 1, fingerprint, {}});
    }
    std::string state(std::string_view key) { return node->view(store_at(key)).state; }
    void settle() { REQUIRE(node->settle(std::chrono::seconds(20))); }
};

} // namespace takt::runtime::test
