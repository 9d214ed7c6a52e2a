#pragma once

#include "actors/eam/asset.hpp"
#include "actors/eam/weibull.hpp"

/// What an asset's decisions share.
namespace takt::asset {

const eam::maintenance_plan* find_plan(const state& s, std::string_view key);
/// Of a plan that has never been done: nothing yet.
plan_state progress_of(const state& s, const std::string& plan);
bool has_order(const plan_state& plan);
/// Opens an order for each plan that is due in this state; `d` leads to the state.
void order_what_is_due(decision& d, const state& after, const context& about);
/// Wakes the asset when the calendar has a plan due.
void watch_calendar(decision& d, const eam::maintenance_plan& plan, instant last_done, const context& about);

/// From its own failures, else as its definition says; nothing if nobody knows.
std::optional<reliability::weibull> life_of(const state& s);

} // namespace takt::asset
