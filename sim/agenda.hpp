#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "messages/core/instant.hpp"

namespace takt::sim {

/// Thrown out of an action when the simulation ends while it waits for something.
struct stopped {};

/// Who moves an agenda on: a thread of its own as time passes, or somebody who calls run_until.
enum class pace { by_clock, by_hand };

/// Things to do at plant times, one after the other on one thread. What is asked for the same instant is done in the
/// order in which it was asked.
class agenda {
public:
    /// `now` tells plant time and may be called from any thread.
    explicit agenda(std::function<instant()> now, pace how = pace::by_clock) : now_(std::move(now)), pace_(how) {}
    ~agenda() { stop(); }
    agenda(const agenda&) = delete;
    agenda& operator=(const agenda&) = delete;

    instant now() const { return now_(); }
    pace moved() const { return pace_; }

    /// From any thread. A time that has passed is now.
    void at(instant when, std::function<void()> what);
    void in(milliseconds delay, std::function<void()> what) { at(now() + delay, std::move(what)); }
    void soon(std::function<void()> what) { at({}, std::move(what)); }

    /// Nothing to do by hand.
    void start();
    /// After this returns nothing runs any more; what is left is dropped. Not from the agenda's own thread.
    void stop();
    bool stopping() const;

    /// By hand: does what is due at `when`, and what becomes due by that. False if there was nothing.
    bool run_until(instant when);
    /// By hand: when there is something to do next.
    std::optional<instant> next() const;

private:
    void run();
    static void act(const std::function<void()>& what);
    std::chrono::nanoseconds real_time_until(instant when);

    const std::function<instant()> now_;
    const pace pace_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::multimap<instant, std::function<void()>> due_;
    bool stopping_ = false;
    std::thread thread_;

    std::chrono::steady_clock::time_point began_; ///< for the speed of plant time
    instant began_at_;
};

} // namespace takt::sim
