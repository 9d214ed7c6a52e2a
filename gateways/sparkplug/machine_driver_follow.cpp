#include "actors/mes/packml.hpp"
#include "gateways/sparkplug/machine_driver.hpp"
#include "gateways/sparkplug/machine_tags.hpp"

/// What is new for the plant in what a device says.
namespace takt::sparkplug {

void machine_driver::follow(const machine_id& key, unit& u)
{
    if (!u.online || !u.synchronised) return;
    follow_status(key, u);
    for (std::size_t i = 0; i < u.slots.size(); ++i) follow_slot(key, u, i, u.slots[i]);
    follow_control(key, u);
}

void machine_driver::follow_status(const machine_id& key, unit& u)
{
    if (const auto found = u.said.find(tags::down); found != u.said.end()) {
        const auto* now = std::get_if<bool>(&found->second);
        if (now != nullptr && u.down != *now) {
            u.down = *now;
            const auto expected = whole_at(u, tags::down_expected);
            const auto why = text_at(u, tags::down_reason);
            if (*now)
                say(key, machine::report_down{why.empty() ? "no reason given" : why,
                                              expected > 0 ? std::optional(milliseconds(expected)) : std::nullopt});
            else
                say(key, machine::report_up{});
        }
    }
    const auto number = whole_at(u, tags::state);
    const auto state = machine::packml_of(number);
    if (state && u.state != number) {
        u.state = number;
        say(key, machine::report_state{*state, text_at(u, tags::reason)});
    }
    machine::report_parameters now;
    now.recipe = text_at(u, tags::recipe);
    for (const auto& [tag, v] : u.said) {
        const auto number_of = as_number(v);
        if (tag.starts_with(tags::parameters) && number_of)
            now.set_points[tag.substr(std::string_view(tags::parameters).size())] = *number_of;
    }
    const bool any = !now.recipe.empty() || !now.set_points.empty();
    if (!any || (u.parameters && u.parameters->recipe == now.recipe && u.parameters->set_points == now.set_points))
        return;
    u.parameters = now;
    say(key, std::move(now));
}

void machine_driver::follow_slot(const machine_id& key, const unit& u, std::size_t index, slot& s)
{
    if (!s.wanted || s.done) return;
    const auto run = mes::ref_of(s.wanted->job);
    if (u.has[index] != run) return; // it has not got it yet
    const auto phase = whole_at(u, tags::job(index, "Phase"));
    if (phase >= tags::taken && !std::exchange(s.confirmed, true)) say(key, machine::confirm_job{run});
    if (phase >= tags::running && !std::exchange(s.running, true)) say(key, machine::report_setup_done{run});
    const auto good = whole_at(u, tags::job(index, "Good")), scrap = whole_at(u, tags::job(index, "Scrap"));
    if (phase >= tags::done) {
        s.done = true;
        const auto energy = u.said.find(tags::job(index, "Energy"));
        const auto kwh = energy == u.said.end() ? std::nullopt : as_number(energy->second);
        say(key, machine::report_completed{run, good, scrap, kwh});
    } else if (phase >= tags::running && (good != s.good || scrap != s.scrap)) {
        s.good = good;
        s.scrap = scrap;
        say(key, machine::report_progress{run, good, scrap});
    }
}

void machine_driver::follow_control(const machine_id& key, unit& u)
{
    if (!u.order) return;
    const auto number = u.order->number;
    if (u.has_order >= number && !std::exchange(u.order_confirmed, true)) say(key, machine::confirm_control{number});
    const auto refused = whole_at(u, tags::refused_number);
    if (refused == number && u.refused != refused) {
        u.refused = refused;
        say(key, machine::refuse_control{number, text_at(u, tags::refused_reason)});
    }
}

} // namespace takt::sparkplug
