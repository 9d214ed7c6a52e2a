#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "messages/scada/trend.hpp"
#include "persistence/sample_block.hpp"
#include "persistence/store.hpp"

/// What the trends hold of one tag until it is written, and the form in which it is.
///
///     samples:  tag number (4 bytes), window (8), part (8)     → encode_block of up to 256 points
///     trends:   "n", source, NUL, tag                          → tag number
///               "l", tag number                                → encode_block of its latest point
///               "r", tag number, step (1 byte), beginning (8)  → encode_rollup
///
/// Numbers are big-endian, so that keys sort by them. A window is five minutes; its parts are in no order.
namespace takt::runtime {

inline constexpr std::int64_t sample_window_ms = 5 * 60'000;
inline constexpr std::size_t part_points_most = 256;

/// The steps in which values are summed up.
enum class trend_step : std::uint8_t { minute = 0, hour = 1 };
inline constexpr std::array<std::int64_t, 2> trend_step_ms{60'000, 3'600'000};

std::string samples_key(std::uint32_t tag, std::int64_t window_ms, std::uint64_t part);
std::string rollup_key(std::uint32_t tag, trend_step step, std::int64_t begin_ms);
std::string latest_key(std::uint32_t tag);
std::string name_key(std::string_view source, std::string_view tag);
std::int64_t window_of(std::string_view samples_key);
std::int64_t begin_of(std::string_view rollup_key);
std::string number_text(std::uint32_t tag);
std::uint32_t number_of(std::string_view text);

/// Sums of the values of a step, from which its rollup is made. Two of them can be put together (Chan, Golub, LeVeque).
struct trend_sums {
    std::int64_t count = 0;
    double min = 0, max = 0, mean = 0, squares = 0; ///< squares: of the differences from the mean
    double last = 0;
    std::int64_t last_ms = 0; ///< since the beginning

    void add(double value, std::int64_t since_begin_ms);
    void add(const trend_sums& more);
    scada::rollup rollup(instant at) const;
};
std::string encode_sums(const trend_sums& s);
std::optional<trend_sums> decode_sums(std::string_view text);

/// One tag of one source.
struct trend_series {
    struct part {
        std::int64_t window = 0; ///< its beginning
        std::uint64_t number = 0;
        bool dirty = false;
        std::vector<persistence::point> points; ///< in time order
    };
    struct step_sums {
        std::int64_t begin = 0;
        bool dirty = false;
        bool alone = true; ///< what is stored is still to be added to it
        trend_sums sums;
    };

    std::uint32_t number = 0;
    std::string source, tag;
    std::optional<persistence::point> latest;
    bool latest_dirty = false;
    std::vector<part> parts;                     ///< of the newest window, and late ones until they are written
    std::array<std::vector<step_sums>, 2> steps; ///< the same, by trend_step
    bool waits = false;                          ///< to be written
};

} // namespace takt::runtime
