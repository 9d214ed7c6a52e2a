#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace takt {

/// An amount of material in its item's unit (pieces, kg, m), exact to a thousandth, so that sums over a plant's
/// life balance to zero. In JSON a number: 12 or 12.5. Range: about ±9.2e15 units.
struct quantity {
    std::int64_t thousandths = 0;

    static constexpr quantity of(std::int64_t units) { return {units * 1000}; }

    /// Nearest thousandth; nothing if it is not finite or out of range.
    static std::optional<quantity> from_double(double units);

    double to_double() const { return static_cast<double>(thousandths) / 1000.0; }
    /// Whole units, rounded down.
    std::int64_t whole() const { return thousandths / 1000; }
    explicit operator bool() const { return thousandths != 0; }

    friend auto operator<=>(const quantity&, const quantity&) = default;
    friend constexpr quantity operator+(quantity a, quantity b) { return {a.thousandths + b.thousandths}; }
    friend constexpr quantity operator-(quantity a, quantity b) { return {a.thousandths - b.thousandths}; }
    friend constexpr quantity operator-(quantity a) { return {-a.thousandths}; }
    friend constexpr quantity operator*(quantity a, std::int64_t n) { return {a.thousandths * n}; }
    /// Product of two amounts ("4.5 m per piece" times "12 pieces"), rounded to the nearest thousandth.
    friend constexpr quantity operator*(quantity a, quantity b)
    {
        __extension__ using wide = __int128; // what -Wpedantic would refuse
        const wide product = static_cast<wide>(a.thousandths) * b.thousandths;
        return {static_cast<std::int64_t>((product + (product < 0 ? -500 : 500)) / 1000)};
    }
    quantity& operator+=(quantity o)
    {
        thousandths += o.thousandths;
        return *this;
    }
    quantity& operator-=(quantity o)
    {
        thousandths -= o.thousandths;
        return *this;
    }
};

/// "12", "12.5", "-0.125".
void append_quantity(std::string& out, quantity q);
std::string to_string(quantity q);

} // namespace takt
