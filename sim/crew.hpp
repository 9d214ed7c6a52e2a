#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_set>

#include "sim/world.hpp"

namespace takt::sim {

/// The people of one trade: errands wait until somebody is there and free, the most urgent first. A plant without
/// anybody of the skill has one nameless person for it, always there.
class crew {
public:
    using done = std::function<void()>;
    /// Does the errand, over plant time, and calls `done` in the end. `person` is who does it.
    using errand = std::function<void(const std::string& person, done)>;

    crew(world& w, const std::string& skill);

    /// Somebody came or left. A person who is on an errand finishes it. Who is not of this crew is ignored.
    void attend(const std::string& person, bool present);

    /// `rank`: small ones first. An errand with this key that waits or is under way already is the same one.
    void send(const std::string& key, std::int64_t rank, errand what);
    bool anybody_there() const { return !present_.empty(); }
    std::size_t waiting() const { return queue_.size(); }

private:
    void assign();
    void finish(const std::string& key, const std::string& person);

    world& world_;
    std::set<std::string> members_;
    std::set<std::string> present_, busy_;
    std::multimap<std::int64_t, std::pair<std::string, errand>> queue_;
    std::unordered_set<std::string> known_; ///< keys that wait or are under way
};

} // namespace takt::sim
