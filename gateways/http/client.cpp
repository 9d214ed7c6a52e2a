#include "gateways/http/client.hpp"

#include <stdexcept>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "gateways/http/sse_parser.hpp"
#include "messages/core/json_read.hpp"

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace takt::http {
namespace {

using parser = beast::http::response_parser<beast::http::string_body>;
using wire_request = beast::http::request<beast::http::string_body>;

struct place {
    std::string host, port;
};

place place_of(const std::string& url)
{
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) throw std::invalid_argument("'" + url + "' is not http://HOST:PORT");
    auto rest = url.substr(scheme.size());
    rest = rest.substr(0, rest.find('/'));
    const auto colon = rest.rfind(':');
    const bool has_port = colon != std::string::npos && rest.find(']', colon) == std::string::npos;
    place p{has_port ? rest.substr(0, colon) : rest, has_port ? rest.substr(colon + 1) : "80"};
    if (p.host.starts_with('[') && p.host.ends_with(']')) p.host = p.host.substr(1, p.host.size() - 2);
    if (p.host.empty()) throw std::invalid_argument("'" + url + "' names no host");
    return p;
}

std::string text_member(const boost::json::object& o, std::string_view name)
{
    const auto* v = o.if_contains(name);
    return v != nullptr && v->is_string() ? std::string(v->as_string()) : std::string();
}

void read_head(const parser& in, client_answer& out)
{
    out.status = static_cast<int>(in.get().result_int());
    for (const auto& field : in.get()) {
        std::string name(field.name_string());
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        out.headers[name] = std::string(field.value());
    }
}

} // namespace

boost::json::value client_answer::json() const
{
    auto read = parse_json(body);
    return read ? std::move(*read) : boost::json::value();
}

std::string client_answer::complaint() const
{
    std::string text = std::to_string(status);
    const auto document = json();
    const auto* problem = document.if_object();
    if (problem == nullptr) return text;
    text += ' ' + text_member(*problem, "title") + " (" + text_member(*problem, "reason") +
            "): " + text_member(*problem, "detail");
    const auto* errors = problem->if_contains("errors");
    if (errors == nullptr || !errors->is_array()) return text;
    for (const auto& e : errors->as_array())
        if (const auto* one = e.if_object())
            text += "\n  " + text_member(*one, "pointer") + ": " + text_member(*one, "detail");
    return text;
}

struct client::parts {
    parts(const std::string& u, std::string t, std::chrono::milliseconds w)
        : url(u), where(place_of(u)), token(std::move(t)), wait(w)
    {
    }

    std::string url;
    place where;
    std::string token;
    std::chrono::milliseconds wait;
    asio::io_context loop;
    std::unique_ptr<beast::tcp_stream> stream; ///< null: not connected
    beast::flat_buffer buffer;

    void run(asio::awaitable<void> work);
    wire_request make(const std::string& method, const std::string& target, const std::string& body,
                      const client_headers& headers) const;
    asio::awaitable<void> connect();
    asio::awaitable<void> exchange(const wire_request& out, parser& in);
    asio::awaitable<void> follow(const wire_request& out, const std::function<bool(const client_event&)>& take,
                                 client_answer& begun);
};

/// Runs one coroutine to its end on this thread; timers of the stream bound it.
void client::parts::run(asio::awaitable<void> work)
{
    std::exception_ptr thrown;
    asio::co_spawn(loop, std::move(work), [&](const std::exception_ptr& e) { thrown = e; });
    loop.restart();
    loop.run();
    if (!thrown) return;
    stream.reset();
    try {
        std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error(url + ": " + error.code().message());
    }
}

