#pragma once

#include "messages/anomaly/quality.hpp"

/// What a case of quality knows of the pieces it is about.
namespace takt::anomaly {

/// Pieces that were judged bad, with the non-conformance that says what becomes of them.
struct bad_pieces {
    nonconforming what;
    std::string nonconformance; ///< key; empty: not opened yet
    std::string disposition;    ///< in words
    bool done = false;
};
BOOST_DESCRIBE_STRUCT(bad_pieces, (), (what, nonconformance, disposition, done))

struct quality_file {
    std::vector<bad_pieces> bad;
    std::vector<entity_ref> suspects;        ///< named by people, or because the case is about them
    std::vector<std::string> origins_sought; ///< paths
    std::int64_t origins_unanswered = 0;
    std::vector<take_origin> origins;
};
BOOST_DESCRIBE_STRUCT(quality_file, (), (bad, suspects, origins_sought, origins_unanswered, origins))

} // namespace takt::anomaly
