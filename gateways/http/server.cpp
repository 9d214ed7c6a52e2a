#include "gateways/http/server.hpp"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unordered_set>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>

#include "gateways/http/connection.hpp"
#include "gateways/http/console.hpp"
#include "gateways/http/routes.hpp"
#include "messages/core/log.hpp"
#include "metrics/exposition.hpp"

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;

namespace takt::http {
namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

asio::ip::address address_of(const std::string& text)
{
    boost::system::error_code wrong;
    const auto address = asio::ip::make_address(text == "localhost" ? "127.0.0.1" : text, wrong);
    if (wrong) throw std::invalid_argument("'" + text + "' is not an IP address");
    return address;
}

/// For whom there is no room: told so at once, without a request being read.
asio::awaitable<void> turn_away(beast::tcp_stream stream)
{
    static constexpr std::string_view full =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nRetry-After: 1\r\n"
        "Connection: close\r\nContent-Length: 116\r\n\r\n"
        R"({"type":"about:blank","title":"Service Unavailable","status":503,"reason":"busy","detail":"Too many connections."})"
        "\r\n";
    stream.expires_after(std::chrono::seconds(1));
    const auto [error, count] = co_await asio::async_write(stream, asio::buffer(full), as_result);
    if (error) co_return;
    beast::error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    beast::flat_buffer rest;
    constexpr std::size_t piece = 4096;
    co_await stream.async_read_some(rest.prepare(piece), as_result); // or its request is unread, and resets the answer
}

} // namespace

/// Members in the order of their need: what a later one uses is above it.
struct server::parts {
    parts(runtime::node& node, server_options o, metrics::exposition& shown)
        : options(std::move(o)),
          counted(shown.registry()),
          loop(static_cast<int>(options.threads)),
          readers(options.threads),
          shared{node, options.bounds, kind_names(node.kinds()), counted, [&shown] { return shown.text(); }, readers},
          who(options.token),
          acceptor(asio::make_strand(loop))
    {
        shared.feeds = options.feeds;
        shared.plant_name = options.plant_name;
        if (!options.console.empty()) shared.pages = &pages.emplace(options.console);
        routes = make_routes(shared);
        if (!options.what_if) return;
        what_ifs.emplace(node, options.what_if);
        shared.what_ifs = &*what_ifs;
    }

    server_options options;
    metrics::http_metrics counted;
    asio::io_context loop;
    asio::thread_pool readers;
    std::optional<what_if_desk> what_ifs;
    std::optional<console> pages;
    door shared;
    access who;
    router routes;
    tcp::acceptor acceptor;
    std::mutex mutex; ///< guards what follows
    bool stopping = false;
    std::unordered_set<std::shared_ptr<connection>> connections;
    std::vector<std::thread> threads;
    bool started = false;

    asio::awaitable<void> accept();
    void welcome(tcp::socket socket);
    template <class F> void each_connection(F f);
};

asio::awaitable<void> server::parts::accept()
{
    while (acceptor.is_open()) {
        auto [error, socket] = co_await acceptor.async_accept(asio::make_strand(loop), as_result);
        if (error == asio::error::operation_aborted) co_return;
        if (!error) {
            welcome(std::move(socket));
            continue;
        }
        log_warning("http_accept_failed", {{"error", error.message()}}); // out of file descriptors: give it time
        asio::steady_timer pause(acceptor.get_executor(), std::chrono::milliseconds(100));
        co_await pause.async_wait(as_result);
    }
}

void server::parts::welcome(tcp::socket socket)
{
    beast::tcp_stream stream(std::move(socket));
    const std::lock_guard lock(mutex);
    if (stopping) return;
    if (connections.size() >= options.bounds.connections) {
        counted.full_of_connections.Increment();
        auto strand = stream.get_executor();
        asio::co_spawn(strand, turn_away(std::move(stream)), asio::detached);
        return;
    }
    auto closed = std::make_shared<std::weak_ptr<connection>>();
    auto fresh = std::make_shared<connection>(std::move(stream), shared, routes, who, [this, closed] {
        const std::lock_guard relock(mutex);
        connections.erase(closed->lock());
        counted.connections.Set(static_cast<double>(connections.size()));
    });
    *closed = fresh;
    connections.insert(fresh);
    counted.connections.Set(static_cast<double>(connections.size()));
    fresh->start();
}

template <class F> void server::parts::each_connection(F f)
{
    const std::lock_guard lock(mutex);
    for (const auto& c : connections) f(*c);
}

server::server(runtime::node& node, server_options options, metrics::exposition& shown)
    : parts_(std::make_unique<parts>(node, std::move(options), shown))
{
}

server::~server() { stop(); }

void server::start()
{
    auto& p = *parts_;
    const auto address = address_of(p.options.address);
    if (!address.is_loopback() && !p.options.token)
        throw std::invalid_argument("listening on " + p.options.address +
                                    " lets others in, so it needs a token file (--token-file)");
    try {
        const tcp::endpoint endpoint(address, p.options.port);
        p.acceptor.open(endpoint.protocol());
        p.acceptor.set_option(tcp::acceptor::reuse_address(true));
        p.acceptor.bind(endpoint);
        p.acceptor.listen();
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error("cannot listen on " + p.options.address + ":" + std::to_string(p.options.port) + ": " +
                                 error.code().message());
    }
    asio::co_spawn(p.acceptor.get_executor(), p.accept(), asio::detached);
    for (unsigned i = 0; i < p.options.threads; ++i) p.threads.emplace_back([&p] { p.loop.run(); });
    p.started = true;
    log_info("http_listening", {{"url", url()}});
}

void server::stop()
{
    auto& p = *parts_;
    if (!p.started) return;
    p.started = false;
    {
        const std::lock_guard lock(p.mutex);
        p.stopping = true;
    }
    asio::post(p.acceptor.get_executor(), [&p] {
        boost::system::error_code ignored;
        p.acceptor.close(ignored);
    });
    p.each_connection([](connection& c) { c.stop(); });
    asio::steady_timer grace(p.loop, p.options.bounds.stop_grace);
    grace.async_wait([&p](boost::system::error_code cancelled) {
        if (!cancelled) p.each_connection([](connection& c) { c.cut(); });
    });
    const auto poll = std::chrono::milliseconds(5);
    const auto open = [&p] {
        const std::lock_guard lock(p.mutex);
        return !p.connections.empty();
    };
    while (open()) std::this_thread::sleep_for(poll);
    asio::post(p.loop, [&grace] { grace.cancel(); });
    for (auto& t : p.threads) t.join(); // the loop ends when nothing is left in it
    p.threads.clear();
    p.readers.join();
    log_info("http_stopped");
}

std::uint16_t server::port() const { return parts_->acceptor.local_endpoint().port(); }

std::string server::url() const
{
    const auto address = address_of(parts_->options.address);
    const auto host = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
    return "http://" + host + ":" + std::to_string(port());
}

void read_endpoint(const std::string& text, server_options& into)
{
    const auto colon = text.rfind(':');
    auto host = colon == std::string::npos ? std::string() : text.substr(0, colon);
    const auto digits = colon == std::string::npos ? text : text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    std::uint16_t port = 0;
    const auto* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, port);
    if (digits.empty() || error != std::errc{} || stop != end)
        throw std::invalid_argument("'" + text + "' is not ADDRESS:PORT, such as 127.0.0.1:8080");
    into.port = port;
    if (!host.empty()) into.address = address_of(host).to_string();
}

} // namespace takt::http
