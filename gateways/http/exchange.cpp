#include "gateways/http/exchange.hpp"

#include <array>

#include "messages/core/json_write.hpp"

namespace takt::http {
namespace {

void append_errors(std::string& out, const problems& errors)
{
    out += ",\"errors\":[";
    for (std::size_t i = 0; i < errors.size(); ++i) {
        if (i > 0) out += ',';
        out += "{\"pointer\":";
        write_json(out, errors[i].pointer);
        out += ",\"detail\":";
        write_json(out, errors[i].detail);
        out += '}';
    }
    out += ']';
}

} // namespace

std::optional<std::string_view> request::header(std::string_view name) const
{
    const auto found = headers.find(std::string(name));
    if (found == headers.end()) return std::nullopt;
    return found->second;
}

std::string lower_case(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view status_phrase(int status)
{
    static constexpr std::array<std::pair<int, std::string_view>, 22> phrases{{
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
    }};
    for (const auto& [code, phrase] : phrases)
        if (code == status) return phrase;
    return "Unknown";
}

response json(int status, std::string body)
{
    response r;
    r.status = status;
    r.body = std::move(body);
    return r;
}

response empty(int status)
{
    response r;
    r.status = status;
    r.content_type.clear();
    return r;
}

response problem(int status, std::string_view reason, std::string_view detail, const problems& errors)
{
    response r;
    r.status = status;
    r.content_type = "application/problem+json";
    r.body = "{\"type\":\"about:blank\",\"title\":";
    write_json(r.body, status_phrase(status));
    r.body += ",\"status\":" + std::to_string(status) + ",\"reason\":";
    write_json(r.body, reason);
    r.body += ",\"detail\":";
    write_json(r.body, detail);
    if (!errors.empty()) append_errors(r.body, errors);
    r.body += '}';
    return r;
}

response unprocessable(const problems& errors)
{
    return problem(422, "invalid", "The request was understood, but " + describe(errors), errors);
}

response unavailable(std::string_view reason, std::string_view detail, long retry_after_s)
{
    auto r = problem(503, reason, detail);
    r.with("Retry-After", std::to_string(retry_after_s));
    return r;
}

} // namespace takt::http
