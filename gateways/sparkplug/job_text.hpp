#pragma once

#include "gateways/equipment_link.hpp"

/// Jobs and commands as the texts that stand in metrics.
namespace takt::sparkplug {

std::string to_text(const equipment::assignment& a);
std::string to_text(const machine::control_order& o);
/// Nothing for "", and for what is none.
std::optional<equipment::assignment> read_job(const std::string& text);
std::optional<machine::control_order> read_control(const std::string& text);

} // namespace takt::sparkplug
