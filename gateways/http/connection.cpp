#include "gateways/http/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include "gateways/http/event_feed.hpp"
#include "messages/core/log.hpp"

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace takt::http {
namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

void read_headers(const beast::http::fields& fields, request& r)
{
    for (const auto& field : fields) {
        auto& value = r.headers[lower_case({field.name_string().data(), field.name_string().size()})];
        if (!value.empty()) value += ", ";
        value.append(field.value().data(), field.value().size());
    }
}

/// What is wrong with bytes that are no request; nothing if the client is just gone.
std::optional<response> complaint_about(const beast::error_code& error)
{
    if (error == beast::http::error::header_limit)
        return problem(431, "header_too_large", "The request line and headers are larger than this node takes.");
    if (error.category() == beast::http::make_error_code(beast::http::error::bad_method).category() &&
        error != beast::http::error::end_of_stream && error != beast::http::error::partial_message)
        return problem(400, "not_http", "This is no HTTP request: " + error.message() + '.');
    return std::nullopt;
}

bool is_json(std::string_view content_type)
{
    const auto type = lower_case(content_type.substr(0, content_type.find(';')));
    // What curl -d and fetch say when nobody tells them is taken for JSON too; the parser decides.
    return type.empty() || type.find("json") != std::string::npos || type == "text/plain" ||
           type == "application/x-www-form-urlencoded";
}

/// A method this route does not have, or nothing.
std::optional<response> other_method(const request& r, const route& to)
{
    if (to.methods.contains(r.method)) return std::nullopt;
    auto answer =
        r.method == "OPTIONS" ? empty(204) : problem(405, "method_not_allowed", "This path takes " + to.allow() + '.');
    return answer.with("Allow", to.allow());
}

} // namespace

connection::connection(beast::tcp_stream stream, door& d, const router& routes, const access& who,
                       std::function<void()> closed)
    : stream_(std::move(stream)), door_(d), routes_(routes), access_(who), closed_(std::move(closed))
{
}

void connection::start()
{
    auto over = [self = shared_from_this()](const std::exception_ptr&) { self->closed_(); };
    asio::co_spawn(stream_.get_executor(), run(), asio::bind_cancellation_slot(cancel_.slot(), std::move(over)));
}

void connection::stop()
{
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
        self->stopping_ = true;
        if (self->phase_ != phase::exchanging) self->interrupt();
    });
}

void connection::cut()
{
    asio::post(stream_.get_executor(), [self = shared_from_this()] { self->interrupt(); });
}

/// What waits for the socket ends with an error; what waits for the node ends with an exception.
void connection::interrupt()
{
    stream_.cancel();
    cancel_.emit(asio::cancellation_type::terminal);
}

asio::awaitable<void> connection::run()
{
    beast::error_code ignored;
    stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    while (!stopping_) {
        phase_ = phase::idle;
        if (!co_await first_byte()) break;
        phase_ = phase::exchanging;
        if (!co_await exchange()) break;
    }
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
}

/// Waits for a request to begin: a connection may be idle much longer than a request may take to arrive.
asio::awaitable<bool> connection::first_byte()
{
    if (buffer_.size() > 0) co_return true;
    constexpr std::size_t piece = 4096;
    stream_.expires_after(door_.bounds.idle_wait);
    const auto [error, count] = co_await stream_.async_read_some(buffer_.prepare(piece), as_result);
    buffer_.commit(count);
    co_return !error;
}

/// One request and its answer. False when the connection is to be closed.
asio::awaitable<bool> connection::exchange()
{
    parser in;
    if (!co_await read_head(in)) co_return false;
    const auto begun = std::chrono::steady_clock::now();
    const auto version = in.get().version();
    const bool head = in.get().method() == beast::http::verb::head;
    request r;
    const auto where = parse_target({in.get().target().data(), in.get().target().size()});
    if (where) r.where = *where;
    const route* to = where ? routes_.find(r.where.path, r.path) : nullptr;
    r.method = head ? "GET" : std::string(in.get().method_string());
    read_headers(in.get(), r);

    response out;
    if (where)
        out = co_await respond(r, to, in);
    else
        out = problem(400, "bad_target", "The path or query has a broken escape or is not UTF-8.");
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    door_.counted.finished(to == nullptr ? "none" : to->pattern, head ? "HEAD" : r.method, out.status, taken.count());
    if (out.feed) {
        co_await stream_events(out, version, head);
        co_return false;
    }
    const bool whole = in.is_done(); // an unread body stands before the next request
    const bool keep = whole && in.keep_alive() && !stopping_;
    const bool written = co_await write(out, version, keep, head);
    if (written && !whole) co_await goodbye();
    co_return written&& keep;
}

/// Request line and headers. False if there is no request to answer.
asio::awaitable<bool> connection::read_head(parser& in)
{
    in.header_limit(door_.bounds.header_bytes);
    in.body_limit(boost::none); // the route's, as soon as it is known
    stream_.expires_after(door_.bounds.header_wait);
    const auto [error, count] = co_await beast::http::async_read_header(stream_, buffer_, in, as_result);
    if (!error) co_return true;
    if (error == beast::error::timeout) door_.counted.timeouts.Increment();
    if (const auto wrong = complaint_about(error)) {
        constexpr unsigned http_1_1 = 11;
        co_await write(*wrong, http_1_1, false, false);
        co_await goodbye();
    }
    co_return false;
}

