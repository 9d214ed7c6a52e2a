#pragma once

#include <boost/json/object.hpp>

#include "messages/qms/inspection_plan.hpp"
#include "messages/qms/nonconformance.hpp"
#include "messages/wms/stock.hpp"

/// lot/<key>: an amount of one item that came into being at once, its quality status and its genealogy.
namespace takt::lot {

struct create {
    static constexpr std::string_view doc = "From purchase_order (receipt), work_order (output) or material (opening "
                                            "stock): the lot comes into being in a bin.";
    item_id item;
    takt::quantity quantity;
    bin_id bin;
    entity_ref origin;
    std::optional<qms::inspection_plan> inspection; ///< inspect before use
    std::optional<instant> expiry;
    std::optional<supplier_id> supplier;
    std::optional<std::string> supplier_lot;
    std::vector<wms::parent_lot> parents;
};
BOOST_DESCRIBE_STRUCT(create, (), (item, quantity, bin, origin, inspection, expiry, supplier, supplier_lot, parents))

struct book_issue {
    static constexpr std::string_view doc = "From bin: an amount left for good.";
    bin_id bin;
    takt::quantity quantity;
    wms::issue_purpose purpose = wms::issue_purpose::consume;
    entity_ref reference; ///< the work order, customer order or lot that asked
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(book_issue, (), (bin, quantity, purpose, reference, reason))

struct book_move {
    static constexpr std::string_view doc = "From bin: an amount went to another bin.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"held"});
    bin_id from, to;
    takt::quantity quantity;
    bool held = false; ///< as far as the bin knew
};
BOOST_DESCRIBE_STRUCT(book_move, (), (from, to, quantity, held))

struct book_adjustment {
    static constexpr std::string_view doc = "From bin: a count found more (positive) or less.";
    bin_id bin;
    takt::quantity difference;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(book_adjustment, (), (bin, difference, reason))

struct take_inspection {
    static constexpr std::string_view doc = "From inspection: the decision on this lot.";
    inspection_id inspection;
    bool accepted = false;
    std::int64_t defects = 0;
};
BOOST_DESCRIBE_STRUCT(take_inspection, (), (inspection, accepted, defects))

struct decline_issue {
    static constexpr std::string_view doc = "From bin: what was to be scrapped or returned is not free there.";
    bin_id bin;
    takt::quantity wanted, available;
};
BOOST_DESCRIBE_STRUCT(decline_issue, (), (bin, wanted, available))

struct report_origin {
    static constexpr std::string_view doc = "From anomaly: say where you come from.";
    entity_ref asker;
};
BOOST_DESCRIBE_STRUCT(report_origin, (), (asker))

struct take_disposition {
    static constexpr std::string_view doc = "From nonconformance: what becomes of what is left of the lot.";
    takt::nonconformance::disposition disposition = takt::nonconformance::disposition::scrap;
    std::string nonconformance; ///< key; told when it is done
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(take_disposition, (), (disposition, nonconformance, reason))

struct block {
    static constexpr std::string_view doc = "Door (quality): nothing more of this lot may be used.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(block, (), (reason))

struct unblock {
    static constexpr std::string_view doc = "Door (quality): a blocked lot may be used after all.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(unblock, (), (reason))

struct quarantine {
    static constexpr std::string_view doc =
        "From anomaly: may be bad. Blocked, and the asker is told what is here and where the rest went.";
    std::string reason;
    entity_ref asker;
};
BOOST_DESCRIBE_STRUCT(quarantine, (), (reason, asker))

struct scrap {
    static constexpr std::string_view doc = "Door (quality): throw away what is left of a blocked lot.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(scrap, (), (reason))

struct send_back {
    static constexpr std::string_view doc = "Door (quality): return what is left of a blocked lot to its supplier.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(send_back, (), (reason))

struct created {
    static constexpr std::string_view doc = "The lot came into being.";
    item_id item;
    takt::quantity quantity;
    bin_id bin;
    entity_ref origin;
    wms::lot_status status = wms::lot_status::unrestricted;
    std::optional<instant> expiry;
    std::optional<supplier_id> supplier;
    std::optional<std::string> supplier_lot;
    std::vector<wms::parent_lot> parents;
    instant at;
};
BOOST_DESCRIBE_STRUCT(created, (), (item, quantity, bin, origin, status, expiry, supplier, supplier_lot, parents, at))

struct issued {
    static constexpr std::string_view doc =
        "An amount left the plant's stock: consumed, shipped, scrapped or returned.";
    bin_id bin;
    takt::quantity quantity;
    wms::issue_purpose purpose = wms::issue_purpose::consume;
    entity_ref reference;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(issued, (), (bin, quantity, purpose, reference, reason))

struct moved {
    static constexpr std::string_view doc = "An amount went from bin to bin.";
    bin_id from, to;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(moved, (), (from, to, quantity))

struct adjusted {
    static constexpr std::string_view doc = "A count found another amount than was booked.";
    bin_id bin;
    takt::quantity difference;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(adjusted, (), (bin, difference, reason))

struct status_changed {
    static constexpr std::string_view doc = "The lot may be used, or may not be.";
    static constexpr int version = 2; ///< 1 did not say which bins are told
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    wms::lot_status status = wms::lot_status::unrestricted;
    std::string reason;
    std::vector<bin_id> bins; ///< that are told
};
BOOST_DESCRIBE_STRUCT(status_changed, (), (status, reason, bins))

struct disposal_requested {
    static constexpr std::string_view doc = "What is left is to be scrapped or returned; its bins were asked for it.";
    wms::issue_purpose purpose = wms::issue_purpose::scrap;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(disposal_requested, (), (purpose, reason))

struct disposition_taken {
    static constexpr std::string_view doc = "It was decided what becomes of what is left.";
    takt::nonconformance::disposition disposition = takt::nonconformance::disposition::scrap;
    std::string nonconformance;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(disposition_taken, (), (disposition, nonconformance, reason))

struct disposition_done {
    static constexpr std::string_view doc = "Nothing is left of the lot to be disposed of, or it is used.";
    std::string nonconformance;
};
BOOST_DESCRIBE_STRUCT(disposition_done, (), (nonconformance))

struct disposal_declined {
    static constexpr std::string_view doc = "A bin did not have free what was to be scrapped or returned; ask again.";
    bin_id bin;
    takt::quantity wanted, available;
};
BOOST_DESCRIBE_STRUCT(disposal_declined, (), (bin, wanted, available))

} // namespace takt::lot
