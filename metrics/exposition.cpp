#include "metrics/exposition.hpp"

#include <iterator>

#include <prometheus/gauge.h>
#include <prometheus/text_serializer.h>

#include "metrics/process_metrics.hpp"

namespace takt::metrics {

exposition::exposition(const std::string& version) : registry_(std::make_shared<prometheus::Registry>())
{
    prometheus::BuildGauge()
        .Name("takt_build_info")
        .Help("The program that runs; always 1.")
        .Register(*registry_)
        .Add({{"version", version}})
        .Set(1);
    add(registry_);
    add(std::make_shared<process_metrics>());
}

void exposition::add(std::shared_ptr<prometheus::Collectable> collectable)
{
    const std::lock_guard lock(mutex_);
    collectables_.push_back(std::move(collectable));
}

std::string exposition::text() const
{
    std::vector<std::shared_ptr<prometheus::Collectable>> all;
    {
        const std::lock_guard lock(mutex_);
        all = collectables_;
    }
    std::vector<prometheus::MetricFamily> families;
    for (const auto& collectable : all) {
        auto some = collectable->Collect();
        std::move(some.begin(), some.end(), std::back_inserter(families));
    }
    const prometheus::TextSerializer serializer;
    return serializer.Serialize(families);
}

} // namespace takt::metrics
