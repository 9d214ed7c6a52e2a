#include <algorithm>

#include "actors/mes/packml.hpp"
#include "sim/machine_model.hpp"

/// How a simulated controller obeys commands.
namespace takt::sim {
namespace {

using packml = machine::packml_state;
using action = machine::control_action;

constexpr double acting_ms = 1'500; ///< of holding, stopping, resetting…
constexpr double slowest = 0.1, fastest = 1.5;

} // namespace

void machine_model::control(const machine::control_order& what, instant now)
{
    now_ = std::max(now_, now);
    if (what.number >= controlled_) unsaid_.push_back(make_message(machine::confirm_control{what.number}));
    if (what.number <= controlled_) return;
    controlled_ = what.number;
    if (auto reason = why_not(what); !reason.empty()) {
        unsaid_.push_back(make_message(machine::refuse_control{what.number, std::move(reason)}));
        return;
    }
    reports_ = &unsaid_;
    begin_control(what);
    reports_ = nullptr;
}

std::string machine_model::why_not(const machine::control_order& what) const
{
    if (now_ > what.due) return "it came too late";
    if (!machine::is_allowed(what.action, state_))
        return std::string(enum_name(what.action)) + " is not possible in " + std::string(enum_name(state_));
    if (what.action == action::clear && down_) return "the fault is still there: " + failure_;
    if (what.action == action::start) return "a job that it is given starts by itself";
    for (const auto& [tag, value] : what.set_points) {
        if (!set_points_.contains(tag)) return "no set-point " + tag;
        if (value < slowest || value > fastest) return tag + " is from 0.1 to 1.5";
    }
    return {};
}

void machine_model::begin_control(const machine::control_order& what)
{
    const auto way = machine::way_of(what.action);
    if (way) {
        acting_ = acting{what.action, acting_ms};
        change_state(way->acting);
        return;
    }
    if (!what.recipe.empty()) recipe_ = what.recipe;
    for (const auto& [tag, value] : what.set_points) set_points_[tag] = value;
    say_parameters();
}

void machine_model::end_acting()
{
    const auto done = acting_->action;
    acting_.reset();
    const auto target = machine::way_of(done)->target;
    if (target == packml::execute || target == packml::idle) {
        halt_.reset();
        change_state(target);
        return;
    }
    halt_ = target;
    if (target == packml::held || target == packml::suspended) {
        if (step_ == step::running) say_progress();
    } else {
        give_up_load();
    }
    change_state(target);
}

/// The jobs in work end with what they have made.
void machine_model::give_up_load()
{
    if (step_ == step::none) return;
    for (std::size_t i = 0; i < load_; ++i) confirm(jobs_[i]);
    end_load();
}

void machine_model::say_parameters()
{
    reports_->push_back(make_message(machine::report_parameters{recipe_, set_points_}));
}

} // namespace takt::sim
