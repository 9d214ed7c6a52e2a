#pragma once

#include <memory>
#include <mutex>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace takt::http {

/// Wakes one coroutine of the server's loop from any thread, also from the node's own. Ringing when nobody waits is
/// kept for the next wait; ringing after the coroutine, or the loop, is gone does nothing.
class bell : public std::enable_shared_from_this<bell> {
public:
    void ring();

    /// Until it rings, or the time is over. May return early; look at what was to be waited for.
    boost::asio::awaitable<void> wait(std::chrono::milliseconds longest);

private:
    std::mutex mutex_;
    bool rung_ = false;
    boost::asio::steady_timer* waiting_ = nullptr;
};

} // namespace takt::http
