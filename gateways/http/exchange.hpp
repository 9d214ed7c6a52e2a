#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateways/http/target.hpp"
#include "messages/core/problem.hpp"

/// One exchange as handlers see it: no sockets, no Beast.
namespace takt::http {

class event_feed;

struct request {
    std::string method;                         ///< "GET"; HEAD arrives here as GET
    target where;                               ///< decoded path and query
    std::map<std::string, std::string> headers; ///< names in lower case
    std::map<std::string, std::string> path;    ///< the route's {names}
    std::string body;

    /// The header, or nothing. `name` in lower case.
    std::optional<std::string_view> header(std::string_view name) const;
    const std::string& part(const std::string& name) const { return path.at(name); }
};

struct response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::shared_ptr<event_feed> feed; ///< instead of a body: server-sent events until one side ends

    response& with(std::string name, std::string value)
    {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
};

response json(int status, std::string body);
response empty(int status);

/// RFC 9457 problem document. `reason` is the stable snake_case word programs react to; `detail` is for people.
response problem(int status, std::string_view reason, std::string_view detail, const problems& errors = {});

/// 422 that names each member at fault: {"errors":[{"pointer":"#/due","detail":"is missing"}]}.
response unprocessable(const problems& errors);

/// 503 with Retry-After.
response unavailable(std::string_view reason, std::string_view detail, long retry_after_s);

/// A header's name as it is looked up: ASCII letters small.
std::string lower_case(std::string_view text);

/// "Not Found" for 404.
std::string_view status_phrase(int status);

} // namespace takt::http
