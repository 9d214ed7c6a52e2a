#include <algorithm>
#include <iterator>

#include "gateways/http/handlers.hpp"
#include "messages/core/json_read.hpp"

/// POST /api/v1/samples
namespace takt::http {
namespace {

/// Samples whose source has no telemetry, each named.
problems misaddressed(const kind_registry& kinds, const std::vector<scada::sample>& samples)
{
    constexpr std::size_t named_most = 20;
    problems wrong;
    for (std::size_t i = 0; i < samples.size() && wrong.size() < named_most; ++i) {
        const auto* kind = kinds.find(samples[i].source.kind());
        if (kind == nullptr || kind->live == nullptr)
            wrong.push_back({"#/samples/" + std::to_string(i) + "/source",
                             "'" + samples[i].source.path() + "' is nothing that measures"});
    }
    return wrong;
}

struct tally {
    std::size_t accepted = 0, dropped = 0;
};

/// Hands runs of samples of one source to the node, in their order.
tally deliver(runtime::node& node, std::vector<scada::sample> samples)
{
    tally sum;
    auto first = samples.begin();
    while (first != samples.end()) {
        const auto end = std::find_if(first, samples.end(), [&](const auto& s) { return s.source != first->source; });
        const auto count = static_cast<std::size_t>(end - first);
        const entity_ref source = first->source;
        const bool taken = node.observe(source, {std::make_move_iterator(first), std::make_move_iterator(end)});
        (taken ? sum.accepted : sum.dropped) += count;
        first = end;
    }
    return sum;
}

} // namespace

answering post_samples(door& d, const request& r)
{
    auto batch = read_json_text<scada::sample_batch>(r.body, strictness::at_the_door);
    if (!batch) co_return unprocessable(batch.error());
    if (const auto wrong = misaddressed(d.node.kinds(), batch->samples); !wrong.empty()) co_return unprocessable(wrong);

    const auto sum = deliver(d.node, std::move(batch->samples));
    if (sum.accepted == 0 && sum.dropped > 0)
        co_return unavailable("busy", "The machines' inboxes are full; none of the samples was taken.",
                              d.retry_after_s());
    co_return json(202, "{\"accepted\":" + std::to_string(sum.accepted) +
                            ",\"dropped\":" + std::to_string(sum.dropped) + '}');
}

} // namespace takt::http
