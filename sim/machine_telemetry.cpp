#include <algorithm>

#include "sim/machine_model.hpp"

/// What a machine's sensors see. Nothing that happens hangs on it.
namespace takt::sim {
namespace {

constexpr double ambient_celsius = 22;

double three_digits(double value) { return std::round(value * 1000) / 1000; }

} // namespace

double machine_model::power_kw()
{
    const double idle = what_.behaviour.idle_power_kw;
    if (down_) return idle * 0.2 * noise(0.05);
    if (halt_) return idle * noise(0.03);
    switch (step_) {
    case step::none: return idle * noise(0.03);
    case step::starting:
    case step::setup: return (idle + 0.3 * what_.rated_power_kw) * noise(0.08);
    case step::running: break;
    }
    return std::min(what_.rated_power_kw * 1.1, (idle + 0.75 * what_.rated_power_kw * speed()) * noise(0.04));
}

/// Stays below its upper limit until the last twentieth of a machine's life: whoever watches the trend sees a
/// breakdown come.
double machine_model::tag_value(const machine::limit& tag)
{
    const double high = tag.high.value_or(tag.low.value_or(0) + 100);
    const double wear = life_ > 0 ? 1.0 - life_left_ / life_ : 0;
    const double worn = std::max(0.0, wear - 0.95) / 0.05;
    if (tag.tag.starts_with("furnace")) return high * (0.965 + 0.03 * worn * heat_) * noise(0.002);
    if (tag.tag.ends_with("_celsius"))
        return ambient_celsius + (0.78 + 0.25 * worn) * (high - ambient_celsius) * heat_ * noise(0.01);
    const double level = step_ == step::running ? 0.6 + 0.42 * worn : 0.1;
    return high * level * noise(0.03);
}

void machine_model::measure(std::vector<scada::sample>& out)
{
    const entity_ref self("machine", what_.key.text);
    const double kw = measured_kw_ = three_digits(power_kw());
    out.push_back({self, "power_kw", kw, now_});
    for (const auto& tag : what_.limits) out.push_back({self, tag.tag, three_digits(tag_value(tag)), now_});
    out.push_back({self, "pieces_total", static_cast<double>(counted_.pieces), now_});
    if (!meter_.empty()) out.push_back({entity_ref("meter", meter_.text), "power_kw", kw, now_});
}

} // namespace takt::sim
