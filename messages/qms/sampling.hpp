#pragma once

#include "messages/qms/inspection.hpp"

/// sampling/<item>:<plan>[:<supplier>]: the lots of one item that are inspected by one plan, of one supplier or made
/// here: how strictly the next one is sampled, and how the last ones were.
namespace takt::sampling {

/// "16MnCr5-D25:IP-BAR:S-STEEL".
inline std::string key_of(const item_id& item, const std::string& plan, const std::string& supplier)
{
    std::string key = item.text;
    key.append(1, ':').append(plan.empty() ? "sample" : plan);
    if (!supplier.empty()) key.append(1, ':').append(supplier);
    return key;
}

struct inspect {
    static constexpr std::string_view doc = "From lot or work_order: to be inspected, as strictly as is due.";
    inspection_id inspection;
    inspection::create what;
    std::optional<supplier_id> supplier; ///< of what came in
};
BOOST_DESCRIBE_STRUCT(inspect, (), (inspection, what, supplier))

struct note_result {
    static constexpr std::string_view doc = "From inspection: how a lot was.";
    inspection_id inspection;
    item_id item;
    takt::quantity quantity;
    entity_ref origin;
    std::string operation;
    qms::inspection_plan plan;
    std::optional<qms::drawn_sample> drawn;
    bool accepted = false;
    std::int64_t inspected = 0, defects = 0;
    std::vector<qms::measurement> measurements;
};
BOOST_DESCRIBE_STRUCT(note_result, (),
                      (inspection, item, quantity, origin, operation, plan, drawn, accepted, inspected, defects,
                       measurements))

struct watch {
    static constexpr std::string_view doc =
        "From anomaly or corrective_action: say when so many lots in a row have been accepted, or one has not.";
    entity_ref asker;
    std::int64_t number = 0; ///< given back with the answer
    int lots = 1;
};
BOOST_DESCRIBE_STRUCT(watch, (), (asker, number, lots))

struct end_watch {
    static constexpr std::string_view doc = "From who asked: nobody waits any more.";
    entity_ref asker;
};
BOOST_DESCRIBE_STRUCT(end_watch, (), (asker))

struct permit_reduced {
    static constexpr std::string_view doc =
        "Door (quality): production is steady and reduced inspection is welcome, or no longer.";
    std::string by;
    bool steady = true;
};
BOOST_DESCRIBE_STRUCT(permit_reduced, (), (by, steady))

struct resume {
    static constexpr std::string_view doc =
        "Door (quality): the cause is removed; after a discontinuation, tightened inspection begins again.";
    std::string by, reason;
};
BOOST_DESCRIBE_STRUCT(resume, (), (by, reason))

struct begun {
    static constexpr std::string_view doc = "The first lot of the series is inspected.";
    item_id item;
    std::string plan; ///< key
    std::optional<supplier_id> supplier;
};
BOOST_DESCRIBE_STRUCT(begun, (), (item, plan, supplier))

struct result_noted {
    static constexpr std::string_view doc = "A lot of the series was judged.";
    inspection_id inspection;
    entity_ref origin;
    std::optional<qms::drawn_sample> drawn;
    bool accepted = false;
    std::int64_t inspected = 0, defects = 0;
    bool one_tighter = false; ///< would have been accepted at the next tighter AQL too
    instant at;
};
BOOST_DESCRIBE_STRUCT(result_noted, (), (inspection, origin, drawn, accepted, inspected, defects, one_tighter, at))

struct switched {
    static constexpr std::string_view doc = "Lots are sampled more, or less, strictly from now on.";
    qms::severity from = qms::severity::normal, to = qms::severity::normal;
    std::string why;
    instant at;
};
BOOST_DESCRIBE_STRUCT(switched, (), (from, to, why, at))

struct watched {
    static constexpr std::string_view doc = "Somebody waits for the next lots.";
    entity_ref asker;
    std::int64_t number = 0;
    int lots = 1;
};
BOOST_DESCRIBE_STRUCT(watched, (), (asker, number, lots))

struct watch_ended {
    static constexpr std::string_view doc = "Somebody waits for the next lots no more.";
    entity_ref asker;
};
BOOST_DESCRIBE_STRUCT(watch_ended, (), (asker))

struct reduced_permitted {
    static constexpr std::string_view doc = "Reduced inspection may be used, or may not.";
    std::string by;
    bool steady = true;
};
BOOST_DESCRIBE_STRUCT(reduced_permitted, (), (by, steady))

} // namespace takt::sampling
