#pragma once

#include <functional>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "gateways/http/client.hpp"
#include "gateways/http/kind_names.hpp"
#include "gateways/http/server.hpp"
#include "metrics/exposition.hpp"
#include "metrics/node_metrics.hpp"
#include "runtime/caf_node.hpp"
#include "tests/gateways/http/bare_connection.hpp"
#include "tests/gateways/http/lamp.hpp"
#include "tests/support.hpp"

namespace takt::test {

/// A real node in a temporary folder with a real HTTP door on a free port.
class house {
public:
    /// `change` may set the door's options before it opens.
    explicit house(const std::function<void(http::server_options&)>& change = {});
    house(kind_registry kinds, const std::function<void(http::server_options&)>& change = {});
    ~house();
    house(const house&) = delete;
    house& operator=(const house&) = delete;

    http::client client(std::string token = {}) const;
    /// Closes the node and the door, and opens both again on the same data.
    void restart();

    runtime::caf_node& node() { return *node_; }
    http::server& door() { return *door_; }
    /// The value of a metric's line, such as `takt_http_slow_clients_total`; 0 if there is none.
    double metric(const std::string& line) const;
    /// Waits until lists and metrics show all that is journalled.
    void catch_up();

private:
    void open();
    void close();

    temporary_folder folder_;
    kind_registry kinds_;
    http::server_options options_;
    std::unique_ptr<runtime::caf_node> node_;
    std::unique_ptr<metrics::exposition> shown_;
    std::unique_ptr<http::server> door_;
};

/// Lamps and candles.
kind_registry small_things();

/// Waits up to 10 s until `what` is so; false if it never is.
bool soon(const std::function<bool()>& what);

inline kind_registry small_things()
{
    kind_registry kinds;
    kinds.add(make_kind<lamp::kind>());
    kinds.add(make_kind<candle::kind>());
    return kinds;
}

inline house::house(const std::function<void(http::server_options&)>& change) : house(small_things(), change) {}

inline house::house(kind_registry kinds, const std::function<void(http::server_options&)>& change)
    : kinds_(std::move(kinds))
{
    options_.port = 0;
    if (change) change(options_);
    open();
}

inline house::~house() { close(); }

inline void house::open()
{
    runtime::node_options node;
    node.directory = folder_.path().string();
    node.workers = 2;
    node_ = std::make_unique<runtime::caf_node>(kinds_, node);
    shown_ = std::make_unique<metrics::exposition>("test");
    shown_->add(std::make_shared<metrics::node_metrics>(*node_, std::chrono::milliseconds(0)));
    door_ = std::make_unique<http::server>(*node_, options_, *shown_);
    door_->start();
}

inline void house::close()
{
    if (door_) door_->stop();
    door_.reset();
    shown_.reset();
    node_.reset();
}

inline void house::restart()
{
    close();
    open();
}

inline http::client house::client(std::string token) const
{
    return http::client(door_->url(), std::move(token), std::chrono::seconds(10));
}

inline double house::metric(const std::string& line) const
{
    std::istringstream text(shown_->text());
    for (std::string one; std::getline(text, one);)
        if (one.starts_with(line + " ")) return std::stod(one.substr(line.size() + 1));
    return 0;
}

inline void house::catch_up()
{
    if (!soon([&] {
            const auto c = node_->counters();
            return c.derived_position >= c.journal_position;
        }))
        throw std::runtime_error("derived data did not reach the journal");
}

inline bool soon(const std::function<bool()>& what)
{
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!what()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

} // namespace takt::test
