#include "gateways/http/direct.hpp"

#include <boost/asio/io_context.hpp>

#include "gateways/http/routes.hpp"
#include "metrics/exposition.hpp"

namespace asio = boost::asio;

namespace takt::http {

struct direct_door::parts {
    explicit parts(runtime::node& node)
        : shown("direct"),
          counted(shown.registry()),
          readers(1),
          shared{node, {}, kind_names(node.kinds()), counted, [] { return std::string(); }, readers},
          routes(make_routes(shared))
    {
    }

    response answer(const route* to, const request& r)
    {
        if (to == nullptr) return problem(404, "no_such_path", "There is nothing here.");
        const auto method = to->methods.find(r.method);
        if (method == to->methods.end()) return problem(405, "method_not_allowed", "This path takes " + to->allow());
        std::optional<response> got;
        std::exception_ptr failed;
        asio::co_spawn(loop, method->second(r), [&](const std::exception_ptr& wrong, response out) {
            failed = wrong;
            got = std::move(out);
        });
        loop.restart();
        loop.run();
        if (failed) std::rethrow_exception(failed);
        if (!got || got->feed) return problem(501, "no_streams", "There are no event streams here.");
        return std::move(*got);
    }

    metrics::exposition shown;
    metrics::http_metrics counted;
    asio::io_context loop{1};
    asio::thread_pool readers;
    door shared;
    router routes;
};

direct_door::direct_door(runtime::node& node) : parts_(std::make_unique<parts>(node)) {}
direct_door::~direct_door() = default;

client_answer direct_door::send(const std::string& method, const std::string& target, const std::string& body,
                                const client_headers& headers)
{
    request r;
    r.method = method;
    r.body = body;
    for (const auto& [name, value] : headers) r.headers[lower_case(name)] = value;
    const auto where = parse_target(target);
    if (!where) throw std::invalid_argument("'" + target + "' is no path");
    r.where = *where;
    const auto* to = parts_->routes.find(r.where.path, r.path);
    auto out = parts_->answer(to, r);
    client_answer a;
    a.status = out.status;
    for (auto& [name, value] : out.headers) a.headers[lower_case(name)] = std::move(value);
    a.body = std::move(out.body);
    return a;
}

} // namespace takt::http
