#pragma once

#include <string_view>

namespace takt::mes {

/// A scheduling area is an ISA-95 area with a plan of its own, `schedule/<area>`: its machines, its people, and the
/// work orders that are made there from the first operation to the last. What one area makes for another comes to it
/// as material. A plant that names no areas is this one.
inline constexpr std::string_view whole_plant = "plant";

} // namespace takt::mes
