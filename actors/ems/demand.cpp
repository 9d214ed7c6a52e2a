#include "actors/ems/demand.hpp"

#include <cmath>

#include "actors/refusals.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/anomaly/coordination.hpp"
#include "messages/core/json_write.hpp"
#include "messages/mes/schedule.hpp"
#include "messages/mes/schedule_load.hpp"

namespace takt::demand {
namespace {

constexpr const char* trouble = "energy";
constexpr double ms_per_hour = 3'600'000.0;
/// A forecast before this part of the window is over says little.
constexpr double earliest_part = 0.2;
/// It is over when the forecast is so far below the limit.
constexpr double well_below = 0.97;

instant window_of(const state& s, instant at)
{
    const auto length = s.definition.window_ms.count();
    return {at.ms - at.ms % length};
}

double hours(milliseconds time) { return static_cast<double>(time.count()) / ms_per_hour; }

std::string rounded(double kw) { return to_json(std::round(kw * 10) / 10); }

} // namespace

message observe(live& l, const state& s, const scada::sample& what)
{
    if (what.tag != "power_kw" || what.quality < 192 || !std::isfinite(what.value) || !s.is_defined) return {};
    if (l.at && what.at <= *l.at) return {};
    const auto begin = window_of(s, what.at);
    message news;
    if (!l.since || *l.since != begin) { // the first of a window
        const bool whole = l.since && l.at && begin - *l.since == s.definition.window_ms;
        if (whole) {
            const double kwh = l.energy_kwh + l.power_kw * hours(begin - *l.at);
            news = make_message(record_window{*l.since, begin, kwh / hours(s.definition.window_ms)});
        }
        l.since = begin;
        l.energy_kwh = l.power_kw * hours(what.at - begin);
        l.told = false;
    } else {
        l.energy_kwh += l.power_kw * hours(what.at - *l.at);
    }
    l.at = what.at;
    l.power_kw = what.value;
    if (news) return news;
    const auto end = begin + s.definition.window_ms;
    if (hours(what.at - begin) < earliest_part * hours(s.definition.window_ms)) return {};
    const double expected = (l.energy_kwh + l.power_kw * hours(end - what.at)) / hours(s.definition.window_ms);
    const bool above = l.told ? expected > well_below * s.definition.limit_kw : expected > s.definition.limit_kw;
    if (above == l.told) return {};
    l.told = above;
    return make_message(note_forecast{end, expected, above});
}

decision decide(const state& s, const define& what, const context& /*about*/)
{
    if (!(what.limit_kw > 0) || !std::isfinite(what.limit_kw))
        return decision::refuse("not_positive", "a limit is more than 0 kW", "limit_kw");
    if (what.window_ms < milliseconds{60'000})
        return decision::refuse("out_of_range", "a window is at least a minute", "window_ms");
    if (s.is_defined && to_json(s.definition) == to_json(what)) return {};
    return std::move(decision().emit(defined{what}));
}

decision decide(const state& s, const note_forecast& what, const context& about)
{
    decision d;
    if (s.above == what.above && s.window_end == what.window_end) return d;
    d.emit(forecast_changed{what.window_end, what.expected_kw, what.above, about.now});
    const auto key = anomaly::key_of(trouble, about.self);
    const auto words = rounded(what.expected_kw) + " kW expected by " + to_rfc3339(what.window_end) + ", limit " +
                       rounded(s.definition.limit_kw);
    if (what.above)
        d.send(key, anomaly::raise{about.self, trouble, anomaly::severity::critical, words});
    else if (s.above)
        d.send(key, anomaly::clear{trouble, "below_limit", words});
    return d;
}

decision decide(const state& s, const record_window& what, const context& about)
{
    decision d;
    d.emit(window_recorded{what.from, what.to, what.mean_kw, what.mean_kw > s.definition.limit_kw});
    if (s.above)
        d.send(anomaly::key_of(trouble, about.self),
               anomaly::clear{trouble, what.mean_kw > s.definition.limit_kw ? "limit_exceeded" : "limit_kept",
                              "the window had " + rounded(what.mean_kw) + " kW"});
    return d;
}

/// The mean of the whole window is to come down to the limit in what is left of it.
decision decide(const state& s, const relieve& what, const context& about)
{
    decision d;
    const auto key = anomaly::case_of(about.sender);
    if (!s.above || s.window_end <= about.now) {
        d.send(key, anomaly::note_step{anomaly::step_kind::shed_load, true, "the window is over"});
        return d;
    }
    const double excess_kwh = (s.expected_kw - well_below * s.definition.limit_kw) * hours(s.definition.window_ms);
    d.send(s.definition.area, schedule::shed_load{excess_kwh / hours(s.window_end - about.now), s.window_end,
                                                  what.trace, std::string(key)});
    return d;
}

void apply(state& s, const defined& e)
{
    s.is_defined = true;
    s.definition = e.definition;
}

void apply(state& s, const forecast_changed& e)
{
    s.above = e.above;
    s.window_end = e.window_end;
    s.expected_kw = e.expected_kw;
}

void apply(state& s, const window_recorded& e)
{
    ++s.windows;
    s.windows_above += e.above ? 1 : 0;
    s.highest_kw = std::max(s.highest_kw, e.mean_kw);
    s.above = false;
}

} // namespace takt::demand
