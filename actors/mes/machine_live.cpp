#include "actors/mes/machine.hpp"

/// What a machine takes from its telemetry. Hot: hundreds of thousands of samples a second go through here.
namespace takt::machine {
namespace {

constexpr int good_quality = 192;
constexpr std::int64_t minute_ms = 60'000;
/// Off-delay (ISA-18.2): a value that swings about its limit is one alarm, over when it has stayed inside for so long.
constexpr milliseconds inside_for{10 * 60'000};

tag_value& find_tag(live& l, const std::string& tag)
{
    for (auto& t : l.tags)
        if (t.tag == tag) return t;
    l.tags.emplace_back();
    l.tags.back().tag = tag;
    return l.tags.back();
}

void take_in(tag_value& t, const scada::sample& what)
{
    t.value = what.value;
    t.at = what.at;
    t.quality = what.quality;
    const auto minute = what.at.ms / minute_ms;
    if (t.count == 0 || minute != t.minute) {
        t.minute = minute;
        t.lowest = t.highest = t.sum = what.value;
        t.count = 1;
        return;
    }
    t.lowest = std::min(t.lowest, what.value);
    t.highest = std::max(t.highest, what.value);
    t.sum += what.value;
    ++t.count;
}

} // namespace

message observe(live& l, const state& s, const scada::sample& what)
{
    ++l.samples;
    auto& t = find_tag(l, what.tag);
    if (what.at < t.at) return {}; // came late: the value now is a newer one
    take_in(t, what);
    if (what.quality < good_quality) return {};
    for (const auto& limit : s.definition.limits) {
        if (limit.tag != what.tag) continue;
        t.outside = (limit.low && what.value < *limit.low) || (limit.high && what.value > *limit.high);
        const bool known = !s.alarms.empty() && s.alarms.contains(what.tag);
        if (t.outside || t.outside_at.ms == 0) t.outside_at = what.at;
        if (t.outside == known) return {};
        if (t.outside) return make_message(raise_alarm{what.tag, what.value, limit.low, limit.high});
        if (what.at - t.outside_at < inside_for) return {};
        return make_message(clear_alarm{what.tag, what.value});
    }
    return {};
}

} // namespace takt::machine
