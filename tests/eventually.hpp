#pragma once

#include <chrono>
#include <thread>

namespace takt::test {

/// Waits for something that another thread brings about; whether it came about in time.
template <class Condition> bool eventually(Condition holds, std::chrono::seconds longest = std::chrono::seconds(20))
{
    const auto until = std::chrono::steady_clock::now() + longest;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

} // namespace takt::test
