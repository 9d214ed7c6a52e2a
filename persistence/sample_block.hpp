#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "messages/core/instant.hpp"

namespace takt::persistence {

/// A stored telemetry value.
struct point {
    instant at;
    double value = 0;
    int quality = 192; ///< OPC, 0 to 65535
    friend bool operator==(const point&, const point&) = default;
};

/// Points in time order as few bytes: times as differences of differences, as in Pelkonen et al., "Gorilla: A Fast,
/// Scalable, In-Memory Time Series Database" (VLDB 2015). Values that are all decimal fractions with at most six places
/// (devices report such) are differences of integers; others are XORed with the one before, as in that paper. Both give
/// back every bit. An empty block is an empty text.
std::string encode_block(const std::vector<point>& points);

/// Nothing if the text is no whole block.
std::optional<std::vector<point>> decode_block(std::string_view text);

} // namespace takt::persistence
