#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "gateways/http/exchange.hpp"

namespace takt::http {

/// Answers one request. Runs on the connection's strand; what may take long goes through in_background.
using handler = std::function<boost::asio::awaitable<response>(const request&)>;

/// One path with its methods. A pattern's {name} takes one segment.
struct route {
    std::string pattern;
    std::map<std::string, handler> methods;
    std::uint64_t body_limit = 0;
    bool open = false; ///< needs no token: probes

    /// "GET, HEAD, OPTIONS, POST"
    std::string allow() const;
};

/// The routes in order; the first whose pattern fits a path is the one, so literal paths stand before {names}.
class router {
public:
    void add(route r);
    /// What answers all paths that no route fits and that are not below /api.
    void otherwise(route r) { rest_ = std::move(r); }
    /// Fills `path` with the pattern's names; null if no route fits.
    const route* find(const std::vector<std::string>& segments, std::map<std::string, std::string>& path) const;

private:
    struct entry {
        std::vector<std::string> pattern;
        route what;
    };
    std::vector<entry> entries_;
    std::optional<route> rest_;
};

} // namespace takt::http
