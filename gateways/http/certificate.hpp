#pragma once

#include "actors/qms/inspection.hpp"
#include "actors/qms/nonconformance.hpp"
#include "actors/wms/lot.hpp"
#include "gateways/http/state_reader.hpp"

/// A lot's certificate: what it is, of what it was made, what was inspected and with which result. In the manner of an
/// inspection certificate 3.1 of EN 10204. Pure, from the states of the lot, its origin and their inspections.
namespace takt::http {

struct certified_measurement {
    static constexpr std::string_view doc = "What was measured of one characteristic.";
    std::string characteristic, method;
    std::optional<double> lower, upper; ///< limits
    std::int64_t values = 0;
    double least = 0, mean = 0, most = 0;
    bool conforms = true; ///< every value is within the limits
};
BOOST_DESCRIBE_STRUCT(certified_measurement, (),
                      (characteristic, method, lower, upper, values, least, mean, most, conforms))

struct certified_inspection {
    static constexpr std::string_view doc = "One inspection of the lot or of the pieces that became it.";
    inspection_id inspection;
    std::string plan, operation;
    takt::inspection::inspection_status status = takt::inspection::inspection_status::none;
    std::optional<double> aql;
    std::optional<qms::severity> severity; ///< of a sample after ISO 2859-1
    std::int64_t sample_size = 0, accept_number = 0, inspected = 0, defects = 0;
    std::string inspector;
    std::optional<instant> decided_at;
    std::vector<certified_measurement> measurements;
};
BOOST_DESCRIBE_STRUCT(certified_inspection, (),
                      (inspection, plan, operation, status, aql, severity, sample_size, accept_number, inspected,
                       defects, inspector, decided_at, measurements))

struct certified_material {
    static constexpr std::string_view doc = "A lot that went into it.";
    lot_id lot;
    item_id item;
    takt::quantity quantity;
    std::optional<supplier_id> supplier;
    std::string supplier_lot;
    std::string inspection; ///< its result: "accepted", "rejected", "pending", or "none"
};
BOOST_DESCRIBE_STRUCT(certified_material, (), (lot, item, quantity, supplier, supplier_lot, inspection))

struct certified_deviation {
    static constexpr std::string_view doc = "A non-conformance of the lot or of the pieces that became it.";
    std::string nonconformance;
    std::string detail;
    std::optional<takt::nonconformance::disposition> disposition;
    std::string by, reason;
};
BOOST_DESCRIBE_STRUCT(certified_deviation, (), (nonconformance, detail, disposition, by, reason))

struct certificate {
    static constexpr std::string_view doc = "What a lot is, of what it was made, and how it was inspected.";
    lot_id lot;
    item_id item;
    takt::quantity quantity;
    std::string revision; ///< of the product
    entity_ref origin;
    std::optional<supplier_id> supplier;
    std::string supplier_lot;
    instant made_at, issued_at;
    wms::lot_status status = wms::lot_status::unrestricted;
    bool conforms = false;                 ///< free to be used, every inspection over and accepted, or conceded
    std::vector<std::string> reservations; ///< why it does not, or what was conceded
    std::vector<certified_inspection> inspections;
    std::vector<certified_material> materials;
    std::vector<certified_deviation> deviations;
};
BOOST_DESCRIBE_STRUCT(certificate, (),
                      (lot, item, quantity, revision, origin, supplier, supplier_lot, made_at, issued_at, status,
                       conforms, reservations, inspections, materials, deviations))

/// Key and state of non-conformances.
using nonconformances = std::vector<std::pair<std::string, nonconformance::state>>;

/// Nothing if there is no such lot. `all`: those of the plant; the lot's are picked out.
std::optional<certificate> certificate_of(const lot_id& lot, const state_reader& state_of, const nonconformances& all,
                                          instant now);

} // namespace takt::http
