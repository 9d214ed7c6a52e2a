#pragma once

#include <set>

#include "runtime/derived.hpp"

namespace takt::runtime {

/// All entities of a node as they were at one moment, with what was under way between them: replay hosts go on from
/// here. Never changes; thread-safe.
class past {
public:
    /// `directory`: a copy of a node's data, which is this object's and goes with it. `at`: plant time of the copy.
    /// Throws std::runtime_error if the data cannot be read.
    past(std::string directory, const kind_registry& kinds, instant at);
    ~past();
    past(const past&) = delete;
    past& operator=(const past&) = delete;

    instant at() const { return at_; }
    std::uint64_t position() const { return disk_->last_position(); }
    cell load(const entity_ref& entity) const { return known_->load(entity); }
    const std::set<std::string>& entities() const { return entities_; }
    const outbox& owed() const { return owed_; }
    /// The commands that are owed, each sender's in order.
    const std::vector<envelope>& under_way() const { return under_way_; }

private:
    std::string directory_;
    instant at_;
    plant_clock clock_;
    limits bounds_;
    std::unique_ptr<persistence::store> disk_;
    std::unique_ptr<derived> known_;
    std::set<std::string> entities_;
    outbox owed_;
    std::vector<envelope> under_way_;
};

} // namespace takt::runtime
