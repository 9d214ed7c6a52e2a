#include "app/remote.hpp"

#include <iostream>

#include "gateways/http/access.hpp"
#include "gateways/http/target.hpp"
#include "messages/core/json_write.hpp"

namespace takt::app {

void add_remote_options(CLI::App& command, remote_options& o)
{
    command.add_option("--url", o.url, "The node's HTTP address")->capture_default_str()->envname("TAKT_URL");
    command.add_option("--token-file", o.token_file, "File with the node's token")->envname("TAKT_TOKEN_FILE");
    command.add_flag("--json", o.json, "Print JSON");
}

void with_node(const remote_options& o, const std::function<exit_code(http::client&)>& work)
{
    const auto token = o.token_file.empty() ? std::string() : http::read_token_file(o.token_file);
    exit_code code = exit_code::unreachable;
    try {
        http::client node(o.url, token);
        code = work(node);
    } catch (const CLI::Error&) {
        throw; // what was typed is wrong, not the node
    } catch (const std::runtime_error& error) {
        std::cerr << "takt: no answer from " << error.what() << '\n';
    }
    finish(code);
}

exit_code complain(const http::client_answer& answer)
{
    std::cerr << "takt: " << answer.complaint() << '\n';
    return exit_code::refused;
}

std::string path_of(const std::string& entity)
{
    const auto slash = entity.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == entity.size())
        throw CLI::ValidationError("'" + entity + "' is not KIND/KEY, such as machine/M-104");
    return "/api/v1/" + http::percent_encode(entity.substr(0, slash)) + '/' +
           http::percent_encode(entity.substr(slash + 1));
}

std::string plain(const boost::json::value& value)
{
    return value.is_string() ? std::string(value.get_string()) : to_json(value);
}

} // namespace takt::app
