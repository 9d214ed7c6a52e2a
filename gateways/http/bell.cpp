#include "gateways/http/bell.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace takt::http {

void bell::ring()
{
    const std::lock_guard lock(mutex_);
    if (rung_) return;
    rung_ = true;
    if (waiting_ == nullptr) return;
    // The timer belongs to the waiting coroutine's strand, so it is cancelled there, if the coroutine still waits.
    asio::post(waiting_->get_executor(), [self = shared_from_this()] {
        const std::lock_guard relock(self->mutex_);
        if (self->waiting_ != nullptr) self->waiting_->cancel();
    });
}

asio::awaitable<void> bell::wait(std::chrono::milliseconds longest)
{
    const auto self = shared_from_this();
    asio::steady_timer timer(co_await asio::this_coro::executor, longest);
    {
        const std::lock_guard lock(mutex_);
        if (rung_) {
            rung_ = false;
            co_return;
        }
        waiting_ = &timer;
    }
    struct leave { // also when the coroutine is cancelled
        bell& of;
        ~leave()
        {
            const std::lock_guard lock(of.mutex_);
            of.waiting_ = nullptr;
            of.rung_ = false;
        }
    } const on_exit{*this};
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

} // namespace takt::http
