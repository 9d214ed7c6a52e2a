#include "gateways/http/access.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace takt::http {
namespace {

/// "127.0.0.1" of "127.0.0.1:8080", "[::1]" of "[::1]:8080".
std::string_view without_port(std::string_view host)
{
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

bool names_this_machine(std::string_view host)
{
    const auto name = without_port(host);
    return name == "localhost" || name == "[::1]" || name.starts_with("127.");
}

bool same_origin(std::string_view origin, std::string_view host)
{
    const auto scheme = origin.find("://");
    return scheme != std::string_view::npos && origin.substr(scheme + 3) == host;
}

} // namespace

bool equal_in_constant_time(std::string_view shown, std::string_view secret)
{
    unsigned difference = shown.size() == secret.size() ? 0U : 1U;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto expected = static_cast<unsigned char>(secret[i % secret.size()]);
        difference |= static_cast<unsigned>(static_cast<unsigned char>(shown[i]) ^ expected);
    }
    return difference == 0;
}

bool access::token_shown(const request& r) const
{
    constexpr std::string_view scheme = "bearer ";
    const auto header = r.header("authorization");
    if (!header || header->size() < scheme.size()) return false;
    const auto same_letter = [](char ours, char theirs) { return ours == (theirs | 0x20); };
    if (!std::equal(scheme.begin(), scheme.end() - 1, header->begin(), same_letter)) return false;
    return equal_in_constant_time(header->substr(scheme.size()), *token_);
}

std::optional<response> access::refusal_of(const request& r, bool open) const
{
    const auto host = r.header("host").value_or("");
    if (const auto origin = r.header("origin"); origin && !same_origin(*origin, host))
        return problem(403, "foreign_origin", "Pages from " + std::string(*origin) + " may not use this node.");
    if (!token_) {
        if (host.empty() || names_this_machine(host)) return std::nullopt;
        return problem(421, "foreign_host", "This node answers as localhost only, not as " + std::string(host) + '.');
    }
    if (open || token_shown(r)) return std::nullopt;
    auto unknown = problem(401, "token_needed", "Send the node's token: Authorization: Bearer …");
    return unknown.with("WWW-Authenticate", "Bearer realm=\"takt\"");
}

std::string read_token_file(const std::string& path)
{
    constexpr std::size_t shortest = 16;
    std::ifstream file(path);
    std::string token;
    if (!file || !std::getline(file, token)) throw std::runtime_error("cannot read a token from " + path);
    while (!token.empty() && (token.back() == '\r' || token.back() == ' ')) token.pop_back();
    const bool printable = std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    if (token.size() < shortest || !printable)
        throw std::runtime_error("the first line of " + path + " must be a token of at least " +
                                 std::to_string(shortest) + " printable characters without spaces");
    return token;
}

} // namespace takt::http
