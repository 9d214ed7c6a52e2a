#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "gateways/http/limits.hpp"
#include "gateways/http/what_if.hpp"
#include "runtime/node.hpp"

namespace takt::metrics {
class exposition;
}

namespace takt::http {

struct server_options {
    std::string address = "127.0.0.1"; ///< an IP address or "localhost"
    std::uint16_t port = 8080;         ///< 0: any free one
    std::optional<std::string> token;  ///< required for any address but loopback; at least 16 characters
    limits bounds;
    what_if_runner what_if;             ///< who looks ahead; nobody: /api/v1/what_ifs answers 501
    std::function<std::string()> feeds; ///< JSON for /api/v1/feeds; nobody: it answers 501
    std::string console;                ///< folder of the web console's files; empty: there is none
    std::string plant_name;             ///< for people
    unsigned threads = 1;               ///< that run connections; as many again read the journal and lists
};

/// Reads "127.0.0.1:8080", "[::1]:8080", ":8080" or "8080" into options. Throws std::invalid_argument.
void read_endpoint(const std::string& text, server_options& into);

/// The HTTP door of a node. Runs on threads of its own; what the node calls back returns to them.
class server {
public:
    /// `shown` is what /metrics answers, and takes this door's own metrics. `node` and `shown` must outlive the server.
    server(runtime::node& node, server_options options, metrics::exposition& shown);
    /// Stops if it still runs.
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    /// Listens. Throws std::runtime_error that names the address if it cannot, std::invalid_argument if the address
    /// needs a token and there is none.
    void start();
    /// Takes no more connections, ends event streams, lets exchanges under way finish for limits::stop_grace, and
    /// returns when all is over.
    void stop();

    std::uint16_t port() const; ///< after start
    std::string url() const;    ///< "http://127.0.0.1:8080"

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace takt::http
