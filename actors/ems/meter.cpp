#include "actors/ems/meter.hpp"

#include <cmath>
#include <stdexcept>

#include <date/tz.h>

#include "actors/refusals.hpp"
#include "messages/core/json_write.hpp"
#include "scheduling/calendar.hpp"

namespace takt::meter {
namespace {

constexpr std::int64_t quarter_ms = 15 * 60'000;
/// Without a sample for this long, nobody knows what was drawn: it is not made up.
constexpr milliseconds gap_max{5 * 60'000};
constexpr double ms_per_hour = 3'600'000.0;
constexpr int minutes_per_day = 24 * 60;

int local_minute(const std::string& zone, instant at)
{
    const std::chrono::sys_time<milliseconds> utc{milliseconds{at.ms}};
    const auto local = date::locate_zone(zone)->to_local(utc);
    const auto day = date::floor<date::days>(local);
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(local - day).count());
}

const ems::tariff_window* window_at(const define& meter, instant at)
{
    if (meter.tariff.empty() || !scheduling::known_time_zone(meter.zone)) return nullptr;
    const int minute = local_minute(meter.zone, at);
    for (const auto& w : meter.tariff) {
        const int start = scheduling::minutes_of_day(w.start).value_or(0);
        int end = scheduling::minutes_of_day(w.end).value_or(0);
        if (end <= start) end += minutes_per_day;
        if ((minute >= start && minute < end) || minute + minutes_per_day < end) return &w;
    }
    return nullptr;
}

std::optional<decision> refuse_tariff(const define& what)
{
    if (!scheduling::known_time_zone(what.zone))
        return decision::refuse("unknown_time_zone", "'" + what.zone + "' is no IANA time zone", "zone");
    for (const auto& w : what.tariff) {
        if (!scheduling::minutes_of_day(w.start) || !scheduling::minutes_of_day(w.end))
            return decision::refuse("not_a_time", "window " + w.name + " is from " + w.start + " to " + w.end,
                                    "tariff");
        if (!(w.price_per_kwh >= 0))
            return decision::refuse("negative", "window " + w.name + " has no price", "tariff");
    }
    return std::nullopt;
}

void begin_anew(live& l, instant at)
{
    l.since = at;
    l.energy_kwh = 0;
    l.peak_kw = 0;
}

} // namespace

message observe(live& l, const state& /*s*/, const scada::sample& what)
{
    if (what.tag != "power_kw" || what.quality < 192 || !std::isfinite(what.value)) return {};
    ++l.samples;
    if (l.at && what.at <= *l.at) return {};
    if (l.at && what.at - *l.at <= gap_max)
        l.energy_kwh += l.power_kw * static_cast<double>((what.at - *l.at).count()) / ms_per_hour;
    if (!l.since) begin_anew(l, what.at);
    l.power_kw = what.value;
    l.peak_kw = std::max(l.peak_kw, what.value);
    l.at = what.at;
    if (what.at.ms / quarter_ms == l.since->ms / quarter_ms) return {};
    auto record = make_message(record_energy{*l.since, what.at, l.energy_kwh, l.peak_kw});
    begin_anew(l, what.at);
    return record;
}

decision decide(const state& s, const define& what, const context& /*about*/)
{
    if (!valid_key(what.machine.text)) return refuse_key(what.machine.text, "machine");
    if (auto refused = refuse_tariff(what)) return *refused;
    decision d;
    if (!s.is_defined || to_json(s.definition) != to_json(what)) d.emit(defined{what});
    return d;
}

decision decide(const state& s, const record_energy& what, const context& about)
{
    if (!s.is_defined) return refuse_undefined(about);
    if (what.to <= what.from) return decision::refuse("no_time", "the reading ends before it begins", "to");
    if (!(what.energy_kwh >= 0) || !std::isfinite(what.energy_kwh))
        return decision::refuse("negative", "energy is not negative", "energy_kwh");
    decision d;
    const auto* window = window_at(s.definition, what.from);
    const double price = window == nullptr ? s.definition.base_price_per_kwh : window->price_per_kwh;
    d.emit(energy_recorded{what.from, what.to, what.energy_kwh, what.peak_kw, window == nullptr ? "base" : window->name,
                           what.energy_kwh * price});
    return d;
}

void apply(state& s, const defined& e)
{
    s.is_defined = true;
    s.definition = e.definition;
}

void apply(state& s, const energy_recorded& e)
{
    s.energy_kwh += e.energy_kwh;
    s.cost += e.cost;
    s.peak_kw = std::max(s.peak_kw, e.peak_kw);
    s.energy_by_tariff_kwh[e.tariff] += e.energy_kwh;
    s.recorded_until = e.to;
    ++s.records;
}

} // namespace takt::meter
