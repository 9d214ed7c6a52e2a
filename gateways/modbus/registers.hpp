#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "messages/core/problem.hpp"
#include "messages/plant/feeds.hpp"

/// Values in Modbus registers, without a connection.
namespace takt::modbus {

enum class table { holding, input, coil, discrete };
enum class format { uint16, int16, uint32, int32, uint64, int64, float32, float64 };
/// Of the bytes of a value that takes several registers, as they come: 123456.0f is 47F1 2000 in ABCD.
enum class order { abcd, cdab, badc, dcba };

std::optional<table> table_of(const std::string& name);
std::optional<format> format_of(const std::string& name);
std::optional<order> order_of(const std::string& name);

std::size_t words_of(format f); ///< registers that it takes
/// `at` points to words_of(f) registers.
double decode(const std::uint16_t* at, format f, order o);
/// Nothing if the value does not fit.
std::optional<std::vector<std::uint16_t>> encode(double value, format f, order o);

/// One request: neighbours, and what lies between them if that is not much.
struct block {
    modbus::table table = table::holding;
    int address = 0, count = 0;
    std::vector<std::size_t> registers; ///< which of the device's it reads
};
/// At most 125 registers or 2000 bits in a request; gaps up to 16 are read over.
std::vector<block> blocks_of(const plant::modbus_device& d);

/// What is wrong with a device, but for where its values go.
problems check(const plant::modbus_device& d, const std::string& pointer);

} // namespace takt::modbus
