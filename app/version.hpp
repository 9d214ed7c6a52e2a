#pragma once

namespace takt::app {

inline constexpr const char* version = "0.1.0";

} // namespace takt::app
