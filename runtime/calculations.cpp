#include "runtime/calculations.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace takt::runtime {

void calculations::add(const entity_ref& whose, calculation what, const trace_context& trace)
{
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back({whose, std::move(what), trace});
    }
    wake_.notify_one();
}

void calculations::stop()
{
    worker_.request_stop();
    if (worker_.joinable()) worker_.join();
}

bool calculations::idle() const
{
    const std::lock_guard lock(mutex_);
    return waiting_.empty() && !busy_;
}

std::uint64_t calculations::waiting() const
{
    const std::lock_guard lock(mutex_);
    return waiting_.size() + (busy_ ? 1 : 0);
}

void calculations::run(const std::stop_token& stopping)
{
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10); // Linux: of this thread; commands go first
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stopping, [this] { return !waiting_.empty(); })) {
        const auto next = std::move(waiting_.front());
        waiting_.pop_front();
        busy_ = true;
        lock.unlock();
        const auto began = std::chrono::steady_clock::now();
        try {
            auto command = next.what(stopping);
            if (command && !stopping.stop_requested())
                deliver_({next.whose, std::move(command), {}, 0, 0, {}, next.trace});
        } catch (const std::exception& why) {
            report_(next.whose, next.trace.id, std::string("a calculation failed: ") + why.what());
        }
        seconds_.add(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
        lock.lock();
        busy_ = false;
        if (stopping.stop_requested()) return;
    }
}

} // namespace takt::runtime
