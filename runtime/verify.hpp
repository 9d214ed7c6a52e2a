#pragma once

#include <string>
#include <vector>

#include "actors/kind.hpp"
#include "actors/laws/law.hpp"
#include "persistence/store.hpp"

namespace takt::runtime {

struct verification {
    bool ok = true;
    std::uint64_t blocks = 0, records = 0, events = 0, entities = 0, effects_under_way = 0;
    std::vector<laws::finding> laws;
};

/// Replays a whole journal from its first block and audits it: the runtime's own promises (every effect handled once
/// and in order, states are what their events make of them, snapshots tell the same) and the plant's conservation laws.
/// Reads only. Throws std::runtime_error if the journal itself cannot be read.
verification verify(const persistence::store& disk, const kind_registry& kinds);

/// {"ok":…,"blocks":…,…,"laws":[{"name","checked","violations","first"?}]}
boost::json::object to_json_object(const verification& v);

/// Throws away all derived data and makes it anew from the journal, with a snapshot of every entity. Returns how many
/// entities there are.
std::size_t rebuild(persistence::store& disk, const kind_registry& kinds);

} // namespace takt::runtime
