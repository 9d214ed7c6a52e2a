#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/quantity.hpp"

/// What is inspected, shared by products (in-process and final), materials (incoming) and quality lots.
namespace takt::qms {

/// How one property's measurements are charted. `automatic`: by the size of the sample, single values and moving
/// ranges for 1, means and ranges up to 9, means and standard deviations from 10 on.
BOOST_DEFINE_ENUM_CLASS(chart_kind, automatic, none, i_mr, xbar_r, xbar_s)

/// One property that is measured or judged on each sampled piece. Without limits it is judged good or bad.
struct characteristic {
    static constexpr auto defaulted = std::to_array<std::string_view>({"method", "chart"});
    std::string name; ///< "outer_diameter_mm": unit last
    std::optional<double> lower, upper;
    std::string method{}; ///< "micrometer"
    qms::chart_kind chart = chart_kind::automatic;
};
BOOST_DESCRIBE_STRUCT(characteristic, (), (name, lower, upper, method, chart))

/// How much is inspected in proportion to the lot (ISO 2859-1, table 1): general I, II (usual) and III, special S-1 to
/// S-4 for small samples where large risks can be taken.
BOOST_DEFINE_ENUM_CLASS(inspection_level, special_1, special_2, special_3, special_4, general_1, general_2, general_3)

/// How strictly lots are inspected at present. Discontinued: every piece, until the cause is removed.
BOOST_DEFINE_ENUM_CLASS(severity, normal, tightened, reduced, discontinued)

/// Single sampling by attributes: of a lot, `sample_size` pieces are inspected; it is accepted with up to
/// `accept_number` defective ones. A lot smaller than the sample is inspected whole. With an AQL both numbers follow
/// from the size of the lot and from how the lots before were (ISO 2859-1).
struct inspection_plan {
    static constexpr auto defaulted = std::to_array<std::string_view>({"sample_size", "accept_number", "level"});
    std::string key;
    int sample_size = 1;
    int accept_number = 0;
    std::vector<characteristic> characteristics;
    std::optional<double> aql{}; ///< acceptance quality limit: per cent nonconforming, one of the standard's values
    inspection_level level = inspection_level::general_2;
};
BOOST_DESCRIBE_STRUCT(inspection_plan, (), (key, sample_size, accept_number, characteristics, aql, level))

/// The plan that a lot was sampled by.
struct drawn_sample {
    qms::severity severity = severity::normal;
    std::string letter; ///< of the plan that is used, "K"
    int sample_size = 1, accept_number = 0;
};
BOOST_DESCRIBE_STRUCT(drawn_sample, (), (severity, letter, sample_size, accept_number))

/// What an inspector measured of one characteristic, one value a piece.
struct measurement {
    std::string characteristic;
    std::vector<double> values;
};
BOOST_DESCRIBE_STRUCT(measurement, (), (characteristic, values))

} // namespace takt::qms
