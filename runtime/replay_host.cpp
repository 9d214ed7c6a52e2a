#include "runtime/replay_host.hpp"

#include <stdexcept>

#include "messages/core/document.hpp"
#include "messages/core/json_read.hpp"

namespace takt::runtime {
namespace {

record read_record(const std::string& line) { return read_json_text<record>(line, strictness::from_storage).value(); }

} // namespace

replay_host::replay_host(const kind_registry& kinds, instant start, std::uint64_t seed, mishaps what_goes_wrong)
    : kinds_(kinds), mishaps_(what_goes_wrong), random_(seed), now_(start)
{
}

replay_host::replay_host(const kind_registry& kinds, std::shared_ptr<const past> before)
    : kinds_(kinds),
      random_(1),
      now_(before->at()),
      known_(before->entities()),
      before_(std::move(before)),
      position_(before_->position()),
      outbox_(before_->owed())
{
    for (const auto& e : before_->under_way()) inbox_.push_back({e, {}});
}

bool replay_host::chance(double p)
{
    if (p <= 0) return false; // no draw: a host without mishaps is a plain queue
    return std::uniform_real_distribution<double>(0, 1)(random_) < p;
}

void replay_host::send(envelope what, on_answer then)
{
    if (kinds_.find(what.target.kind()) == nullptr)
        throw std::invalid_argument("no kind of entity for " + what.target.path());
    inbox_.push_back({std::move(what), std::move(then)});
}

answer replay_host::ask(envelope what)
{
    std::optional<answer> got;
    send(std::move(what), [&](const answer& a) { got = a; });
    settle();
    if (!got) throw std::runtime_error("the command was lost in a crash");
    return *got;
}

bool replay_host::step()
{
    if (chance(mishaps_.crash)) crash();
    if (chance(mishaps_.passivate)) passivate_one();
    if (!inbox_.empty() && (block_.empty() || chance(0.7))) {
        deliver(pick());
        return true;
    }
    if (!block_.empty()) {
        write_block();
        return true;
    }
    return false;
}

/// The oldest delivery, or a random one moved up to the oldest between the same two.
std::size_t replay_host::pick()
{
    if (!chance(mishaps_.reorder)) return 0;
    const auto wanted = std::uniform_int_distribution<std::size_t>(0, inbox_.size() - 1)(random_);
    const auto& chosen = inbox_[wanted].what;
    for (std::size_t i = 0; i < wanted; ++i)
        if (inbox_[i].what.target == chosen.target && inbox_[i].what.sender == chosen.sender) return i;
    return wanted;
}

void replay_host::deliver(std::size_t index)
{
    delivery d = std::move(inbox_[index]);
    inbox_.erase(inbox_.begin() + static_cast<std::ptrdiff_t>(index));
    if (!d.what.sender.empty() && chance(mishaps_.duplicate)) inbox_.push_back({d.what, {}});
    auto& entity = live(d.what.target);
    handled done = entity.handle(d.what, now_);
    auto note = note_of(d.what, done, entity.revision());
    for (const auto& what : done.calculations)
        if (auto command = what({}))
            inbox_.push_back({{d.what.target, std::move(command), {}, 0, 0, {}, d.what.trace}, {}});
    block_.push_back({std::move(done.record), d.what.target, std::move(note), std::move(done.effects),
                      std::move(d.then), std::move(done.reply)});
}

void replay_host::write_block()
{
    auto block = std::move(block_);
    block_.clear();
    for (auto& w : block) {
        if (w.record.empty()) continue;
        known_.insert(w.entity.path());
        outbox_.note(++position_, w.note);
        if (on_record) on_record(position_, w.record);
        if (!keeps_records_) continue;
        index_[w.entity.path()].push_back(journal_.size());
        journal_.push_back(std::move(w.record));
    }
    for (auto& w : block) {
        for (auto& e : w.effects)
            inbox_.push_back(
                {{e.target, std::move(e.command), w.entity.path(), e.sequence, 0, {}, {w.note.trace}}, {}});
        if (w.then) w.then(w.reply);
    }
}

void replay_host::settle(std::size_t most_steps)
{
    fire_due_timers();
    for (std::size_t i = 0; i < most_steps; ++i)
        if (!step()) return;
    throw std::runtime_error("the plant does not come to rest: " + std::to_string(inbox_.size()) +
                             " messages under way");
}

void replay_host::fire_due_timers()
{
    for (const auto& [key, timer] : outbox_.due(now_, std::numeric_limits<std::size_t>::max()))
        inbox_.push_back({{entity_ref(key.first), {}, "timer/" + key.second, timer.id, 0}, {}});
}

void replay_host::advance(milliseconds by)
{
    const instant until = now_ + by;
    settle();
    while (const auto due = outbox_.next_due()) {
        if (*due > until) break;
        now_ = std::max(now_, *due);
        settle();
    }
    now_ = until;
}

void replay_host::crash()
{
    if (before_ || !keeps_records_) throw std::logic_error("this host has no journal to start again from");
    ++crashes_;
    live_.clear();
    inbox_.clear();
    block_.clear();
    recover();
}

void replay_host::recover()
{
    outbox_ = {};
    for (std::size_t i = 0; i < journal_.size(); ++i) outbox_.note(i + 1, note_of(read_record(journal_[i])));
    std::map<std::string, std::map<std::uint64_t, outbox::owed>> in_order(outbox_.effects().begin(),
                                                                          outbox_.effects().end());
    for (const auto& [sender, effects] : in_order) {
        for (const auto& [sequence, owed] : effects) {
            const record r = read_record(journal_[owed.position - 1]);
            for (const auto& e : r.effects)
                if (e.seq == sequence)
                    inbox_.push_back({{e.to,
                                       make_message(document{e.type, e.v, e.data}),
                                       sender,
                                       e.seq,
                                       0,
                                       {},
                                       {read_trace(r.trace).id}},
                                      {}});
        }
    }
    fire_due_timers();
}

void replay_host::passivate_one()
{
    if (live_.empty()) return;
    auto chosen = live_.begin();
    std::advance(chosen, std::uniform_int_distribution<std::size_t>(0, live_.size() - 1)(random_));
    for (const auto& w : block_)
        if (w.entity.path() == chosen->first) return; // has records that are not on disk
    snapshots_[chosen->first] = chosen->second.snapshot();
    live_.erase(chosen);
}

cell& replay_host::live(const entity_ref& entity)
{
    const auto found = live_.find(entity.path());
    if (found != live_.end()) return found->second;
    return live_.emplace(entity.path(), replayed(entity, true)).first->second;
}

cell replay_host::replayed(const entity_ref& entity, bool from_snapshot) const
{
    const auto* kind = kinds_.find(entity.kind());
    if (kind == nullptr) throw std::invalid_argument("no kind of entity for " + entity.path());
    cell c = before_ ? before_->load(entity) : cell(kinds_, *kind, entity);
    const auto snapshot = snapshots_.find(entity.path());
    if (from_snapshot && snapshot != snapshots_.end() && !c.restore(snapshot->second))
        throw std::runtime_error("cannot read the snapshot of " + entity.path());
    const auto records = index_.find(entity.path());
    if (records != index_.end())
        for (const auto i : records->second) c.replay(read_record(journal_[i]));
    return c;
}

entity_view replay_host::view(const entity_ref& entity) { return live(entity).view(); }

std::optional<std::string> replay_host::first_that_differs_from_replay()
{
    for (const auto& path : known_) {
        const entity_ref entity(path);
        const auto now = live(entity).view();
        const auto again = replayed(entity, false).view();
        if (now.revision != again.revision || now.state != again.state)
            return entity.path() + ": lives as " + now.state + " but replays to " + again.state;
    }
    return std::nullopt;
}

} // namespace takt::runtime
