#include "app/signals.hpp"

#include <csignal>
#include <ctime>

namespace takt::app {
namespace {

sigset_t stop_signals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

void hold_signals()
{
    const auto set = stop_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN); // NOLINT(cppcoreguidelines-pro-type-cstyle-cast): the system's macro
}

bool stop_requested_within(std::chrono::milliseconds longest)
{
    const auto set = stop_signals();
    const timespec wait{longest.count() / 1000, (longest.count() % 1000) * 1'000'000};
    return sigtimedwait(&set, nullptr, &wait) > 0;
}

} // namespace takt::app
