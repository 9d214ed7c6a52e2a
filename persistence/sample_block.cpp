#include "persistence/sample_block.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "persistence/bits.hpp"

namespace takt::persistence {
namespace {

constexpr unsigned xor_coded = 15;
constexpr std::size_t points_most = 65'535;
constexpr std::array<double, 7> powers{1, 10, 100, 1e3, 1e4, 1e5, 1e6};
constexpr double exact_most = 4.5e15; ///< integers below are exact in a double

std::uint64_t zigzag(std::int64_t n)
{
    return static_cast<std::uint64_t>(n) << 1U ^ static_cast<std::uint64_t>(n >> 63U);
}
std::int64_t unzigzag(std::uint64_t n)
{
    return static_cast<std::int64_t>(n >> 1U) ^ -static_cast<std::int64_t>(n & 1U);
}

/// A signed number in as few of these widths as hold it; the prefix (0, 10, 110, 1110, 1111) says in which.
struct widths {
    std::array<unsigned, 3> small; ///< after it 64; before it nothing: zero

    void put(bit_writer& out, std::int64_t n) const
    {
        const auto z = zigzag(n);
        if (z == 0) return out.put(0, 1);
        for (unsigned i = 0; i < small.size(); ++i) {
            if (z >> small[i] != 0) continue;
            out.put((std::uint64_t{1} << (i + 2)) - 2, i + 2); // 10, 110, 1110
            return out.put(z, small[i]);
        }
        out.put(0xF, 4);
        out.put(z, 64);
    }
    std::int64_t get(bit_reader& in) const
    {
        if (in.get(1) == 0) return 0;
        for (const auto width : small)
            if (in.get(1) == 0) return unzigzag(in.get(width));
        return unzigzag(in.get(64));
    }
};
constexpr widths time_widths{{7, 12, 20}}; // milliseconds against a steady beat
constexpr widths value_widths{{5, 9, 16}}; // steps of the last decimal place

std::optional<std::int64_t> as_decimal(double value, double power)
{
    const double scaled = std::nearbyint(value * power);
    if (!(std::abs(scaled) < exact_most)) return std::nullopt;
    if (std::bit_cast<std::uint64_t>(scaled / power) != std::bit_cast<std::uint64_t>(value)) return std::nullopt;
    return static_cast<std::int64_t>(scaled);
}

/// The least number of decimal places with which all values are exact, or xor_coded.
unsigned coding_of(const std::vector<point>& points)
{
    unsigned places = 0;
    for (const auto& p : points) {
        while (places < powers.size() && !as_decimal(p.value, powers[places])) ++places;
        if (places == powers.size()) return xor_coded;
    }
    return places;
}

/// Values as the XOR with the one before: the bits that changed, with where they begin and how many they are.
class xor_values {
public:
    void put(bit_writer& out, double value)
    {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        const auto changed = bits ^ before_;
        before_ = bits;
        if (changed == 0) return out.put(0, 1);
        const auto leading = std::min(static_cast<unsigned>(std::countl_zero(changed)), 31U);
        const auto trailing = static_cast<unsigned>(std::countr_zero(changed));
        if (width_ != 0 && leading >= leading_ && trailing >= 64 - leading_ - width_) {
            out.put(0b10, 2);
        } else {
            leading_ = leading;
            width_ = 64 - leading - trailing;
            out.put(0b11, 2);
            out.put(leading_, 5);
            out.put(width_ - 1, 6);
        }
        out.put(changed >> (64 - leading_ - width_), width_);
    }
    double get(bit_reader& in)
    {
        if (in.get(1) != 0) {
            if (in.get(1) != 0) {
                leading_ = static_cast<unsigned>(in.get(5));
                width_ = static_cast<unsigned>(in.get(6)) + 1;
            }
            if (leading_ + width_ <= 64 && width_ > 0) before_ ^= in.get(width_) << (64 - leading_ - width_);
        }
        return std::bit_cast<double>(before_);
    }

private:
    std::uint64_t before_ = 0;
    unsigned leading_ = 0, width_ = 0;
};

} // namespace

std::string encode_block(const std::vector<point>& points)
{
    if (points.empty()) return {};
    bit_writer out;
    const auto coding = coding_of(points);
    out.put(coding, 4);
    out.put(std::min(points.size(), points_most), 16);
    out.put(static_cast<std::uint64_t>(points.front().at.ms), 64);
    std::int64_t at = points.front().at.ms, step = 0, decimal = 0;
    int quality = 192;
    xor_values values;
    for (std::size_t i = 0; i < std::min(points.size(), points_most); ++i) {
        const auto& p = points[i];
        time_widths.put(out, p.at.ms - at - step);
        step = p.at.ms - at;
        at = p.at.ms;
        out.put(p.quality == quality ? 0 : 1, 1);
        if (p.quality != quality) out.put(static_cast<std::uint64_t>(p.quality), 16);
        quality = p.quality;
        if (coding == xor_coded) {
            values.put(out, p.value);
        } else {
            const auto now = as_decimal(p.value, powers[coding]).value_or(0);
            value_widths.put(out, now - decimal);
            decimal = now;
        }
    }
    return out.take();
}

std::optional<std::vector<point>> decode_block(std::string_view text)
{
    std::vector<point> points;
    if (text.empty()) return points;
    bit_reader in(text);
    const auto coding = static_cast<unsigned>(in.get(4));
    if (coding != xor_coded && coding >= powers.size()) return std::nullopt;
    points.resize(in.get(16));
    auto at = static_cast<std::int64_t>(in.get(64));
    if (in.spent() || points.empty()) return std::nullopt;
    std::int64_t step = 0, decimal = 0;
    int quality = 192;
    xor_values values;
    for (auto& p : points) {
        // Unsigned, since a damaged text may hold anything.
        step = static_cast<std::int64_t>(static_cast<std::uint64_t>(step) +
                                         static_cast<std::uint64_t>(time_widths.get(in)));
        at = static_cast<std::int64_t>(static_cast<std::uint64_t>(at) + static_cast<std::uint64_t>(step));
        if (in.get(1) != 0) quality = static_cast<int>(in.get(16));
        p.at.ms = at;
        p.quality = quality;
        if (coding == xor_coded) {
            p.value = values.get(in);
        } else {
            decimal = static_cast<std::int64_t>(static_cast<std::uint64_t>(decimal) +
                                                static_cast<std::uint64_t>(value_widths.get(in)));
            p.value = static_cast<double>(decimal) / powers[coding];
        }
        if (in.spent()) return std::nullopt;
    }
    return points;
}

} // namespace takt::persistence
