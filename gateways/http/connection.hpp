#pragma once

#include <functional>
#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "gateways/http/access.hpp"
#include "gateways/http/door.hpp"
#include "gateways/http/exchange.hpp"
#include "gateways/http/router.hpp"

namespace takt::http {

/// One client's connection: exchanges one after the other until either side has enough. A coroutine on a strand of its
/// own; all members run there.
class connection : public std::enable_shared_from_this<connection> {
public:
    /// `closed` is called once, when it is over.
    connection(boost::beast::tcp_stream stream, door& d, const router& routes, const access& who,
               std::function<void()> closed);

    void start();
    /// Any thread: ends it between two exchanges; at once if it is idle or an event stream.
    void stop();
    /// Any thread: ends it now.
    void cut();

private:
    using parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    enum class phase { idle, exchanging, streaming };

    boost::asio::awaitable<void> run();
    boost::asio::awaitable<bool> first_byte();
    boost::asio::awaitable<bool> exchange();
    boost::asio::awaitable<bool> read_head(parser& in);
    boost::asio::awaitable<response> respond(request& r, const route* to, parser& in);
    boost::asio::awaitable<bool> read_body(parser& in, std::uint64_t limit, response& wrong);
    boost::asio::awaitable<response> answer(const request& r, const route& to);
    boost::asio::awaitable<bool> write(const response& what, unsigned version, bool keep, bool head);
    boost::asio::awaitable<void> stream_events(const response& what, unsigned version, bool head);
    boost::asio::awaitable<void> goodbye();
    void interrupt();

    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_;
    door& door_;
    const router& routes_;
    const access& access_;
    std::function<void()> closed_;
    boost::asio::cancellation_signal cancel_;
    phase phase_ = phase::idle;
    bool stopping_ = false;
};

} // namespace takt::http
