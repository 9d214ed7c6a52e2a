#include "runtime/directory.hpp"

namespace takt::runtime {

std::uint32_t directory::coarse_now()
{
    constexpr std::uint64_t ms_per_s = 1000;
    return static_cast<std::uint32_t>(coarse_ms() / ms_per_s);
}

bool directory::post(const entity_ref& target, task_ptr& what, std::size_t most)
{
    auto& s = of(target.path());
    const std::lock_guard lock(s.mutex); // held while enqueuing: see slot::pending
    auto& place = s.slots[target.path()];
    if (!place) place = spawn(target);
    if (most != 0 && place->pending.load(std::memory_order_relaxed) >= most) return false;
    place->expect();
    tell(place->actor, std::move(what));
    return true;
}

std::shared_ptr<slot> directory::spawn(const entity_ref& target)
{
    auto place = std::make_shared<slot>();
    const auto* kind = world_->kinds.find(target.kind());
    place->actor = system_.spawn<entity_actor, caf::lazy_init>(*world_, *kind, target, place);
    place->used_at = coarse_now();
    resident_.fetch_add(1, std::memory_order_relaxed);
    return place;
}

bool directory::remove_if_idle(const std::string& path, const std::shared_ptr<slot>& place)
{
    auto& s = of(path);
    std::shared_ptr<slot> gone;
    const std::lock_guard lock(s.mutex);
    if (place->pending.load() != 0) return false;
    const auto found = s.slots.find(path);
    if (found == s.slots.end() || found->second != place) return false;
    gone = std::move(found->second); // the actor itself runs this; it must not end here
    s.slots.erase(found);
    resident_.fetch_sub(1, std::memory_order_relaxed);
    return true;
}

void directory::close()
{
    for (auto& s : shards_) {
        const std::lock_guard lock(s.mutex);
        for (auto& [path, place] : s.slots) {
            end(place->actor);
            place->actor = nullptr;
        }
        s.slots.clear();
    }
}

directory::inbox_figures directory::inboxes() const
{
    inbox_figures f;
    const auto now = coarse_ms();
    for (const auto& s : shards_) {
        const std::lock_guard lock(s.mutex);
        for (const auto& [path, place] : s.slots) {
            const auto waiting = place->pending.load(std::memory_order_relaxed);
            if (waiting == 0) continue;
            f.waiting += waiting;
            f.deepest = std::max<std::uint64_t>(f.deepest, waiting);
            const auto since = std::min(now, place->busy_since.load(std::memory_order_relaxed));
            f.oldest = std::max(f.oldest, std::chrono::milliseconds(now - since));
        }
    }
    return f;
}

void directory::passivate_idle(std::uint32_t used_before)
{
    for (auto& s : shards_) {
        std::vector<std::shared_ptr<slot>> idle;
        {
            const std::lock_guard lock(s.mutex);
            for (const auto& [path, place] : s.slots)
                if (place->used_at.load(std::memory_order_relaxed) < used_before && place->pending.load() == 0)
                    idle.push_back(place);
        }
        for (const auto& place : idle) {
            place->expect();
            tell(place->actor, std::make_unique<task>(task::what::passivate));
        }
    }
}

} // namespace takt::runtime
