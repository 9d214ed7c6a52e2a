#include "runtime/derived.hpp"

#include "messages/core/json_write.hpp"
#include "runtime/derived_codec.hpp"
#include "runtime/lines.hpp"

namespace takt::runtime {
namespace {

using persistence::change;
using persistence::family;

constexpr std::size_t changes_per_write = 128; // small, so that the journal's own writes never wait long

} // namespace

std::vector<fact> facts_of(std::uint64_t position, std::string_view block)
{
    std::vector<fact> all;
    for_each_line(block, [&](std::string_view line) {
        const record r = read_record(line);
        auto revision = r.rev;
        for (const auto& e : r.events)
            all.push_back({event_position(position, all.size()), r.entity, ++revision, r.at, r.by,
                           read_trace(r.trace).id, r.command, e.type, e.v, to_json(e.data)});
        return true;
    });
    return all;
}

derived::derived(persistence::store& disk, const kind_registry& kinds, const limits& bounds, const plant_clock& clock,
                 calls out)
    : disk_(disk), kinds_(kinds), bounds_(bounds), clock_(clock), out_(std::move(out))
{
}

derived::~derived() { stop(); }

void derived::start()
{
    next_checkpoint_ = std::chrono::steady_clock::now() + bounds_.checkpoint_every;
    thread_ = std::thread([this] { run(); });
}

void derived::stop()
{
    {
        const std::lock_guard lock(queue_mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void derived::take(committed_block block)
{
    {
        std::unique_lock lock(queue_mutex_);
        taken_.wait(lock, [&] { return queued_items_ < bounds_.derived_lag_most || stopping_; });
        queued_items_ += block.items.size();
        queue_.push_back(std::move(block));
    }
    arrived_.notify_one();
}

void derived::catch_up() const
{
    if (on_own_thread) return;
    const auto wanted = disk_.last_position();
    std::unique_lock lock(queue_mutex_);
    taken_.wait_for(lock, std::chrono::seconds(2), [&] { return counted().position >= wanted; });
}

void derived::run()
{
    on_own_thread = true;
    for (;;) {
        std::deque<committed_block> blocks;
        bool last = false;
        {
            std::unique_lock lock(queue_mutex_);
            busy_ = false;
            const auto something = [&] { return !queue_.empty() || stopping_; };
            std::chrono::nanoseconds wait = next_checkpoint_ - std::chrono::steady_clock::now();
            std::optional<instant> due;
            {
                const std::shared_lock state(state_mutex_);
                due = outbox_.next_due();
            }
            if (due)
                wait = std::min<std::chrono::nanoseconds>(wait, firing_.empty() ? clock_.until(*due)
                                                                                : std::chrono::milliseconds(20));
            arrived_.wait_for(lock, std::max<std::chrono::nanoseconds>(wait, std::chrono::nanoseconds(0)), something);
            blocks.swap(queue_);
            queued_items_ = 0;
            last = stopping_ && blocks.empty();
            busy_ = true;
        }
        taken_.notify_all();
        for (auto& block : blocks) take_in(block);
        if (!last) fire_due_timers();
        if (last || std::chrono::steady_clock::now() >= next_checkpoint_) checkpoint();
        if (last) return;
    }
}

void derived::take_in(committed_block& block)
{
    {
        const std::unique_lock lock(state_mutex_);
        for (auto& item : block.items) {
            if (!item->record.empty()) note(block.position, item->note, {});
            if (item->snapshot.empty()) continue;
            for (auto& t : beyond_[item->note.entity.path()].tail) t.covered = true;
            snapshots_.push_back({family::snapshots, item->note.entity.path(), std::move(item->snapshot)});
            stored_.emplace_back(item->note.entity.path(), std::move(item->stored));
        }
    }
    for (auto& item : block.items)
        if (!item->state.empty()) rows_.put(item->note.entity, item->note.revision, std::move(item->state));
    {
        const std::unique_lock lock(state_mutex_);
        position_ = block.position;
    }
    {
        const std::lock_guard lock(queue_mutex_); // whoever waits has either seen the position or is waiting by now
    }
    taken_.notify_all();
    publish(block.position, block.items);
    if (!snapshots_.empty()) store_snapshots();
    ask_for_snapshots();
}

void derived::note(std::uint64_t position, const commit_note& what, std::string line)
{
    note_outbox(position, what);
    if (what.trace) traces_.note(what.trace, position);
    ++counter_;
    const std::string& path = what.entity.path();
    auto& [tail, fresh] = beyond_[path];
    if (tail.empty()) laggards_.push_back({path, position, counter_});
    if (tail.empty() || tail.back().position != position || tail.back().covered || !line.empty())
        tail.push_back({position, std::move(line), false});
    if (fresh.empty()) touched_.push_back(path);
    if (fresh.empty() || fresh.back() != position) fresh.push_back(position);
}

void derived::note_outbox(std::uint64_t position, const commit_note& what)
{
    const std::string& path = what.entity.path();
    const bool settles = !what.by.empty() && outbox_.effects().contains(what.by);
    if (!settles && what.effects.empty() && what.armed.empty() && what.disarmed.empty()) return;
    if (settles) outbox_changes_[effect_key(what.by, what.seq)] = std::nullopt;
    for (const auto& [target, sequence] : what.effects)
        outbox_changes_[effect_key(path, sequence)] = effect_value({target, position});
    for (const auto& name : what.disarmed) outbox_changes_[timer_key(path, name)] = std::nullopt;
    for (const auto& t : what.armed) outbox_changes_[timer_key(path, t.name)] = timer_value(t);
    outbox_.note(position, what);
}

/// Facts are read from the lines only when somebody listens.
void derived::publish(std::uint64_t position, const std::vector<pending_ptr>& items)
{
    std::vector<std::shared_ptr<subscriber>> listening;
    {
        const std::lock_guard lock(subscribers_mutex_);
        std::erase_if(subscribers_, [](const auto& s) { return s.expired(); });
        for (const auto& s : subscribers_)
            if (auto alive = s.lock()) listening.push_back(std::move(alive));
    }
    if (listening.empty()) return;
    std::string block;
    for (const auto& item : items)
        if (!item->record.empty()) block.append(item->record).append(1, '\n');
    auto all = facts_of(position, block);
    if (all.empty()) return;
    const auto shared = std::make_shared<const std::vector<fact>>(std::move(all));
    for (const auto& s : listening) s->sink(shared);
}

std::shared_ptr<void> derived::subscribe(std::function<void(const facts&)> sink)
{
    auto s = std::make_shared<subscriber>(subscriber{std::move(sink)});
    const std::lock_guard lock(subscribers_mutex_);
    subscribers_.push_back(s);
    return s;
}

/// First the snapshots, then the tails: whoever loads an entity in between replays a little more than it must.
void derived::store_snapshots()
{
    if (!write(snapshots_)) return;
    {
        const std::unique_lock lock(state_mutex_);
        for (const auto& [path, then] : stored_) {
            const auto found = beyond_.find(path);
            if (found == beyond_.end()) continue; // its snapshot came twice
            auto& [tail, fresh] = found->second;
            std::erase_if(tail, [](const tail_record& t) { return t.covered; });
            if (!tail.empty())
                laggards_.push_back({path, tail.front().position, counter_});
            else if (fresh.empty())
                beyond_.erase(found);
        }
    }
    for (auto& [path, then] : stored_)
        if (then) then();
    stored_.clear();
}

bool derived::still_behind(const laggard& who) const
{
    const auto found = beyond_.find(who.entity);
    return found != beyond_.end() && !found->second.tail.empty() && found->second.tail.front().position == who.first;
}

/// Keeps the part of the journal that a restart must read short: who is behind by too much writes a snapshot.
void derived::ask_for_snapshots()
{
    const auto most = std::max(bounds_.restart_tail_records, 4 * (laggards_.size() + asked_.size()));
    const auto too_late = [&](const laggard& l) { return counter_ - l.counter >= most; };
    std::vector<std::string> wanted;
    {
        const std::shared_lock lock(state_mutex_);
        while (!asked_.empty() && !still_behind(asked_.front())) asked_.pop_front();
        if (!asked_.empty() && too_late(asked_.front())) { // nothing came of it: ask again
            wanted.push_back(asked_.front().entity);
            asked_.push_back({asked_.front().entity, asked_.front().first, counter_});
            asked_.pop_front();
        }
        while (!laggards_.empty() && wanted.size() < 256) {
            laggard& oldest = laggards_.front();
            if (still_behind(oldest)) {
                if (!too_late(oldest)) break;
                wanted.push_back(oldest.entity);
                asked_.push_back({std::move(oldest.entity), oldest.first, counter_});
            }
            laggards_.pop_front();
        }
    }
    for (const auto& path : wanted) out_.want_snapshot(entity_ref(path));
}

/// The oldest record that no snapshot covers. Those who have not been asked are not looked up: among them only a few
/// at the front can have written one, and a floor that is too low only costs time.
std::uint64_t derived::restart_floor() const
{
    std::uint64_t floor = position_ + 1;
    for (const auto& l : laggards_) floor = std::min(floor, l.first);
    for (const auto& l : asked_)
        if (still_behind(l)) floor = std::min(floor, l.first);
    return floor;
}

/// A timer is fired once and stays in `firing_` until the record of its firing, or of its replacement, has come by.
void derived::fire_due_timers()
{
    std::vector<std::pair<outbox::timer_key, outbox::waiting_timer>> due;
    {
        const std::shared_lock lock(state_mutex_);
        std::erase_if(firing_, [&](const auto& f) {
            const auto armed = outbox_.timers().find(f.first);
            return armed == outbox_.timers().end() || armed->second.id != f.second;
        });
        due = outbox_.due(clock_.now(), 4096);
    }
    for (const auto& [key, timer] : due)
        if (firing_.emplace(key, timer.id).second) out_.fire(entity_ref(key.first), {key.second, timer.id, timer.due});
}

bool derived::write(std::vector<change>& changes)
{
    for (std::size_t first = 0; first < changes.size(); first += changes_per_write) {
        const auto end =
            changes.begin() + static_cast<std::ptrdiff_t>(std::min(first + changes_per_write, changes.size()));
        const std::vector<change> some(std::make_move_iterator(changes.begin() + static_cast<std::ptrdiff_t>(first)),
                                       std::make_move_iterator(end));
        if (const auto why = disk_.write(some)) {
            out_.failed(*why);
            changes.clear();
            return false;
        }
    }
    changes.clear();
    return true;
}

/// Position last: after a crash in the middle, what is noted again from the older position comes to the same.
void derived::checkpoint()
{
    next_checkpoint_ = std::chrono::steady_clock::now() + bounds_.checkpoint_every;
    std::vector<change> changes;
    std::uint64_t position = 0, floor = 0;
    {
        const std::shared_lock lock(state_mutex_);
        std::sort(touched_.begin(), touched_.end()); // as memtables like it
        for (const auto& path : touched_) changes.push_back(index_entry(path, beyond_.at(path).fresh));
        traces_.add_changes(changes);
        position = position_;
        floor = restart_floor();
    }
    if (changes.empty() && outbox_changes_.empty() && floor == floor_) return;
    for (auto& [key, value] : outbox_changes_) changes.push_back({family::outbox, key, std::move(value)});
    outbox_changes_.clear();
    changes.push_back({family::meta, "floor", std::to_string(floor)});
    changes.push_back({family::meta, "derived_position", std::to_string(position)});
    if (!write(changes)) return;
    floor_ = floor;
    forget_old_traces();
    const std::unique_lock lock(state_mutex_);
    traces_.written();
    for (const auto& path : touched_) {
        const auto found = beyond_.find(path);
        found->second.fresh.clear();
        found->second.fresh.shrink_to_fit();
        if (found->second.tail.empty()) beyond_.erase(found);
    }
    touched_.clear();
}

derived::figures derived::counted() const
{
    const std::shared_lock lock(state_mutex_);
    return {position_, outbox_.effect_count(), outbox_.timers().size(), beyond_.size()};
}

bool derived::settled() const
{
    const std::lock_guard lock(queue_mutex_);
    if (!queue_.empty() || busy_) return false;
    const std::shared_lock state(state_mutex_);
    return outbox_.effect_count() == 0;
}

} // namespace takt::runtime