/// The answer of the first who has something to say: the guard, the router, the body's limit, the handler.
asio::awaitable<response> connection::respond(request& r, const route* to, parser& in)
{
    if (auto refused = access_.refusal_of(r, to != nullptr && to->open)) {
        if (refused->status == 401) door_.counted.rejected_tokens.Increment();
        co_return std::move(*refused);
    }
    if (to == nullptr)
        co_return problem(404, "no_such_path", "There is nothing here; /api/v1/openapi.json describes what there is.");
    if (auto other = other_method(r, *to)) co_return std::move(*other);
    response wrong;
    if (!in.is_done() && !co_await read_body(in, to->body_limit, wrong)) co_return wrong;
    r.body = std::move(in.get().body());
    co_return co_await answer(r, *to);
}

/// False with the answer in `wrong` if the body is too large or does not arrive.
asio::awaitable<bool> connection::read_body(parser& in, std::uint64_t limit, response& wrong)
{
    wrong = problem(413, "body_too_large", "The body may be up to " + std::to_string(limit) + " bytes here.");
    if (in.content_length() && *in.content_length() > limit) co_return false;
    in.body_limit(limit);
    if (beast::iequals(in.get()[beast::http::field::expect], "100-continue")) {
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(stream_, asio::buffer(go_on), as_result);
    }
    stream_.expires_after(door_.bounds.body_wait);
    const auto [error, count] = co_await beast::http::async_read(stream_, buffer_, in, as_result);
    if (!error) co_return true;
    if (error == beast::error::timeout) door_.counted.timeouts.Increment();
    if (error != beast::http::error::body_limit)
        wrong = problem(400, "bad_body", "The body is broken: " + error.message());
    co_return false;
}

asio::awaitable<response> connection::answer(const request& r, const route& to)
{
    if (const auto type = r.header("content-type"); type && !r.body.empty() && !is_json(*type))
        co_return problem(415, "not_json", "Bodies are JSON here: Content-Type: application/json.");
    std::string broken;
    try {
        co_return co_await to.methods.at(r.method)(r);
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw; // the connection is being cut
        broken = error.what();
    } catch (const std::exception& error) {
        broken = error.what();
    }
    log_error("http_handler_failed", {{"route", to.pattern}, {"error", broken}});
    co_return problem(500, "internal", "The node could not answer; its log says why.");
}

asio::awaitable<bool> connection::write(const response& what, unsigned version, bool keep, bool head)
{
    beast::http::response<beast::http::string_body> out{static_cast<beast::http::status>(what.status), version};
    out.reason(std::string(status_phrase(what.status)));
    if (!what.content_type.empty()) out.set(beast::http::field::content_type, what.content_type);
    out.set("X-Content-Type-Options", "nosniff");
    for (const auto& [name, value] : what.headers) out.set(name, value);
    out.keep_alive(keep);
    const bool bodiless = what.status == 204 || what.status == 304;
    if (!bodiless) out.content_length(what.body.size());
    if (!bodiless && !head) out.body() = what.body;
    stream_.expires_after(door_.bounds.write_wait);
    const auto [error, count] = co_await beast::http::async_write(stream_, out, as_result);
    if (error == beast::error::timeout) door_.counted.slow_clients.Increment();
    co_return !error;
}

/// The body lasts until either side closes, so its end is the connection's.
asio::awaitable<void> connection::stream_events(const response& what, unsigned version, bool head)
{
    phase_ = phase::streaming;
    beast::http::response<beast::http::empty_body> out{beast::http::status::ok, version};
    out.set(beast::http::field::content_type, what.content_type);
    for (const auto& [name, value] : what.headers) out.set(name, value);
    out.keep_alive(false);
    stream_.expires_after(door_.bounds.write_wait);
    const auto [error, count] = co_await beast::http::async_write(stream_, out, as_result);
    if (error || head) co_return;
    while (!stopping_) {
        stream_.expires_never();
        const std::string text = co_await what.feed->next();
        if (text.empty()) co_return;
        stream_.expires_after(door_.bounds.write_wait);
        const auto [failed, written] = co_await asio::async_write(stream_, asio::buffer(text), as_result);
        if (failed == beast::error::timeout) door_.counted.slow_clients.Increment();
        if (failed) co_return;
    }
}

/// Closes so that the last answer arrives: a socket with unread bytes would be reset, and the answer lost with it.
asio::awaitable<void> connection::goodbye()
{
    constexpr std::chrono::seconds longest{1};
    constexpr std::size_t piece = 16 * 1024, most = 1024 * 1024;
    beast::error_code ignored;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    stream_.expires_after(longest);
    for (std::size_t taken = 0; taken < most;) {
        buffer_.clear();
        const auto [error, count] = co_await stream_.async_read_some(buffer_.prepare(piece), as_result);
        if (error) co_return;
        taken += count;
    }
}

} // namespace takt::http
