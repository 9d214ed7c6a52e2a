#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"

/// A work order whose pieces may be bad stops until they have been inspected.
namespace takt::work_order {

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
};
BOOST_DESCRIBE_STRUCT(lift_quarantine, (), ())

struct quarantined {
    static constexpr std::string_view doc = "Its pieces may be bad: nothing more of it is begun.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(quarantined, (), (reason))

struct quarantine_lifted {
    static constexpr std::string_view doc = "Its pieces were found good.";
};
BOOST_DESCRIBE_STRUCT(quarantine_lifted, (), ())

} // namespace takt::work_order
