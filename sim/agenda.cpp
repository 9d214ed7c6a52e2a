#include "sim/agenda.hpp"
#include "messages/core/log.hpp"

#include <algorithm>

namespace takt::sim {
namespace {

using std::chrono::nanoseconds;
constexpr nanoseconds shortest_wait = std::chrono::microseconds(300);
constexpr nanoseconds longest_wait = std::chrono::milliseconds(200); ///< a clock that is told its speed anew is noticed

} // namespace

void agenda::at(instant when, std::function<void()> what)
{
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        due_.emplace(when, std::move(what));
    }
    wake_.notify_one();
}

void agenda::start()
{
    if (pace_ == pace::by_hand) return;
    began_ = std::chrono::steady_clock::now();
    began_at_ = now_();
    thread_ = std::thread([this] { run(); });
}

void agenda::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        due_.clear();
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

bool agenda::stopping() const
{
    const std::lock_guard lock(mutex_);
    return stopping_;
}

/// Plant time may pass at any speed, which nobody tells: it is measured.
nanoseconds agenda::real_time_until(instant when)
{
    const auto now = now_();
    if (when <= now) return nanoseconds(0);
    const double real_ns = static_cast<double>((std::chrono::steady_clock::now() - began_).count());
    const double plant_ms = static_cast<double>((now - began_at_).count());
    if (plant_ms < 10 || real_ns < 1e6) return shortest_wait;
    const double wait = static_cast<double>((when - now).count()) * real_ns / plant_ms;
    if (wait > static_cast<double>(longest_wait.count())) return longest_wait;
    return std::max(shortest_wait, nanoseconds(static_cast<std::int64_t>(wait)));
}

/// An action that fails is lost, the others go on.
void agenda::act(const std::function<void()>& what)
{
    try {
        what();
    } catch (const stopped&) { // the end, and nothing to tell
    } catch (const std::exception& e) {
        log_error("sim_action_failed", {{"why", e.what()}});
    }
}

void agenda::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (due_.empty()) {
            wake_.wait_for(lock, longest_wait);
            continue;
        }
        const auto wait = real_time_until(due_.begin()->first);
        if (wait > nanoseconds(0)) {
            wake_.wait_for(lock, wait);
            continue;
        }
        const auto what = std::move(due_.begin()->second);
        due_.erase(due_.begin());
        lock.unlock();
        act(what);
        lock.lock();
    }
}

bool agenda::run_until(instant when)
{
    bool any = false;
    std::unique_lock lock(mutex_);
    while (!due_.empty() && due_.begin()->first <= when) {
        const auto what = std::move(due_.begin()->second);
        due_.erase(due_.begin());
        lock.unlock();
        act(what);
        any = true;
        lock.lock();
    }
    return any;
}

std::optional<instant> agenda::next() const
{
    const std::lock_guard lock(mutex_);
    if (due_.empty()) return std::nullopt;
    return due_.begin()->first;
}

} // namespace takt::sim
