#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

/// What an order hears and says of the quality of what was shipped.
namespace takt::order {

struct complain {
    static constexpr std::string_view doc =
        "Door (customer, sales): what was shipped is not as it should be. Traced to the lots, each a case of quality.";
    std::string by, detail;
    std::optional<lot_id> lot; ///< missing: all that were shipped
    std::optional<takt::quantity> quantity;
};
BOOST_DESCRIBE_STRUCT(complain, (), (by, detail, lot, quantity))

struct note_suspect {
    static constexpr std::string_view doc = "From anomaly: what was shipped may be bad.";
    entity_ref what;
    std::string trace; ///< of the case
};
BOOST_DESCRIBE_STRUCT(note_suspect, (), (what, trace))

struct note_explained {
    static constexpr std::string_view doc = "From anomaly: the case about what was shipped is over.";
    std::string trace, cause;
};
BOOST_DESCRIBE_STRUCT(note_explained, (), (trace, cause))

struct complained {
    static constexpr std::string_view doc = "The customer complains about what was shipped.";
    std::string by, detail;
    std::vector<lot_id> lots;
    std::optional<takt::quantity> quantity;
    instant at;
};
BOOST_DESCRIBE_STRUCT(complained, (), (by, detail, lots, quantity, at))

struct suspect_noted {
    static constexpr std::string_view doc = "What was shipped may be bad.";
    entity_ref what;
    std::string trace;
    instant at;
};
BOOST_DESCRIBE_STRUCT(suspect_noted, (), (what, trace, at))

struct explained {
    static constexpr std::string_view doc = "The case about what was shipped is over; the customer can be told.";
    std::string trace, cause;
    instant at;
};
BOOST_DESCRIBE_STRUCT(explained, (), (trace, cause, at))

} // namespace takt::order
