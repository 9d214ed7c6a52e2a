#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "actors/kinds.hpp"
#include "gateways/http/client.hpp"
#include "gateways/http/server.hpp"
#include "gateways/plant/plant_file.hpp"
#include "metrics/exposition.hpp"
#include "runtime/caf_node.hpp"
#include "sim/simulator.hpp"
#include "tests/support.hpp"

namespace takt::sim::test {

/// A node with gearworks in it, its HTTP door, and the world around it, at high speed, from a Monday at 06:00.
class whole_plant {
public:
    explicit whole_plant(double speed, scenario how) : speed_(speed), how_(std::move(how)), kinds_(all_kinds())
    {
        auto read = plant::load(takt::test::source_path("plants/gearworks.json"));
        if (!read) throw std::runtime_error(describe(read.error()));
        plant_ = std::move(*read);
        open();
    }
    ~whole_plant() { close(); }
    whole_plant(const whole_plant&) = delete;
    whole_plant& operator=(const whole_plant&) = delete;

    /// Ends everything, and begins again on the same data.
    void restart()
    {
        close();
        open();
    }

    /// Items of a list over HTTP, as the query asks for them.
    std::size_t count(const std::string& list)
    {
        http::client client(door_->url());
        std::size_t sum = 0;
        std::string cursor;
        do {
            const auto page = client.get("/api/v1/" + list + (list.find('?') == std::string::npos ? "?" : "&") +
                                         "limit=500" + (cursor.empty() ? "" : "&cursor=" + cursor));
            const auto json = page.json();
            if (!page.ok() || !json.is_object()) throw std::runtime_error(list + ": " + page.complaint());
            sum += json.get_object().at("items").as_array().size();
            const auto& next = json.get_object().at("next_cursor");
            cursor = next.is_string() ? std::string(next.get_string()) : std::string();
        } while (!cursor.empty());
        return sum;
    }

    /// Waits for something that must come about within this much real time.
    bool comes(const std::function<bool()>& what, std::chrono::seconds longest) const
    {
        constexpr auto look_every = std::chrono::milliseconds(250);
        const auto end = std::chrono::steady_clock::now() + longest;
        while (std::chrono::steady_clock::now() < end) {
            if (what()) return true;
            std::this_thread::sleep_for(look_every);
        }
        return false;
    }

    simulator& world() { return *world_; }
    std::string url() const { return door_->url(); }
    runtime::caf_node& node() { return *node_; }

private:
    void open()
    {
        runtime::node_options options;
        options.directory = folder_.path() / "data";
        options.speed = speed_;
        options.plant_start = parse_rfc3339("2026-01-12T05:00:00Z"); // 06:00 in Berlin
        node_ = std::make_unique<runtime::caf_node>(kinds_, options);
        for (auto& definition : plant::definitions(plant_)) {
            const auto entity = definition.target.path();
            const auto a = node_->ask(std::move(definition));
            if (a.result != runtime::outcome::accepted)
                throw std::runtime_error("cannot define " + entity + ": " + a.reason + ", " + a.detail);
        }
        shown_ = std::make_unique<metrics::exposition>("test");
        http::server_options door;
        door.port = 0;
        door_ = std::make_unique<http::server>(*node_, door, *shown_);
        door_->start();
        world_ = std::make_unique<simulator>(*node_, door_->url(), plant_, how_);
        world_->start();
    }
    void close()
    {
        world_.reset();
        door_.reset();
        shown_.reset();
        node_.reset();
    }

    takt::test::temporary_folder folder_;
    const double speed_;
    const scenario how_;
    const kind_registry kinds_;
    plant::file plant_;
    std::unique_ptr<runtime::caf_node> node_;
    std::unique_ptr<metrics::exposition> shown_;
    std::unique_ptr<http::server> door_;
    std::unique_ptr<simulator> world_;
};

} // namespace takt::sim::test
