#pragma once

#include <deque>
#include <functional>
#include <unordered_map>
#include <vector>

#include "messages/scada/sample.hpp"

namespace takt::feeds {

/// Samples on their way to the node. When the node is busy they wait, in the order of their source, up to a bound;
/// beyond it the oldest of that source is lost, and counted. Not thread-safe.
class forwarding {
public:
    /// False: the node did not take them; try again.
    using sink = std::function<bool(const entity_ref& source, const std::vector<scada::sample>&)>;
    forwarding(sink to, std::size_t waiting_most_of_a_source = 10'000)
        : to_(std::move(to)), most_(waiting_most_of_a_source)
    {
    }

    void put(scada::sample s)
    {
        auto& queue = waiting_[s.source.path()];
        if (queue.size() == most_) {
            queue.pop_front();
            --count_;
            ++lost_;
        }
        queue.push_back(std::move(s));
        ++count_;
    }

    /// Hands on what the node takes.
    void flush()
    {
        constexpr std::size_t batch_most = 500;
        if (count_ == 0) return;
        for (auto& [source, queue] : waiting_) {
            while (!queue.empty()) {
                const auto size = static_cast<std::ptrdiff_t>(std::min(queue.size(), batch_most));
                const std::vector<scada::sample> batch(queue.begin(), queue.begin() + size);
                if (!to_(batch.front().source, batch)) {
                    ++refused_;
                    break;
                }
                queue.erase(queue.begin(), queue.begin() + size);
                count_ -= batch.size();
                forwarded_ += batch.size();
            }
        }
    }

    std::size_t waiting() const { return count_; }
    std::uint64_t forwarded() const { return forwarded_; }
    std::uint64_t lost() const { return lost_; }
    std::uint64_t refused() const { return refused_; } ///< batches, that were then tried again

private:
    sink to_;
    std::size_t most_, count_ = 0;
    std::uint64_t forwarded_ = 0, lost_ = 0, refused_ = 0;
    std::unordered_map<std::string, std::deque<scada::sample>> waiting_;
};

} // namespace takt::feeds
