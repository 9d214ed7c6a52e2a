#pragma once

#include <functional>

#include "gateways/sparkplug/edge.hpp"
#include "messages/core/message.hpp"
#include "messages/mes/job.hpp"

namespace takt::sim {

/// A report of a machine as the tags that change by it (gateways/sparkplug/machine_tags.hpp); none if it is of a job
/// that is in no slot. `phase_of` is a slot's phase so far, `control` the text of the machine's last command.
std::vector<sparkplug::edge::change>
tags_of(const message& command, const std::function<std::optional<std::size_t>(const mes::run_ref&)>& slot_of,
        const std::function<std::int64_t(std::size_t)>& phase_of, const std::string& control);

} // namespace takt::sim
