#include "actors/qms/inspection.hpp"

#include "actors/refusals.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/mes/work_order.hpp"
#include "messages/qms/sampling.hpp"
#include "messages/wms/lot.hpp"

namespace takt::inspection {
namespace {

std::optional<decision> refuse_result(const state& s, const record_result& what, const context& about)
{
    if (s.status == inspection_status::none)
        return decision::refuse("not_created", about.self.path() + " does not exist");
    if (s.status != inspection_status::pending)
        return decision::refuse("already_decided", "it was " + std::string(enum_name(s.status)) + " with " +
                                                       std::to_string(s.defects) + " defects in " +
                                                       std::to_string(s.inspected));
    const auto sample = sample_of(s.plan, s.quantity);
    const auto pieces = std::max<std::int64_t>(sample, (s.quantity.thousandths + 999) / 1000);
    if (what.inspected < sample)
        return decision::refuse("sample_too_small",
                                std::to_string(what.inspected) + " inspected, the sample is " + std::to_string(sample),
                                "inspected");
    if (what.inspected > pieces)
        return decision::refuse("more_than_the_lot",
                                std::to_string(what.inspected) + " inspected of " + std::to_string(pieces),
                                "inspected");
    if (what.defects < 0 || what.defects > what.inspected)
        return decision::refuse("impossible_count",
                                std::to_string(what.defects) + " defects in " + std::to_string(what.inspected),
                                "defects");
    for (const auto& m : what.measurements)
        if (std::none_of(s.plan.characteristics.begin(), s.plan.characteristics.end(),
                         [&](const auto& c) { return c.name == m.characteristic; }))
            return decision::refuse("unknown_characteristic",
                                    "plan " + s.plan.key + " does not measure " + m.characteristic, "measurements");
    return std::nullopt;
}

} // namespace

std::int64_t sample_of(const qms::inspection_plan& plan, takt::quantity lot)
{
    const std::int64_t pieces = (lot.thousandths + 999) / 1000;
    return std::min<std::int64_t>(plan.sample_size, pieces);
}

decision decide(const state& s, const create& what, const context& about)
{
    decision d;
    if (s.status == inspection_status::none)
        d.emit(created{what.item, what.quantity, what.plan, what.origin, what.operation, about.now, what.series,
                       what.drawn});
    return d;
}

decision decide(const state& s, const record_result& what, const context& about)
{
    if (auto refused = refuse_result(s, what, about)) return *refused;
    decision d;
    const bool accepted = what.defects <= s.plan.accept_number;
    d.emit(decided{accepted, what.inspected, what.defects, what.inspector, what.measurements, about.now});
    const inspection_id self(about.self.key());
    if (s.origin.kind() == "lot")
        d.send(s.origin.key(), lot::take_inspection{self, accepted, what.defects});
    else if (s.origin.kind() == "anomaly")
        d.send(s.origin.key(), anomaly::take_inspection{self, accepted, what.defects});
    else
        d.send(s.origin.key(), work_order::take_inspection{self, s.operation, accepted, what.defects});
    if (!s.series.empty())
        d.send(s.series, sampling::note_result{self, s.item, s.quantity, s.origin, s.operation, s.plan, s.drawn,
                                               accepted, what.inspected, what.defects, what.measurements});
    else if (!accepted && s.origin.kind() != "anomaly") // was asked for before there were series
        d.send(anomaly::key_of("quality", s.origin),
               anomaly::raise{s.origin, "quality", anomaly::severity::warning,
                              std::to_string(what.defects) + " defects in " + std::to_string(what.inspected) + " of " +
                                  s.item.text + ", accepted are " + std::to_string(s.plan.accept_number)});
    return d;
}

void apply(state& s, const created& e)
{
    s.status = inspection_status::pending;
    s.item = e.item;
    s.quantity = e.quantity;
    s.plan = e.plan;
    s.origin = e.origin;
    s.operation = e.operation;
    s.series = e.series;
    s.drawn = e.drawn;
    s.created_at = e.at;
}

void apply(state& s, const decided& e)
{
    s.status = e.accepted ? inspection_status::accepted : inspection_status::rejected;
    s.inspected = e.inspected;
    s.defects = e.defects;
    s.inspector = e.inspector;
    s.measurements = e.measurements;
    s.decided_at = e.at;
}

} // namespace takt::inspection
