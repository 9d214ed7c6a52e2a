#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateways/http/kind_names.hpp"
#include "gateways/http/limits.hpp"
#include "gateways/http/production.hpp"
#include "metrics/http_metrics.hpp"
#include "runtime/node.hpp"

namespace takt::http {

class console;
class what_if_desk;

/// What all handlers share. Lives as long as the server.
struct door {
    runtime::node& node;
    limits bounds;
    kind_names kinds;
    metrics::http_metrics& counted;
    std::function<std::string()> exposition; ///< the text of /metrics; from any thread
    boost::asio::thread_pool& readers;       ///< where reads of the journal and of lists run
    std::function<std::string()> feeds{};    ///< what comes in over other doors, as JSON; from any thread
    what_if_desk* what_ifs = nullptr;        ///< null: nobody here can look ahead
    const console* pages = nullptr;          ///< null: this node has no console
    std::string plant_name{};                ///< for people
    production made{};                       ///< what machines made today
    std::atomic<std::size_t> streams{0};     ///< open event streams

    long retry_after_s() const { return static_cast<long>(bounds.retry_after.count()); }
};

/// Sends a command, in a new trace if it belongs to none, and waits for its answer without holding a thread. `late`
/// when there was none within limits::answer_wait; then it is not known whether the command is taken.
struct reply {
    bool late = false;
    std::string traceparent; ///< the command's trace and span
    runtime::answer answer;
};
boost::asio::awaitable<reply> send(door& d, runtime::envelope command);

/// The entity as it stands now. Throws std::runtime_error if the node does not answer within limits::answer_wait.
boost::asio::awaitable<runtime::entity_view> read(door& d, entity_ref entity);

namespace detail {

template <class F> boost::asio::awaitable<std::invoke_result_t<F&>> run(F work) { co_return work(); }

} // namespace detail

/// Runs `work` on the reader threads, so that a long read holds up nobody's connection, and comes back with its result.
/// It is not interrupted when the connection is: Asio's signal for that must not go from one thread to another.
template <class F> boost::asio::awaitable<std::invoke_result_t<F&>> in_background(door& d, F work)
{
    auto uninterrupted =
        boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(), boost::asio::use_awaitable);
    auto result = co_await boost::asio::co_spawn(d.readers.get_executor(), detail::run(std::move(work)), uninterrupted);
    co_return result;
}

} // namespace takt::http
