#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "actors/decision.hpp"
#include "runtime/node.hpp"

namespace takt::runtime {

/// Does what entities have others calculate: one after the other, on a thread of its own, so that nobody's commands
/// wait. Thread-safe.
class calculations {
public:
    /// `deliver` is called on the calculating thread with what a calculation answers, `report` with what it throws.
    calculations(std::function<void(envelope)> deliver,
                 std::function<void(const entity_ref&, const std::string&)> report)
        : deliver_(std::move(deliver)),
          report_(std::move(report)),
          worker_([this](const std::stop_token& s) { run(s); })
    {
    }
    ~calculations() { stop(); }
    calculations(const calculations&) = delete;
    calculations& operator=(const calculations&) = delete;

    void add(const entity_ref& whose, calculation what);
    /// Ends the one under way and forgets the others. Nothing is delivered after this.
    void stop();
    /// Nothing waits and nothing is under way.
    bool idle() const;

private:
    struct asked {
        entity_ref whose;
        calculation what;
    };
    void run(const std::stop_token& stopping);

    std::function<void(envelope)> deliver_;
    std::function<void(const entity_ref&, const std::string&)> report_;
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<asked> waiting_;
    bool busy_ = false;
    std::jthread worker_; ///< last: it uses all above
};

} // namespace takt::runtime
