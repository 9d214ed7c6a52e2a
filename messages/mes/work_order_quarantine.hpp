#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/quantity.hpp"
#include "messages/qms/nonconformance.hpp"

/// A work order whose pieces may be bad stops until they have been inspected; one whose pieces are bad, until it is
/// decided what becomes of them.
namespace takt::work_order {

/// The key of an operation that rejected pieces go through again.
inline std::string rework_of(const std::string& operation) { return operation + "-R"; }
inline bool is_rework(std::string_view operation) { return operation.find("-R") != std::string_view::npos; }

struct quarantine {
    static constexpr std::string_view doc =
        "From anomaly: its pieces may be bad. Held, and the asker is told; of one that is completed, the lot is.";
    std::string reason;
    entity_ref asker;
};
BOOST_DESCRIBE_STRUCT(quarantine, (), (reason, asker))

struct lift_quarantine {
    static constexpr std::string_view doc =
        "From anomaly: its pieces are good; it goes on, unless held for something else.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"trace"});
    std::string trace{}; ///< only if this case has stopped it; empty: whichever has
};
BOOST_DESCRIBE_STRUCT(lift_quarantine, (), (trace))

struct quarantined {
    static constexpr std::string_view doc = "Its pieces may be bad: nothing more of it is begun.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(quarantined, (), (reason))

struct quarantine_lifted {
    static constexpr std::string_view doc = "Its pieces were found good.";
};
BOOST_DESCRIBE_STRUCT(quarantine_lifted, (), ())

struct report_origin {
    static constexpr std::string_view doc = "From anomaly: say what went in, and who worked on it.";
    entity_ref asker;
};
BOOST_DESCRIBE_STRUCT(report_origin, (), (asker))

struct take_disposition {
    static constexpr std::string_view doc = "From nonconformance: what becomes of the rejected pieces.";
    takt::nonconformance::disposition disposition = takt::nonconformance::disposition::scrap;
    std::string operation;      ///< that was rejected; empty: all that is in process
    std::string nonconformance; ///< key; told when it is done
    std::string trace;          ///< of the case that has stopped it
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(take_disposition, (), (disposition, operation, nonconformance, trace, reason))

struct conceded {
    static constexpr std::string_view doc = "Rejected pieces are used as they are.";
    std::string operation; ///< empty: all that is in process
    std::string nonconformance, reason;
};
BOOST_DESCRIBE_STRUCT(conceded, (), (operation, nonconformance, reason))

struct scrap_due {
    static constexpr std::string_view doc = "All pieces are to be thrown away, when the run under way has ended.";
    std::string nonconformance, reason;
};
BOOST_DESCRIBE_STRUCT(scrap_due, (), (nonconformance, reason))

struct check_staged {
    static constexpr std::string_view doc = "From its own timer: may what lies at the line be used by now?";
};
BOOST_DESCRIBE_STRUCT(check_staged, (), ())

struct withdrawn_late {
    static constexpr std::string_view doc =
        "A component is the work order's no more; it has gone in, unless the bin did not give it.";
    lot_id lot;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(withdrawn_late, (), (lot, quantity))

struct consumption_declined {
    static constexpr std::string_view doc = "A component that was to be used is held: it did not go in.";
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(consumption_declined, (), (item, lot, bin, quantity))

} // namespace takt::work_order
