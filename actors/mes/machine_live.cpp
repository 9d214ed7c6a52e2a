#include <cmath>

#include "actors/mes/machine.hpp"

/// What a machine takes from its telemetry. Hot: hundreds of thousands of samples a second go through here.
namespace takt::machine {
namespace {

constexpr int good_quality = 192;
constexpr std::int64_t minute_ms = 60'000;

tag_value& find_tag(live& l, const std::string& tag)
{
    for (auto& t : l.tags)
        if (t.tag == tag) return t;
    l.tags.emplace_back();
    l.tags.back().tag = tag;
    l.tags.back().place = l.detectors.place_of(tag);
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

/// The detectors are those of the definition; alarms that stand are known to them.
void follow_definition(live& l, const state& s)
{
    if (l.defined_for == s.definitions) return;
    l.defined_for = s.definitions;
    l.detectors.configure(detectors_of(s.definition), s.definition.computed,
                          [&](const std::string& key) { return s.alarms.contains(key); });
    for (auto& t : l.tags) t.place = l.detectors.place_of(t.tag);
}

message told(detect::findings found)
{
    if (found.empty()) return {};
    return make_message(note_detections{std::move(found.raised), std::move(found.recovered)});
}

} // namespace

message observe(live& l, const state& s, const scada::sample& what)
{
    ++l.samples;
    follow_definition(l, s);
    auto& t = find_tag(l, what.tag);
    const bool repeated = what.at == t.at && t.count > 0;
    if (what.at < t.at) return {}; // came late: the value now is a newer one
    take_in(t, what);
    if (what.quality < good_quality || t.place == detect::bank::nowhere || repeated) return {};
    if (!std::isfinite(what.value)) return {};
    detect::findings found;
    l.detectors.take(t.place, what.at, what.value, found);
    return told(std::move(found));
}

bool watched(const state& s)
{
    const auto& d = s.definition.detectors;
    return !s.definition.computed.empty() ||
           std::any_of(d.begin(), d.end(), [](const auto& one) { return one.rule == scada::rule::silence; });
}

message watch(live& l, const state& s, instant now)
{
    follow_definition(l, s);
    detect::findings found;
    l.detectors.look(now, found);
    return told(std::move(found));
}

} // namespace takt::machine
