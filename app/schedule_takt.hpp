#pragma once

#include <cstdint>
#include <string>

#include "app/commands.hpp"
#include "app/exit_code.hpp"

namespace takt::app {

/// `takt schedule solve FILE --format takt`: a whole plant's problem, or somebody's plan for it.
struct plant_solve {
    std::string file, objective, out, check, begin_with;
    double seconds = 10;
    std::int64_t iterations = 0; ///< 0: as many as the seconds allow
    std::uint32_t seed = 1;
    bool json = false;
};
/// Complains on stderr about a file that cannot be used.
exit_code solve_plant(const plant_solve& o);

/// `takt schedule export`: the problem that a running plant has.
void add_schedule_export(CLI::App& schedule);

} // namespace takt::app
