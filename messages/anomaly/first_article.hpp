#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/mes/job.hpp"

/// The inspection of the first piece that a machine makes after its repair.
namespace takt::anomaly {

struct take_first_piece {
    static constexpr std::string_view doc = "From machine: the first piece since it was released.";
    mes::run_ref job;
    item_id item;
};
BOOST_DESCRIBE_STRUCT(take_first_piece, (), (job, item))

struct first_article_taken {
    static constexpr std::string_view doc = "The first piece is being inspected.";
    inspection_id inspection;
    mes::run_ref job;
    item_id item;
    instant at;
};
BOOST_DESCRIBE_STRUCT(first_article_taken, (), (inspection, job, item, at))

struct first_article_rejected {
    static constexpr std::string_view doc = "The first piece is not good: the machine is to be corrected again.";
    inspection_id inspection;
    std::int64_t defects = 0;
    instant at;
};
BOOST_DESCRIBE_STRUCT(first_article_rejected, (), (inspection, defects, at))

} // namespace takt::anomaly
