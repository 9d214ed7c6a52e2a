#include "runtime/outbox.hpp"

namespace takt::runtime {

commit_note note_of(const record& r)
{
    commit_note note{r.entity, r.rev + r.events.size(), r.by, r.seq, read_trace(r.trace).id, {}, {}, r.cancel};
    for (const auto& e : r.effects) note.effects.emplace_back(e.to, e.seq);
    for (const auto& t : r.timers) note.armed.push_back({t.name, t.id, t.due});
    constexpr std::string_view timer_prefix = "timer/";
    if (r.by.starts_with(timer_prefix)) note.disarmed.push_back(r.by.substr(timer_prefix.size()));
    return note;
}

commit_note note_of(const envelope& command, handled& done, std::uint64_t revision)
{
    commit_note note;
    note.entity = command.target;
    note.revision = revision;
    if (done.record.empty()) return note;
    note.by = command.sender;
    note.seq = command.sequence;
    note.trace = command.trace.id;
    for (const auto& e : done.effects) note.effects.emplace_back(e.target, e.sequence);
    note.armed = std::move(done.armed);
    note.disarmed = std::move(done.disarmed);
    return note;
}

void outbox::note(std::uint64_t position, const commit_note& what)
{
    if (!what.by.empty()) settle(what.by, what.seq);
    for (const auto& [target, sequence] : what.effects) owe(what.entity.path(), sequence, {target, position});
    for (const auto& name : what.disarmed) disarm(what.entity.path(), name);
    for (const auto& t : what.armed) arm(what.entity.path(), t);
}

void outbox::owe(const std::string& sender, std::uint64_t sequence, owed what)
{
    if (effects_[sender].insert_or_assign(sequence, std::move(what)).second) ++effect_count_;
}

void outbox::settle(const std::string& sender, std::uint64_t sequence)
{
    const auto found = effects_.find(sender);
    if (found == effects_.end()) return;
    effect_count_ -= found->second.erase(sequence);
    if (found->second.empty()) effects_.erase(found);
}

void outbox::arm(const std::string& entity, const armed_timer& timer)
{
    disarm(entity, timer.name);
    timer_key key{entity, timer.name};
    by_due_.emplace(timer.due, key);
    timers_[std::move(key)] = {timer.id, timer.due};
}

void outbox::disarm(const std::string& entity, const std::string& name)
{
    const auto found = timers_.find({entity, name});
    if (found == timers_.end()) return;
    const auto [first, last] = by_due_.equal_range(found->second.due);
    for (auto i = first; i != last; ++i) {
        if (i->second != found->first) continue;
        by_due_.erase(i);
        break;
    }
    timers_.erase(found);
}

std::optional<instant> outbox::next_due() const
{
    if (by_due_.empty()) return std::nullopt;
    return by_due_.begin()->first;
}

std::vector<std::pair<outbox::timer_key, outbox::waiting_timer>> outbox::due(instant now, std::size_t limit) const
{
    std::vector<std::pair<timer_key, waiting_timer>> all;
    for (auto i = by_due_.begin(); i != by_due_.end() && i->first <= now && all.size() < limit; ++i)
        all.emplace_back(i->second, timers_.at(i->second));
    return all;
}

} // namespace takt::runtime
