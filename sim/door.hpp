#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "gateways/http/client.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"
#include "sim/agenda.hpp"

namespace takt::sim {

/// What a person at a terminal gets to see.
struct door_answer {
    int status = 0;
    std::string reason; ///< of a refusal
    std::string detail;
    boost::json::value body;
    bool ok() const { return status >= 200 && status < 300; }
};

/// The HTTP door as people use it: they wait for an answer, and try again while the node is busy or away. Used by one
/// thread.
class door {
public:
    /// One exchange with the node. Throws std::runtime_error if there is no answer.
    using exchange = std::function<http::client_answer(const std::string& method, const std::string& target,
                                                       const std::string& body, const http::client_headers&)>;
    door(exchange with, std::function<bool()> stopping) : exchange_(std::move(with)), stopping_(std::move(stopping)) {}

    /// Null if there is nothing there.
    boost::json::value get(const std::string& path);
    /// The parts of an entity that `View` names; nothing if there is no such entity, or it cannot be read.
    template <class View> std::optional<View> read(const std::string& path)
    {
        const auto json = get(path);
        if (!json.is_object()) return std::nullopt;
        auto view = read_json<View>(json, strictness::from_storage);
        if (view) return std::move(*view);
        complain(path, takt::describe(view.error()));
        return std::nullopt;
    }
    /// All items of a list, page by page.
    void list(const std::string& path, const std::function<void(const boost::json::object&)>& item);

    /// `identity` names the action: the same one again, after a restart, gets its first answer.
    door_answer post(const std::string& path, const std::string& body, const std::string& identity);
    /// A command of an entity.
    template <class Command> door_answer tell(std::string_view key, const Command& command, const std::string& identity)
    {
        std::string path = "/api/v1/";
        path.append(kind_name<Command>()).append(1, '/').append(key).append("/commands/").append(type_name<Command>());
        return post(path, to_json(command), identity);
    }

    std::uint64_t requests() const { return requests_; }
    std::uint64_t refused() const { return refused_; }
    std::uint64_t repeated() const { return repeated_; }

private:
    http::client_answer ask(const std::string& method, const std::string& target, const std::string& body,
                            const http::client_headers& headers);
    static void complain(const std::string& path, const std::string& what);

    const exchange exchange_;
    const std::function<bool()> stopping_;
    std::atomic<std::uint64_t> requests_{0}, refused_{0}, repeated_{0};
};

} // namespace takt::sim
