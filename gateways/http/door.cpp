#include "gateways/http/door.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "gateways/http/bell.hpp"

namespace asio = boost::asio;

namespace takt::http {
namespace {

/// Where a node's thread puts what a coroutine waits for.
template <class T> class mailbox {
public:
    void put(const T& value)
    {
        {
            const std::lock_guard lock(mutex_);
            value_ = value;
        }
        bell_->ring();
    }

    asio::awaitable<std::optional<T>> take(std::chrono::milliseconds longest)
    {
        const auto until = std::chrono::steady_clock::now() + longest;
        while (true) {
            {
                const std::lock_guard lock(mutex_);
                if (value_) co_return std::move(value_);
            }
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
            if (left.count() <= 0) co_return std::nullopt;
            co_await bell_->wait(left);
        }
    }

private:
    std::mutex mutex_;
    std::optional<T> value_;
    std::shared_ptr<bell> bell_ = std::make_shared<bell>();
};

} // namespace

asio::awaitable<reply> send(door& d, runtime::envelope command)
{
    const auto box = std::make_shared<mailbox<runtime::answer>>();
    if (!command.trace.id) command.trace.id = runtime::new_trace();
    reply r;
    r.traceparent = runtime::traceparent(
        command.trace.id, runtime::span_of(command.trace.id, command.target, command.sender, command.sequence));
    d.node.send(std::move(command), [box](const runtime::answer& a) { box->put(a); });
    auto answer = co_await box->take(d.bounds.answer_wait);
    r.late = !answer.has_value();
    if (answer) r.answer = std::move(*answer);
    co_return r;
}

asio::awaitable<runtime::entity_view> read(door& d, entity_ref entity)
{
    const auto box = std::make_shared<mailbox<runtime::entity_view>>();
    d.node.read(entity, [box](const runtime::entity_view& v) { box->put(v); });
    auto view = co_await box->take(d.bounds.answer_wait);
    if (!view) throw std::runtime_error(entity.path() + " did not answer a read");
    co_return std::move(*view);
}

} // namespace takt::http
