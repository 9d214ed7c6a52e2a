#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "runtime/node.hpp"

namespace takt::app {

/// Tells on the terminal what becomes of cases: a line for each that is opened, goes on to its next step, or is closed.
class case_view {
public:
    case_view(runtime::node& node, std::string time_zone);
    /// Prints what has come since.
    void show();

private:
    void take(const runtime::fact& f);

    std::string time_zone_;
    std::mutex mutex_;
    std::vector<std::string> lines_;
    std::shared_ptr<void> facts_;
};

} // namespace takt::app
