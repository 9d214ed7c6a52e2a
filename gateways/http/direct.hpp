#pragma once

#include <memory>
#include <string>

#include "gateways/http/client.hpp"
#include "runtime/node.hpp"

namespace takt::http {

/// The HTTP door of a node without the wire, for a caller on the node's own thread: the same paths, checks and answers,
/// and no sockets. For nodes in virtual time, which cannot wait for anybody.
class direct_door {
public:
    explicit direct_door(runtime::node& node);
    ~direct_door();
    direct_door(const direct_door&) = delete;
    direct_door& operator=(const direct_door&) = delete;

    /// Event streams have no end and are not served here: 501.
    client_answer send(const std::string& method, const std::string& target, const std::string& body = {},
                       const client_headers& headers = {});

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace takt::http
