#pragma once

#include "actors/kind.hpp"
#include "messages/qms/inspection.hpp"

namespace takt::inspection {

struct state {
    inspection_status status = inspection_status::none;
    item_id item;
    takt::quantity quantity;
    qms::inspection_plan plan;
    entity_ref origin;
    std::string operation;
    std::string series;
    std::optional<qms::drawn_sample> drawn;
    std::int64_t inspected = 0, defects = 0;
    std::string inspector;
    std::vector<qms::measurement> measurements;
    instant created_at;
    std::optional<instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (status, item, quantity, plan, origin, operation, series, drawn, inspected, defects, inspector,
                       measurements, created_at, decided_at))

decision decide(const state&, const create&, const context&);
decision decide(const state&, const record_result&, const context&);

void apply(state&, const created&);
void apply(state&, const decided&);

/// How many pieces must be inspected: the plan's sample, or all of a smaller lot.
std::int64_t sample_of(const qms::inspection_plan& plan, takt::quantity lot);

struct kind {
    static constexpr std::string_view name = "inspection";
    static constexpr std::string_view doc = "A quality lot: something is judged by sample, once, and its origin told.";
    using state = inspection::state;
    using commands = types<create, record_result>;
    using events = types<created, decided>;
    using doors = types<record_result>;
};

} // namespace takt::inspection
