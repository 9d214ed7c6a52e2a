#pragma once

#include <array>
#include <string>
#include <vector>

#include "messages/scada/sample.hpp"

namespace takt::bench {

/// The failure modes of the AI4I 2020 data, in the order of its columns.
inline constexpr std::array<std::string_view, 5> ai4i_modes{"TWF", "HDF", "PWF", "OSF", "RNF"};

/// A record: what a machine measured at one time, and, apart from it, what people know of it.
struct labelled_record {
    instant at;
    std::vector<std::pair<std::string, double>> values; ///< tag, value
    std::array<bool, ai4i_modes.size()> failed{};
};

/// Reads the file. A record's time goes on by the minutes that its tool wears by: 2, 3 or 5, by the product's grade.
/// Throws std::runtime_error that names the line if it is not of this form.
std::vector<labelled_record> read_ai4i(const std::string& file, instant begin);

} // namespace takt::bench
