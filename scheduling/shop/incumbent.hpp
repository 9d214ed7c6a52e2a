#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <limits>
#include <mutex>
#include <utility>
#include <vector>

#include "scheduling/shop/sequence.hpp"

namespace takt::scheduling::shop {

/// When a value was reached, counted from the start of the search.
struct moment {
    double seconds = 0;
    std::int64_t value = 0;
};

/// The best solution so far of all threads. Of equal ones the first of the thread with the lowest number stays, so that
/// counted searches end the same whichever thread was faster.
class incumbent {
public:
    using listener = std::function<void(const moment&)>;

    explicit incumbent(listener improved) : improved_(std::move(improved)), from_(std::chrono::steady_clock::now()) {}

    void offer(std::int64_t value, const sequence& s, int thread)
    {
        const std::lock_guard lock(mutex_);
        const bool first = trajectory_.empty();
        if (!first && std::pair(value, thread) >= std::pair(value_, thread_)) return;
        const bool better = first || value < value_;
        value_ = value;
        least_ = value;
        thread_ = thread;
        best_ = s;
        if (!better) return;
        const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - from_;
        trajectory_.push_back({gone.count(), value});
        if (improved_) improved_(trajectory_.back());
    }

    /// The least of all threads, at any time.
    std::int64_t least() const { return least_.load(std::memory_order_relaxed); }

    /// For when the threads have ended.
    const sequence& best() const { return best_; }
    std::int64_t value() const { return value_; }
    const std::vector<moment>& trajectory() const { return trajectory_; }

private:
    listener improved_;
    std::chrono::steady_clock::time_point from_;
    std::mutex mutex_;
    std::int64_t value_ = 0;
    std::atomic<std::int64_t> least_{std::numeric_limits<std::int64_t>::max()};
    int thread_ = 0;
    sequence best_;
    std::vector<moment> trajectory_;
};

/// One thread's way to tell what it found.
class report {
public:
    /// `alone`: what other threads find is not listened to.
    report(incumbent& all, int thread, std::int64_t bound, bool alone)
        : all_(all), thread_(thread), bound_(bound), alone_(alone)
    {
    }

    void found(std::int64_t value, const sequence& s)
    {
        if (value >= best_) return;
        best_ = value;
        all_.offer(value, s, thread_);
    }
    /// The least that this thread has found.
    std::int64_t best() const { return best_; }
    /// Nothing better can be found.
    bool proved() const { return (alone_ ? best_ : all_.least()) <= bound_; }

private:
    incumbent& all_;
    int thread_;
    std::int64_t bound_;
    bool alone_;
    std::int64_t best_ = std::numeric_limits<std::int64_t>::max();
};

} // namespace takt::scheduling::shop
