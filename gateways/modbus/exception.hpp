#pragma once

#include <modbus/modbus.h>

namespace takt::modbus {

/// Whether libmodbus' errno is the device's own answer: then it is there, and says no.
inline bool is_exception(int error) { return error >= EMBXILFUN && error <= EMBXGTAR; }

} // namespace takt::modbus
