#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "actors/decision.hpp"
#include "runtime/histogram.hpp"
#include "runtime/node.hpp"

namespace takt::runtime {

/// Does what entities have others calculate: one after the other, on a thread of its own, so that nobody's commands
/// wait. Thread-safe.
class calculations {
public:
    /// `deliver` is called on the calculating thread with what a calculation answers, `report` with what it throws.
    calculations(std::function<void(envelope)> deliver,
                 std::function<void(const entity_ref&, const trace_id&, const std::string&)> report)
        : deliver_(std::move(deliver)),
          report_(std::move(report)),
          worker_([this](const std::stop_token& s) { run(s); })
    {
    }
    ~calculations() { stop(); }
    calculations(const calculations&) = delete;
    calculations& operator=(const calculations&) = delete;

    /// What it answers belongs to the trace of the command that asked.
    void add(const entity_ref& whose, calculation what, const trace_context& trace);
    /// Ends the one under way and forgets the others. Nothing is delivered after this.
    void stop();
    /// Nothing waits and nothing is under way.
    bool idle() const;
    std::uint64_t waiting() const; ///< those under way too
    distribution seconds() const { return seconds_.counted(); }

private:
    struct asked {
        entity_ref whose;
        calculation what;
        trace_context trace;
    };
    void run(const std::stop_token& stopping);

    std::function<void(envelope)> deliver_;
    std::function<void(const entity_ref&, const trace_id&, const std::string&)> report_;
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<asked> waiting_;
    bool busy_ = false;
    histogram seconds_{0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300};
    std::jthread worker_; ///< last: it uses all above
};

} // namespace takt::runtime
