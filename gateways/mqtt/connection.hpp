#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

/// One connection to an MQTT 3.1.1 broker that is kept up.
namespace takt::mqtt {

struct endpoint {
    std::string host = "127.0.0.1";
    int port = 1883;
    std::string user, password; ///< empty: none
};

/// Reads "mqtt://[user:password@]host[:port]". Nothing if it is none.
std::optional<endpoint> read_url(const std::string& url);

struct packet {
    std::string topic, payload;
    int qos = 0;
    bool retain = false;
};

struct figures {
    bool connected = false;
    std::uint64_t connects = 0, failures = 0, losses = 0; ///< of connections
    std::uint64_t received = 0, sent = 0, unsent = 0;     ///< packets
    std::string last_error;
};

/// What a connection asks of its owner. Called on threads of the connection, `received` in the order of arrival.
struct owner {
    std::function<std::optional<packet>()> will; ///< before each CONNECT; nothing: none
    std::function<void()> connected;             ///< now subscribe, then say what is to be said
    std::function<void()> lost;
    std::function<void(std::string topic, std::string payload)> received;
};

/// Clean session, will, keep-alive of 5 s; when the connection is lost it is tried again after 0.1 s, 0.2 s… up to 5 s.
/// Members may be called from any thread.
class connection {
public:
    connection(const endpoint& to, std::string client_id, owner whose);
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    void start();
    /// Says the last words, if there is a connection, and disconnects: the broker does not publish the will.
    void stop(const std::optional<packet>& last_words = {});

    /// False, and counted, without a connection. Does not block.
    bool publish(const packet& p);
    bool subscribe(const std::string& filter, int qos);
    /// Whoever waits before the next attempt to connect waits no longer. A connection that stands is left alone: what
    /// asked for it may have seen it down a moment ago.
    void connect_at_once();
    figures counted() const;

private:
    struct parts;
    std::shared_ptr<parts> parts_;
};

} // namespace takt::mqtt
