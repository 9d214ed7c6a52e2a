#pragma once

#include <CLI/CLI.hpp>

#include "messages/core/log.hpp"

namespace takt::app {

/// --log-format and --log-level of a subcommand that runs for long. In force when the command line has been read.
void add_log_options(CLI::App& command, log_level usual = log_level::info);

} // namespace takt::app
