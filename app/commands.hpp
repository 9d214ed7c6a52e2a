#pragma once

#include <CLI/CLI.hpp>

/// What `takt` can do: one file per subcommand, each adds itself.
namespace takt::app {

void add_run(CLI::App& takt);
void add_demo(CLI::App& takt);
void add_sim(CLI::App& takt);
void add_verify(CLI::App& takt);
void add_rebuild(CLI::App& takt);
void add_bench(CLI::App& takt);
void add_get(CLI::App& takt);
void add_list(CLI::App& takt);
void add_send(CLI::App& takt);
void add_export(CLI::App& takt);
void add_plant(CLI::App& takt);
void add_schedule(CLI::App& takt);
void add_what_if(CLI::App& takt);

} // namespace takt::app
