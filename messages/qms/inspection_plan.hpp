#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/quantity.hpp"

/// What is inspected, shared by products (in-process and final), materials (incoming) and quality lots.
namespace takt::qms {

/// One property that is measured or judged on each sampled piece. Without limits it is judged good or bad.
struct characteristic {
    std::string name; ///< "outer_diameter_mm": unit last
    std::optional<double> lower, upper;
};
BOOST_DESCRIBE_STRUCT(characteristic, (), (name, lower, upper))

/// Single sampling by attributes: of a lot, `sample_size` pieces are inspected; it is accepted with up to
/// `accept_number` defective ones. A lot smaller than the sample is inspected whole.
struct inspection_plan {
    static constexpr auto defaulted = std::to_array<std::string_view>({"accept_number"});
    std::string key;
    int sample_size = 1;
    int accept_number = 0;
    std::vector<characteristic> characteristics;
};
BOOST_DESCRIBE_STRUCT(inspection_plan, (), (key, sample_size, accept_number, characteristics))

/// What an inspector measured of one characteristic, one value a piece.
struct measurement {
    std::string characteristic;
    std::vector<double> values;
};
BOOST_DESCRIBE_STRUCT(measurement, (), (characteristic, values))

} // namespace takt::qms
