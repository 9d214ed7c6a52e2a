#pragma once

#include <array>
#include <mutex>

#include <boost/unordered/unordered_flat_map.hpp>

#include "runtime/entity_actor.hpp"

namespace takt::runtime {

/// Which entities are in memory, and the way to reach any: an actor is spawned for the first task to its entity.
/// Thread-safe.
class directory {
public:
    directory(caf::actor_system& system, const limits& bounds) : system_(system), bounds_(bounds) {}

    void open(entity_world& world) { world_ = &world; }

    /// From inside the node: always taken.
    void send(const entity_ref& target, task_ptr what) { post(target, what, 0); }
    /// From a door: false when `most` tasks wait there already; then the caller still has it.
    bool offer(const entity_ref& target, task_ptr& what, std::size_t most) { return post(target, what, most); }

    /// Called by an actor that wants to leave: true if nothing waits for it; then it is out of the directory.
    bool remove_if_idle(const std::string& path, const std::shared_ptr<slot>& place);
    /// Asks entities that nobody has used since to leave.
    void passivate_idle(std::uint32_t used_before);
    /// Ends all actors after what waits in their inboxes. Nothing may be sent from now on.
    void close();
    std::size_t resident() const { return resident_.load(); }

    struct inbox_figures {
        std::uint64_t waiting = 0, deepest = 0; ///< tasks; those being done too
        std::chrono::milliseconds oldest{0};    ///< how long one has waited; never too little
    };
    inbox_figures inboxes() const;

    /// Seconds since some start, for `used_at`.
    static std::uint32_t coarse_now();

private:
    struct shard {
        mutable std::mutex mutex;
        boost::unordered_flat_map<std::string, std::shared_ptr<slot>, std::hash<std::string>> slots;
    };

    bool post(const entity_ref& target, task_ptr& what, std::size_t most);
    std::shared_ptr<slot> spawn(const entity_ref& target);
    shard& of(const std::string& path) { return shards_[std::hash<std::string>{}(path) % shards_.size()]; }

    caf::actor_system& system_;
    const limits& bounds_;
    entity_world* world_ = nullptr;
    std::array<shard, 64> shards_;
    std::atomic<std::size_t> resident_ = 0;
};

} // namespace takt::runtime
