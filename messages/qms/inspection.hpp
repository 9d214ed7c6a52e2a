#pragma once

#include <boost/json/object.hpp>

#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/qms/inspection_plan.hpp"

/// inspection/<key>: a quality lot: something waits to be judged by sample, and is judged once.
namespace takt::inspection {

BOOST_DEFINE_ENUM_CLASS(inspection_status, none, pending, accepted, rejected)

struct create {
    static constexpr std::string_view doc =
        "From sampling, asked by lot (incoming) or work_order (in-process, final), or from anomaly: to be inspected.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"series"});
    item_id item;
    takt::quantity quantity;
    qms::inspection_plan plan; ///< with an AQL: sample_size and accept_number are those of `drawn`
    entity_ref origin;         ///< lot/…, work_order/… or anomaly/…
    std::string operation;     ///< of the work order
    std::string series{};      ///< key of the sampling that is told the result; empty: nobody
    std::optional<qms::drawn_sample> drawn{};
};
BOOST_DESCRIBE_STRUCT(create, (), (item, quantity, plan, origin, operation, series, drawn))

struct record_result {
    static constexpr std::string_view doc = "Door (inspector): what the sample showed. Decides acceptance.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"inspector"});
    std::int64_t inspected = 0; ///< pieces; at least the sample
    std::int64_t defects = 0;   ///< defective pieces among them
    std::string inspector;
    std::vector<qms::measurement> measurements;
};
BOOST_DESCRIBE_STRUCT(record_result, (), (inspected, defects, inspector, measurements))

struct created {
    static constexpr std::string_view doc = "Something waits for inspection.";
    static constexpr int version = 2; ///< 1 knew no series
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    static constexpr auto defaulted = std::to_array<std::string_view>({"series"});
    item_id item;
    takt::quantity quantity;
    qms::inspection_plan plan;
    entity_ref origin;
    std::string operation;
    instant at;
    std::string series;
    std::optional<qms::drawn_sample> drawn;
};
BOOST_DESCRIBE_STRUCT(created, (), (item, quantity, plan, origin, operation, at, series, drawn))

struct decided {
    static constexpr std::string_view doc = "The sample was judged.";
    bool accepted = false;
    std::int64_t inspected = 0;
    std::int64_t defects = 0;
    std::string inspector;
    std::vector<qms::measurement> measurements;
    instant at;
};
BOOST_DESCRIBE_STRUCT(decided, (), (accepted, inspected, defects, inspector, measurements, at))

} // namespace takt::inspection
