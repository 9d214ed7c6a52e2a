#pragma once

#include <functional>
#include <string>

#include "app/exit_code.hpp"
#include "runtime/verify.hpp"

namespace takt::app {

/// Opens the data directory of a node that does not run, replays its journal and audits it.
runtime::verification audit(const std::string& directory);

/// Each law with its count, and the first violation's entity and event.
void print_laws(const runtime::verification& v);

/// Runs `work` on a data directory that must exist; says what is wrong if it cannot be used, and returns `unusable`.
exit_code on_data(const std::string& directory, const std::function<exit_code()>& work);

} // namespace takt::app
