#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/instant.hpp"

/// Where an asset stands: in the plant, in its life, and in how much hangs on it.
namespace takt::eam {

/// Of the equipment hierarchy after IEC 62264, with components below its units.
BOOST_DEFINE_ENUM_CLASS(asset_level, site, area, work_center, unit, component)

/// What a failure would mean.
BOOST_DEFINE_ENUM_CLASS(criticality, low, medium, high)

///     planned -> purchased -> installed -> in_service <-> out_of_service -> scrapped
/// What has been purchased and is not in service can be scrapped.
BOOST_DEFINE_ENUM_CLASS(life_state, planned, purchased, installed, in_service, out_of_service, scrapped)

/// A Weibull distribution of the running time to a failure, for as long as there are few failures of its own.
struct expected_life {
    double shape = 1;         ///< above 1: it wears out
    milliseconds scale_ms{0}; ///< 63.2 % have failed by then
};
BOOST_DESCRIBE_STRUCT(expected_life, (), (shape, scale_ms))

} // namespace takt::eam
