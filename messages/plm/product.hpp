#pragma once

#include <boost/json/object.hpp>

#include "messages/mes/area.hpp"
#include "messages/plm/routing.hpp"

/// product/<item>: how an item is made, by revision.
namespace takt::product {

struct define {
    static constexpr std::string_view doc = "Door (engineering): a revision of a product with its bill of material "
                                            "and routing. Work orders already made keep the revision they have.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"finished", "scrap_allowance", "area"});
    std::string revision; ///< "A"; a new one is an engineering change
    std::string name;
    bool finished = false; ///< sold to customers; else a sub-assembly
    std::vector<plm::bom_line> bom;
    std::vector<plm::routing_step> routing;
    bin_id staging_bin;                    ///< line-side bin where picked components are laid ready
    bin_id output_bin;                     ///< where finished pieces are put
    double scrap_allowance = 0;            ///< 0 to 0.5: share by which a work order starts more than is needed
    std::optional<instant> effective_from; ///< for work orders made from then on; missing: at once
    std::string area{mes::whole_plant};    ///< where all of its operations are
};
BOOST_DESCRIBE_STRUCT(define, (),
                      (revision, name, finished, bom, routing, staging_bin, output_bin, scrap_allowance, effective_from,
                       area))

struct make {
    static constexpr std::string_view doc = "From material: create this work order with the revision in force.";
    work_order_id work_order;
    takt::quantity quantity;
    instant due;
    int priority = 5;
};
BOOST_DESCRIBE_STRUCT(make, (), (work_order, quantity, due, priority))

struct revision_defined {
    static constexpr std::string_view doc = "A revision of the product was released.";
    static constexpr int version = 4; ///< 1 knew no tools, 2 no areas, 3 no AQL and no rework route
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    define revision;
    instant effective_from;
};
BOOST_DESCRIBE_STRUCT(revision_defined, (), (revision, effective_from))

struct work_order_made {
    static constexpr std::string_view doc = "A work order was created for the product.";
    work_order_id work_order;
    std::string revision;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(work_order_made, (), (work_order, revision, quantity))

struct make_failed {
    static constexpr std::string_view doc = "A work order was asked for and could not be made.";
    work_order_id work_order;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(make_failed, (), (work_order, reason))

} // namespace takt::product
