#pragma once

#include <CLI/CLI.hpp>

namespace takt::app {

/// What the shell is told. The same for every subcommand; `takt --help` lists them.
enum class exit_code : int {
    done = 0,
    failed = 1,      ///< something outside went wrong; the message says what
    usage = 2,       ///< the command line is wrong
    refused = 3,     ///< the node answered that it does not do that
    unreachable = 4, ///< no node answered
    violation = 5,   ///< verify found a law broken
    unusable = 6     ///< a plant file, scenario or data directory cannot be used
};

inline constexpr const char* exit_codes_help = R"(Exit codes:
  0  done
  1  something went wrong; the message says what
  2  the command line is wrong
  3  the node refused
  4  no node answered
  5  verify found a law broken
  6  a plant file, scenario or data directory cannot be used)";

/// Ends a subcommand's callback; main returns the code.
inline void finish(exit_code code)
{
    if (code != exit_code::done) throw CLI::RuntimeError(static_cast<int>(code));
}

} // namespace takt::app
