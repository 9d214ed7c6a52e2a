#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

/// nonconformance/<key>: pieces that are not as they should be, and what becomes of them.
namespace takt::nonconformance {

BOOST_DEFINE_ENUM_CLASS(disposition,
                        use_as_is,          // a concession: as good as accepted
                        rework,             // goes through its rework route, and is inspected again
                        scrap,              // thrown away; what is missing is ordered again by its material
                        return_to_supplier) // and bought again by its material

BOOST_DEFINE_ENUM_CLASS(status, none, open, disposed, done)

struct open {
    static constexpr std::string_view doc = "From anomaly, or door (quality): this is not as it should be.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"operation", "inspected", "defects", "detail", "automatic", "asker", "trace"});
    entity_ref what;       ///< lot/… or work_order/…
    std::string operation; ///< of the work order, whose pieces were rejected; empty: all of it
    item_id item;
    takt::quantity quantity;
    std::optional<supplier_id> supplier;
    std::optional<inspection_id> inspection;
    std::int64_t inspected = 0, defects = 0;
    std::string detail;
    bool automatic = false; ///< the proposal is taken; else a person decides
    entity_ref asker;       ///< the case that is told; none if a person opened it
    std::string trace;      ///< of the case
};
BOOST_DESCRIBE_STRUCT(open, (),
                      (what, operation, item, quantity, supplier, inspection, inspected, defects, detail, automatic,
                       asker, trace))

struct dispose {
    static constexpr std::string_view doc = "Door (quality, review board): what becomes of the pieces.";
    nonconformance::disposition disposition = nonconformance::disposition::scrap;
    std::string by, reason;
};
BOOST_DESCRIBE_STRUCT(dispose, (), (disposition, by, reason))

struct note_done {
    static constexpr std::string_view doc = "From lot or work_order: done; or it cannot be done that way.";
    bool done = true;
    takt::quantity quantity; ///< of the pieces that it was done with
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(note_done, (), (done, quantity, detail))

struct opened {
    static constexpr std::string_view doc = "Pieces were found not to be as they should.";
    open what;
    disposition proposed = disposition::scrap;
    instant at;
};
BOOST_DESCRIBE_STRUCT(opened, (), (what, proposed, at))

struct disposed {
    static constexpr std::string_view doc = "It was decided what becomes of the pieces.";
    nonconformance::disposition disposition = nonconformance::disposition::scrap;
    std::string by, reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(disposed, (), (disposition, by, reason, at))

struct done {
    static constexpr std::string_view doc = "It was done with the pieces.";
    takt::quantity quantity;
    std::string detail;
    instant at;
};
BOOST_DESCRIBE_STRUCT(done, (), (quantity, detail, at))

struct not_possible {
    static constexpr std::string_view doc = "It could not be done that way; something else is to be decided.";
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(not_possible, (), (detail))

} // namespace takt::nonconformance
