#pragma once

#include <array>
#include <string>
#include <vector>

#include "persistence/store.hpp"
#include "runtime/trace.hpp"

namespace takt::runtime {

/// Finds the blocks that hold a trace's records without reading the journal. A trace falls into one of 256 parts by
/// its hash, and stands there with four bytes of it: each part of what was noted is written as one entry, so noting is
/// an append, writing costs at most 256 entries, and a search reads a 256th of the index. What it finds may name a
/// block in vain, never miss one. Not thread-safe.
class trace_index {
public:
    void note(const trace_id& id, std::uint64_t position);
    /// What was noted since `written`, for the family `traces`.
    void add_changes(std::vector<persistence::change>& to) const;
    void written();

    /// Ascending; from the disk and from what was noted since.
    std::vector<std::uint64_t> positions_of(const trace_id& id, const persistence::store& disk) const;

    /// Forgets what stands before a position, more or less. An error text, or nothing.
    static std::optional<std::string> forget(persistence::store& disk, std::uint64_t before);

private:
    struct part {
        std::uint64_t first = 0, last = 0; ///< positions
        std::string entries;               ///< each: four bytes of the hash, and how far its position is from the last
    };
    std::array<part, 256> parts_;
};

} // namespace takt::runtime
