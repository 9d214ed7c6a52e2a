#include "gateways/modbus/registers.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace takt::modbus {
namespace {

constexpr int gap_most = 16, registers_most = 125, bits_most = 2000;

template <class Value, std::size_t N>
std::optional<Value> named(const std::array<const char*, N>& names, const std::string& name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Value>(found - names.begin());
}

bool is_bits(table t) { return t == table::coil || t == table::discrete; }

bool swaps_bytes(order o) { return o == order::badc || o == order::dcba; }
bool swaps_words(order o) { return o == order::cdab || o == order::dcba; }
std::uint16_t swapped(std::uint16_t w) { return static_cast<std::uint16_t>(w << 8 | w >> 8); }

/// The bits, highest first.
std::uint64_t gather(const std::uint16_t* at, std::size_t words, order o)
{
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < words; ++i) {
        const auto w = at[swaps_words(o) ? words - 1 - i : i];
        bits = bits << 16 | (swaps_bytes(o) ? swapped(w) : w);
    }
    return bits;
}

template <class Int> std::optional<std::uint64_t> whole(double value)
{
    const double rounded = std::round(value);
    const double low = static_cast<double>(std::numeric_limits<Int>::min());
    const double beyond = std::ldexp(1.0, std::numeric_limits<Int>::digits);
    if (!(rounded >= low && rounded < beyond)) return std::nullopt;
    return static_cast<std::uint64_t>(static_cast<Int>(rounded));
}

std::optional<std::uint64_t> bits_of(double value, format f)
{
    switch (f) {
    case format::uint16: return whole<std::uint16_t>(value);
    case format::int16: return whole<std::int16_t>(value);
    case format::uint32: return whole<std::uint32_t>(value);
    case format::int32: return whole<std::int32_t>(value);
    case format::uint64: return whole<std::uint64_t>(value);
    case format::int64: return whole<std::int64_t>(value);
    case format::float32: return std::bit_cast<std::uint32_t>(static_cast<float>(value));
    case format::float64: return std::bit_cast<std::uint64_t>(value);
    }
    return std::nullopt;
}

int size_of(const plant::modbus_register& r)
{
    return is_bits(*table_of(r.table)) ? 1 : static_cast<int>(words_of(*format_of(r.format)));
}

} // namespace

std::optional<table> table_of(const std::string& name)
{
    return named<table>(std::array{"holding", "input", "coil", "discrete"}, name);
}

std::optional<format> format_of(const std::string& name)
{
    return named<format>(std::array{"uint16", "int16", "uint32", "int32", "uint64", "int64", "float32", "float64"},
                         name);
}

std::optional<order> order_of(const std::string& name)
{
    return named<order>(std::array{"ABCD", "CDAB", "BADC", "DCBA"}, name);
}

std::size_t words_of(format f)
{
    constexpr std::array<std::size_t, 8> words{1, 1, 2, 2, 4, 4, 2, 4};
    return words[static_cast<std::size_t>(f)];
}

double decode(const std::uint16_t* at, format f, order o)
{
    const auto bits = gather(at, words_of(f), o);
    switch (f) {
    case format::int16: return static_cast<std::int16_t>(bits);
    case format::int32: return static_cast<std::int32_t>(bits);
    case format::int64: return static_cast<double>(static_cast<std::int64_t>(bits));
    case format::float32: return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    case format::float64: return std::bit_cast<double>(bits);
    default: return static_cast<double>(bits);
    }
}

std::optional<std::vector<std::uint16_t>> encode(double value, format f, order o)
{
    if (!std::isfinite(value)) return std::nullopt;
    const auto bits = bits_of(value, f);
    if (!bits) return std::nullopt;
    const auto words = words_of(f);
    std::vector<std::uint16_t> out(words);
    for (std::size_t i = 0; i < words; ++i) {
        const auto w = static_cast<std::uint16_t>(*bits >> 16 * (words - 1 - i));
        out[swaps_words(o) ? words - 1 - i : i] = swaps_bytes(o) ? swapped(w) : w;
    }
    return out;
}

std::vector<block> blocks_of(const plant::modbus_device& d)
{
    std::vector<std::size_t> sorted(d.registers.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i] = i;
    std::stable_sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) {
        const auto &x = d.registers[a], &y = d.registers[b];
        return std::pair(*table_of(x.table), x.address) < std::pair(*table_of(y.table), y.address);
    });
    std::vector<block> all;
    for (const auto i : sorted) {
        const auto& r = d.registers[i];
        if (r.role == "command") continue; // is written, never read
        const auto where = *table_of(r.table);
        const int address = r.address - d.base, end = address + size_of(r);
        const int most = is_bits(where) ? bits_most : registers_most;
        const bool joins = !all.empty() && all.back().table == where &&
                           address - (all.back().address + all.back().count) <= gap_most &&
                           end - all.back().address <= most;
        if (!joins) all.push_back({where, address, 0, {}});
        auto& b = all.back();
        b.count = std::max(b.count, end - b.address);
        b.registers.push_back(i);
    }
    return all;
}

problems check(const plant::modbus_device& d, const std::string& pointer)
{
    problems found;
    const auto complain = [&](const std::string& member, const char* why) { found.push_back({pointer + member, why}); };
    if (d.name.empty()) complain("/name", "is empty");
    if (d.host.empty()) complain("/host", "is empty");
    if (d.port < 1 || d.port > 65535) complain("/port", "is 1 to 65535");
    if (d.unit_id < 0 || d.unit_id > 255) complain("/unit_id", "is 0 to 255");
    if (d.period_ms < milliseconds{10}) complain("/period_ms", "is 10 or more");
    if (d.timeout_ms < milliseconds{10}) complain("/timeout_ms", "is 10 or more");
    if (d.base != 0 && d.base != 1) complain("/base", "is 0 or 1");
    if (d.registers.empty()) complain("/registers", "has no registers");
    for (std::size_t i = 0; i < d.registers.size(); ++i) {
        const auto& r = d.registers[i];
        const auto at = "/registers/" + std::to_string(i);
        const auto where = table_of(r.table);
        if (!where) complain(at + "/table", "is holding, input, coil or discrete");
        if (!format_of(r.format))
            complain(at + "/format", "is uint16, int16, uint32, int32, uint64, int64, float32 or float64");
        if (!order_of(r.order)) complain(at + "/order", "is ABCD, CDAB, BADC or DCBA");
        if (r.address < d.base || r.address - d.base > 65535) complain(at + "/address", "is no register");
        if (r.dead_band < 0) complain(at + "/dead_band", "must not be negative");
        if (r.role != "sample" && r.role != "state" && r.role != "command" && r.role != "set_point")
            complain(at + "/role", "is sample, state, command or set_point");
        const bool written = r.role == "command" || r.role == "set_point";
        if (written && where && *where != table::holding) complain(at + "/table", "is written, so it is holding");
    }
    return found;
}

} // namespace takt::modbus
