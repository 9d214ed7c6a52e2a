#pragma once

#include <set>
#include <string>

namespace takt::metrics {

/// Values of a label, of which Prometheus should see only so many: those that come first are themselves, the rest is
/// "other". Not thread-safe.
class bounded_label {
public:
    explicit bounded_label(std::size_t most) : most_(most) {}

    std::string of(const std::string& value)
    {
        if (known_.contains(value)) return value;
        if (known_.size() >= most_) return "other";
        known_.insert(value);
        return value;
    }

private:
    const std::size_t most_;
    std::set<std::string> known_;
};

} // namespace takt::metrics
