#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <prometheus/collectable.h>
#include <prometheus/registry.h>

namespace takt::metrics {

/// What Prometheus sees of a process: its registry, and what is collected only when somebody asks. All members may be
/// called from any thread.
class exposition {
public:
    /// Begins with takt_build_info and the process's own metrics.
    explicit exposition(const std::string& version);

    prometheus::Registry& registry() { return *registry_; }
    void add(std::shared_ptr<prometheus::Collectable> collectable);

    /// Text format 0.0.4.
    std::string text() const;

private:
    std::shared_ptr<prometheus::Registry> registry_;
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<prometheus::Collectable>> collectables_;
};

} // namespace takt::metrics
