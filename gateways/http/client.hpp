#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

namespace takt::http {

/// What a node answered.
struct client_answer {
    int status = 0;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;

    bool ok() const { return status >= 200 && status < 300; }
    /// The body as JSON; null if it is none.
    boost::json::value json() const;
    /// "422 Unprocessable Content: there is no customer/C-9 (#/customer: …)" of a problem document, for people.
    std::string complaint() const;
};

/// One server-sent event.
struct client_event {
    std::string id, type, data;
};

using client_headers = std::vector<std::pair<std::string, std::string>>;

/// A blocking HTTP client of a node, for command lines, the simulator's people and tests. It keeps its connection. Used
/// by one thread at a time.
class client {
public:
    /// `url`: "http://127.0.0.1:8080". Throws std::invalid_argument if it is none. `wait` bounds each step (connect,
    /// write, read).
    explicit client(const std::string& url, std::string token = {},
                    std::chrono::milliseconds wait = std::chrono::seconds(30));
    ~client();
    client(client&&) noexcept;
    client& operator=(client&&) noexcept;

    /// Throws std::runtime_error with the reason if there is no answer. A request that is safe to repeat (GET, or with
    /// an Idempotency-Key) is repeated once when a kept connection turns out to be closed.
    client_answer send(const std::string& method, const std::string& target, const std::string& body = {},
                       const client_headers& headers = {});
    client_answer get(const std::string& target, const client_headers& headers = {})
    {
        return send("GET", target, {}, headers);
    }
    client_answer post(const std::string& target, const std::string& body, const client_headers& headers = {})
    {
        return send("POST", target, body, headers);
    }

    /// Reads an event stream until `take` says false, the server ends it, or nothing, not even a heartbeat, comes for
    /// `wait`. Returns the answer it began with.
    client_answer events(const std::string& target, const std::function<bool(const client_event&)>& take,
                         const client_headers& headers = {});

    const std::string& url() const;

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace takt::http
