#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "gateways/http/client.hpp"

namespace takt::sim {

/// Reads a node's event stream on a thread of its own, and comes again where it was when the stream ends.
class newspaper {
public:
    /// `query`: "kind=order&type=allocated". `take` gets each event's document; `missed` is called when the stream
    /// could not be resumed from where it ended.
    newspaper(const std::string& url, const std::string& token, std::string query,
              std::function<void(const std::string& document)> take, std::function<void()> missed);
    ~newspaper();
    newspaper(const newspaper&) = delete;
    newspaper& operator=(const newspaper&) = delete;

private:
    void run();
    void pause(std::chrono::milliseconds longest) const;

    http::client client_;
    const std::string query_;
    const std::function<void(const std::string&)> take_;
    const std::function<void()> missed_;
    std::string last_; ///< id
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

} // namespace takt::sim
