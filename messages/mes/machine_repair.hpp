#pragma once

#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/mes/job.hpp"

/// What a machine is asked when it is repaired, and after it.
namespace takt::machine {

struct introduce_asset {
    static constexpr std::string_view doc =
        "From maintenance_order: it repairs this machine; its asset knows what with.";
    std::string order; ///< key
    std::string fault;
};
BOOST_DESCRIBE_STRUCT(introduce_asset, (), (order, fault))

struct watch_first_piece {
    static constexpr std::string_view doc = "From anomaly: it wants to know of the next piece that is made here.";
};
BOOST_DESCRIBE_STRUCT(watch_first_piece, (), ())

struct first_piece_awaited {
    static constexpr std::string_view doc = "The next piece that is made here is to be inspected.";
    std::string asked_by; ///< the case's path
};
BOOST_DESCRIBE_STRUCT(first_piece_awaited, (), (asked_by))

struct first_piece_made {
    static constexpr std::string_view doc = "The first piece since the machine was released.";
    mes::run_ref job;
    instant at;
};
BOOST_DESCRIBE_STRUCT(first_piece_made, (), (job, at))

} // namespace takt::machine