wire_request client::parts::make(const std::string& method, const std::string& target, const std::string& body,
                                 const client_headers& headers) const
{
    constexpr unsigned http_1_1 = 11;
    wire_request out;
    out.version(http_1_1);
    out.method_string(method);
    out.target(target);
    out.set(beast::http::field::host, url.substr(url.find("//") + 2));
    out.set(beast::http::field::user_agent, "takt");
    if (!token.empty()) out.set(beast::http::field::authorization, "Bearer " + token);
    if (!body.empty()) out.set(beast::http::field::content_type, "application/json");
    for (const auto& [name, value] : headers) out.set(name, value);
    out.body() = body;
    out.prepare_payload();
    return out;
}

asio::awaitable<void> client::parts::connect()
{
    if (stream) co_return;
    buffer.clear();
    asio::ip::tcp::resolver resolver(loop);
    const auto found = co_await resolver.async_resolve(where.host, where.port, asio::use_awaitable);
    auto fresh = std::make_unique<beast::tcp_stream>(loop);
    fresh->expires_after(wait);
    co_await fresh->async_connect(found, asio::use_awaitable);
    fresh->socket().set_option(asio::ip::tcp::no_delay(true));
    stream = std::move(fresh);
}

asio::awaitable<void> client::parts::exchange(const wire_request& out, parser& in)
{
    co_await connect();
    stream->expires_after(wait);
    co_await beast::http::async_write(*stream, out, asio::use_awaitable);
    in.body_limit(boost::none);
    if (out.method() == beast::http::verb::head) in.skip(true);
    co_await beast::http::async_read(*stream, buffer, in, asio::use_awaitable);
    if (!in.keep_alive()) stream.reset();
}

asio::awaitable<void> client::parts::follow(const wire_request& out,
                                            const std::function<bool(const client_event&)>& take, client_answer& begun)
{
    stream.reset(); // a stream ends with its connection
    co_await connect();
    parser in;
    in.body_limit(boost::none);
    stream->expires_after(wait);
    co_await beast::http::async_write(*stream, out, asio::use_awaitable);
    co_await beast::http::async_read_header(*stream, buffer, in, asio::use_awaitable);
    read_head(in, begun);
    sse_parser events;
    bool more = true;
    while (more && !in.is_done()) {
        stream->expires_after(wait);
        boost::system::error_code over;
        co_await beast::http::async_read_some(*stream, buffer, in, asio::redirect_error(asio::use_awaitable, over));
        const auto piece = std::exchange(in.get().body(), {});
        if (!begun.ok()) begun.body += piece;
        if (begun.ok())
            for (const auto& e : events.feed(piece))
                if (more) more = take(e);
        if (over) more = false;
    }
    stream.reset();
}

client::client(const std::string& url, std::string token, std::chrono::milliseconds wait)
    : parts_(std::make_unique<parts>(url, std::move(token), wait))
{
}
client::~client() = default;
client::client(client&&) noexcept = default;
client& client::operator=(client&&) noexcept = default;

const std::string& client::url() const { return parts_->url; }

client_answer client::send(const std::string& method, const std::string& target, const std::string& body,
                           const client_headers& headers)
{
    auto& p = *parts_;
    const auto out = p.make(method, target, body, headers);
    const bool repeatable = method == "GET" || out.find("Idempotency-Key") != out.end();
    const bool kept = p.stream != nullptr;
    auto in = std::make_unique<parser>();
    try {
        p.run(p.exchange(out, *in));
    } catch (const std::runtime_error&) {
        if (!kept || !repeatable) throw;
        in = std::make_unique<parser>();
        p.run(p.exchange(out, *in));
    }
    client_answer answer;
    read_head(*in, answer);
    answer.body = std::move(in->get().body());
    return answer;
}

client_answer client::events(const std::string& target, const std::function<bool(const client_event&)>& take,
                             const client_headers& headers)
{
    auto& p = *parts_;
    auto with = headers;
    with.emplace_back("Accept", "text/event-stream");
    const auto out = p.make("GET", target, {}, with);
    client_answer begun;
    p.run(p.follow(out, take, begun));
    return begun;
}

} // namespace takt::http
