#pragma once

#include "messages/anomaly/anomaly.hpp"
#include "messages/qms/nonconformance.hpp"
#include "messages/wms/stock.hpp"

/// What cases of quality are told and remember besides what every case does.
namespace takt::anomaly {

/// Pieces that were judged and found bad.
struct nonconforming {
    entity_ref what;       ///< lot/… or work_order/…
    std::string operation; ///< of the work order
    item_id item;
    takt::quantity quantity;
    std::optional<supplier_id> supplier;
    std::optional<inspection_id> inspection;
    std::int64_t inspected = 0, defects = 0;
};
BOOST_DESCRIBE_STRUCT(nonconforming, (), (what, operation, item, quantity, supplier, inspection, inspected, defects))

struct report_nonconforming {
    static constexpr std::string_view doc =
        "From sampling, or from a case whose inspection rejected it: bad. Sent to key_of(\"quality\", source).";
    entity_ref source; ///< sampling/…, or the thing itself
    nonconforming what;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(report_nonconforming, (), (source, what, detail))

/// A machine and a person who worked on pieces.
struct worked_on {
    std::string operation;
    machine_id machine;
    operator_id person;
};
BOOST_DESCRIBE_STRUCT(worked_on, (), (operation, machine, person))

struct take_origin {
    static constexpr std::string_view doc = "From lot or work_order: where it comes from.";
    entity_ref what;
    std::vector<wms::parent_lot> parents; ///< material that is in it
    entity_ref made_by;                   ///< work order, purchase order or opening stock of a lot
    std::optional<supplier_id> supplier;
    std::string supplier_lot;
    std::vector<worked_on> work;
};
BOOST_DESCRIBE_STRUCT(take_origin, (), (what, parents, made_by, supplier, supplier_lot, work))

struct suspect {
    static constexpr std::string_view doc = "Door (quality): this may be bad too; it and what has it are held.";
    std::string by;
    entity_ref what; ///< lot/… or work_order/…
};
BOOST_DESCRIBE_STRUCT(suspect, (), (by, what))

struct note_disposed {
    static constexpr std::string_view doc = "From nonconformance: decided, done, or to be decided by a person.";
    std::string nonconformance;
    bool done = false;
    std::optional<takt::nonconformance::disposition> disposition; ///< that was chosen
    std::string words;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(note_disposed, (), (nonconformance, done, disposition, words, by))

struct note_next_lots {
    static constexpr std::string_view doc = "From sampling: so many lots in a row were accepted.";
    std::int64_t number = 0;
    int lots = 0;
};
BOOST_DESCRIBE_STRUCT(note_next_lots, (), (number, lots))

struct nonconforming_found {
    static constexpr std::string_view doc = "Pieces were judged bad; a non-conformance says what becomes of them.";
    nonconforming what;
    instant at;
};
BOOST_DESCRIBE_STRUCT(nonconforming_found, (), (what, at))

struct nonconformance_opened {
    static constexpr std::string_view doc = "A non-conformance was opened for pieces of the case.";
    std::string nonconformance; ///< key
    entity_ref what;
    instant at;
};
BOOST_DESCRIBE_STRUCT(nonconformance_opened, (), (nonconformance, what, at))

struct nonconformance_noted {
    static constexpr std::string_view doc = "A non-conformance of the case is further.";
    note_disposed what;
    instant at;
};
BOOST_DESCRIBE_STRUCT(nonconformance_noted, (), (what, at))

struct origin_sought {
    static constexpr std::string_view doc = "Something is asked where it comes from.";
    entity_ref what;
};
BOOST_DESCRIBE_STRUCT(origin_sought, (), (what))

struct origin_found {
    static constexpr std::string_view doc = "It is known where something comes from.";
    take_origin what;
    instant at;
};
BOOST_DESCRIBE_STRUCT(origin_found, (), (what, at))

struct suspected {
    static constexpr std::string_view doc = "A person thinks that something may be bad too.";
    std::string by;
    entity_ref what;
    instant at;
};
BOOST_DESCRIBE_STRUCT(suspected, (), (by, what, at))

} // namespace takt::anomaly
