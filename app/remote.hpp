#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/exit_code.hpp"
#include "gateways/http/client.hpp"

/// What the subcommands share that talk to a running node.
namespace takt::app {

struct remote_options {
    std::string url = "http://127.0.0.1:8080";
    std::string token_file;
    bool json = false;
};

/// Adds --url, --token-file and --json.
void add_remote_options(CLI::App& command, remote_options& o);

/// Runs `work` with a client; says on stderr why there was no answer, and exits as unreachable.
void with_node(const remote_options& o, const std::function<exit_code(http::client&)>& work);

/// Says on stderr what a node answered that is no success.
exit_code complain(const http::client_answer& answer);

/// "/api/v1/machine/M-104" of "machine/M-104". Throws CLI::ValidationError if it is not KIND/KEY.
std::string path_of(const std::string& entity);

/// A value for people: text without quotes, the rest as JSON.
std::string plain(const boost::json::value& value);

} // namespace takt::app
