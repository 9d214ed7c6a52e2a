#include <cmath>

#include "actors/eam/asset_parts.hpp"

/// What events make of an asset.
namespace takt::asset {
namespace {

constexpr std::size_t lives_most = 100, steps_most = 50;
/// With fewer failures of its own, an expected life that somebody has stated is the better guess.
constexpr std::int64_t failures_least = 3;
constexpr double ms_per_hour = 3'600'000;

milliseconds rounded(double ms) { return milliseconds{std::llround(ms)}; }

void mean_times(state& s)
{
    if (s.failures > 0)
        s.mean_time_between_failures_ms = static_cast<double>(s.runtime_ms.count()) / static_cast<double>(s.failures);
    if (s.repairs > 0)
        s.mean_time_to_repair_ms = static_cast<double>(s.repair_ms.count()) / static_cast<double>(s.repairs);
    if (const auto up = s.mean_time_between_failures_ms, down = s.mean_time_to_repair_ms; up && down && *up + *down > 0)
        s.availability = *up / (*up + *down);
}

void look_ahead(state& s)
{
    const auto life = life_of(s);
    s.forecast.reset();
    if (!life) return;
    forecast f;
    f.shape = life->shape;
    f.scale_ms = rounded(life->scale);
    f.failures =
        s.estimated ? std::count_if(s.lives.begin(), s.lives.end(), [](const auto& l) { return l.failed; }) : 0;
    const auto age = static_cast<double>(s.age_ms.count());
    f.remaining_life_ms = rounded(reliability::remaining_life(*life, age));
    f.failure_within_8h = reliability::failure_within(*life, age, 8 * ms_per_hour);
    f.failure_within_24h = reliability::failure_within(*life, age, 24 * ms_per_hour);
    f.failure_within_168h = reliability::failure_within(*life, age, 168 * ms_per_hour);
    s.forecast = f;
}

/// It is as good as new: after a repair, or maintenance that renews it.
void begin_new_life(state& s, bool failed)
{
    if (s.lives.size() == lives_most) s.lives.erase(s.lives.begin());
    s.lives.push_back({s.age_ms, failed});
    s.age_ms = milliseconds{0};
    const auto failures = std::count_if(s.lives.begin(), s.lives.end(), [](const auto& l) { return l.failed; });
    std::vector<reliability::one_life> lives;
    for (const auto& l : s.lives) lives.push_back({static_cast<double>(l.runtime_ms.count()), l.failed});
    if (failures < failures_least) return;
    if (const auto found = reliability::estimate(lives)) s.estimated = {found->shape, rounded(found->scale)};
}

void enter(state& s, eam::life_state to, instant at, const std::string& by)
{
    s.life = to;
    if (s.lifetime.size() == steps_most) s.lifetime.erase(s.lifetime.begin());
    s.lifetime.push_back({to, at, by});
}

void add(eam::cost& sum, const eam::cost& more)
{
    sum.labour += more.labour;
    sum.parts += more.parts;
    sum.downtime += more.downtime;
}

} // namespace

std::optional<reliability::weibull> life_of(const state& s)
{
    const auto& known = s.estimated ? s.estimated : s.definition.expected_life;
    if (!known) return std::nullopt;
    return reliability::weibull{known->shape, static_cast<double>(known->scale_ms.count())};
}

void apply(state& s, const defined& e)
{
    if (!s.is_defined) enter(s, e.definition.life, e.at, {});
    s.is_defined = true;
    s.definition = e.definition;
    std::map<std::string, plan_state> kept;
    for (const auto& plan : e.definition.plans) {
        const auto before = s.plans.find(plan.key);
        kept[plan.key] = before == s.plans.end() ? plan_state{milliseconds{0}, 0, e.at, 0, {}} : before->second;
    }
    s.plans = std::move(kept);
    look_ahead(s);
}

void apply(state& s, const usage_added& e)
{
    s.runtime_ms += e.runtime_ms;
    s.age_ms += e.runtime_ms;
    s.cycles += e.cycles;
    for (auto& [key, plan] : s.plans) {
        plan.runtime_ms += e.runtime_ms;
        plan.cycles += e.cycles;
    }
    mean_times(s);
    look_ahead(s);
}

void apply(state& s, const broke_down& /*e*/)
{
    s.is_down = true;
    ++s.failures;
    begin_new_life(s, true);
    mean_times(s);
    look_ahead(s);
}

void apply(state& s, const repaired& e)
{
    s.is_down = false;
    s.repair_ms += e.down_ms;
    ++s.repairs;
    mean_times(s);
}

void apply(state& s, const maintenance_due& e)
{
    s.orders = e.number;
    s.plans[e.plan].open_order = e.number;
    s.plans[e.plan].order = e.order;
}

void apply(state& s, const maintenance_done& e)
{
    ++s.orders_done;
    s.plans[e.plan] = {milliseconds{0}, 0, e.at, 0, {}};
    if (const auto* plan = find_plan(s, e.plan); plan == nullptr || !plan->renews) return;
    begin_new_life(s, false);
    look_ahead(s);
}

void apply(state& s, const maintenance_skipped& e) { s.plans[e.plan] = {milliseconds{0}, 0, e.at, 0, {}}; }

void apply(state& s, const cost_booked& e)
{
    add(s.cost, e.cost);
    add(s.cost_by_year[to_rfc3339(e.at).substr(0, 4)], e.cost);
}

void apply(state& s, const life_changed& e) { enter(s, e.to, e.at, e.by); }

} // namespace takt::asset
