#pragma once

#include <chrono>

namespace takt::app {

/// Keeps SIGINT and SIGTERM from ending the process, for this thread and those it starts; a broken pipe is an error of
/// the write, not the end.
void hold_signals();

/// Waits until somebody asks the process to stop, or the time is over. True if somebody asked.
bool stop_requested_within(std::chrono::milliseconds longest);

} // namespace takt::app
