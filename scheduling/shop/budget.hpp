#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>

namespace takt::scheduling::shop {

/// How long one search may go on: until a time, for a number of iterations, until somebody asks to stop, or until what
/// cannot be improved is found. Belongs to one thread; `stop` may be set by any.
class budget {
public:
    using clock = std::chrono::steady_clock;

    budget(clock::time_point until, std::int64_t iterations, const std::atomic<bool>& stop)
        : from_(clock::now()), until_(until), iterations_(iterations), stop_(stop)
    {
    }

    /// Counts an iteration. True if there may be one more.
    bool next()
    {
        constexpr std::int64_t between_looks = 64;
        if (++done_ >= iterations_) over_ = true;
        if (done_ % between_looks == 0) look();
        return !over_;
    }

    bool over()
    {
        look();
        return over_;
    }

    std::int64_t done() const { return done_; }
    bool counted() const { return iterations_ != std::numeric_limits<std::int64_t>::max(); }

    /// The part that is used up, 0 … 1.
    double used() const
    {
        if (counted()) return static_cast<double>(done_) / static_cast<double>(iterations_);
        const std::chrono::duration<double> gone = clock::now() - from_, all = until_ - from_;
        return all.count() <= 0 ? 1 : gone / all;
    }

private:
    void look()
    {
        if (stop_.load(std::memory_order_relaxed) || (!counted() && clock::now() >= until_)) over_ = true;
    }

    clock::time_point from_, until_;
    std::int64_t iterations_, done_ = 0;
    const std::atomic<bool>& stop_;
    bool over_ = false;
};

} // namespace takt::scheduling::shop
