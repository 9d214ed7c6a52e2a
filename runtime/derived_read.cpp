#include "messages/core/document.hpp"
#include "runtime/derived.hpp"
#include "runtime/derived_codec.hpp"
#include "runtime/lines.hpp"

/// What is asked of derived data, and how it is found again at a start.
namespace takt::runtime {

using persistence::family;

std::set<std::string> derived::entities() const
{
    std::set<std::string> all;
    const std::shared_lock lock(state_mutex_);
    disk_.scan_keys(family::index, {}, [&](std::string_view key, std::string_view) {
        all.emplace_hint(all.end(), key.substr(0, key.find('\0')));
        return true;
    });
    for (const auto& [path, beyond] : beyond_) all.insert(path);
    return all;
}

outbox derived::owed() const
{
    const std::shared_lock lock(state_mutex_);
    return outbox_;
}

std::optional<milliseconds> derived::oldest_effect() const
{
    std::uint64_t oldest = ~0ULL;
    {
        const std::shared_lock lock(state_mutex_);
        for (const auto& [sender, effects] : outbox_.effects())
            oldest = std::min(oldest, effects.begin()->second.position);
    }
    if (oldest == ~0ULL) return std::nullopt;
    const auto block = disk_.block(oldest);
    if (!block) return std::nullopt;
    return clock_.now() - read_record(std::string_view(*block).substr(0, block->find('\n'))).at;
}

std::uint64_t derived::timers_overdue() const
{
    const std::shared_lock lock(state_mutex_);
    const auto late = clock_.now() - std::chrono::duration_cast<milliseconds>(std::chrono::seconds(1) * clock_.speed());
    return outbox_.due(late, std::numeric_limits<std::size_t>::max()).size();
}

std::vector<std::uint64_t> derived::positions_of(const std::string& path) const
{
    std::vector<std::uint64_t> all;
    const std::shared_lock lock(state_mutex_); // with the scan inside, so that no checkpoint moves between the two
    disk_.scan_keys(family::index, path + '\0', [&](std::string_view, std::string_view value) {
        read_index_entry(value, all);
        return true;
    });
    if (const auto found = beyond_.find(path); found != beyond_.end())
        for (const auto p : found->second.fresh)
            if (all.empty() || p > all.back()) all.push_back(p);
    return all;
}

void derived::records_of(const entity_ref& entity, const std::function<bool(const record&, std::uint64_t)>& each) const
{
    const std::string start = line_start(entity.path());
    for (const auto position : positions_of(entity.path())) {
        const auto block = disk_.block(position);
        if (!block) throw std::runtime_error("the journal has lost block " + std::to_string(position));
        bool more = true;
        for_each_line(*block, [&](std::string_view line) {
            if (!line.starts_with(start)) return true;
            return more = each(read_record(line), position);
        });
        if (!more) return;
    }
}

std::vector<fact> derived::history(const entity_ref& entity, std::uint64_t after, std::size_t limit) const
{
    std::vector<fact> found;
    for (const auto position : positions_of(entity.path())) {
        const auto block = disk_.block(position);
        if (!block) throw std::runtime_error("the journal has lost block " + std::to_string(position));
        for (auto& f : facts_of(position, *block)) {
            if (f.entity != entity || f.revision <= after) continue;
            if (found.size() == limit) return found;
            found.push_back(std::move(f));
        }
    }
    return found;
}

/// The tail first: a snapshot that is written in between then only covers more of it.
cell derived::load(const entity_ref& entity) const
{
    const auto tail = tail_of(entity);
    return replayed(entity, tail, disk_.get(family::snapshots, entity.path()));
}

std::vector<derived::tail_record> derived::tail_of(const entity_ref& entity) const
{
    const std::shared_lock lock(state_mutex_);
    const auto found = beyond_.find(entity.path());
    return found == beyond_.end() ? std::vector<tail_record>() : found->second.tail;
}

cell derived::replayed(const entity_ref& entity, const std::vector<tail_record>& tail,
                       const std::optional<std::string>& snapshot) const
{
    const auto* kind = kinds_.find(entity.kind());
    if (kind == nullptr) throw std::runtime_error("no kind of entity for " + entity.path());
    cell c(kinds_, *kind, entity);
    if (snapshot && !c.restore(*snapshot)) {
        records_of(entity, [&](const record& r, std::uint64_t) { // an older program's state: the journal tells it again
            c.replay(r);
            return true;
        });
        return c;
    }
    const std::string start = line_start(entity.path());
    const auto replay = [&](std::string_view line) {
        if (!line.starts_with(start)) return true;
        c.replay(read_record(line));
        return true;
    };
    for (const auto& t : tail) {
        if (!t.line.empty()) {
            replay(t.line);
        } else if (const auto block = disk_.block(t.position)) {
            for_each_line(*block, replay);
        }
    }
    return c;
}

/// Listed kinds: from their snapshots and the records after them.
void derived::load_rows()
{
    const auto put = [&](const entity_ref& entity, const cell& c) {
        if (auto v = c.view(); v.revision > 0) rows_.put(entity, v.revision, std::move(v.state));
    };
    for (const auto& kind : kinds_.all()) {
        if (!kind->listed) continue;
        const auto prefix = std::string(kind->name) + '/';
        disk_.scan_keys(family::snapshots, prefix, [&](std::string_view path, std::string_view snapshot) {
            const entity_ref entity{std::string(path)};
            put(entity, replayed(entity, tail_of(entity), std::string(snapshot)));
            return true;
        });
    }
    for (const auto& [path, beyond] : beyond_) {
        const entity_ref entity(path);
        const auto* kind = kinds_.find(entity.kind());
        if (kind != nullptr && kind->listed && !rows_.contains(entity)) put(entity, load(entity));
    }
}

void derived::recover(const std::function<void(envelope)>& owed)
{
    const auto number = [&](std::string_view name, std::uint64_t otherwise) {
        const auto text = disk_.get(family::meta, name);
        return text ? std::stoull(*text) : otherwise;
    };
    const std::uint64_t known = number("derived_position", 0);
    floor_ = number("floor", 1);
    load_outbox(disk_, outbox_);
    disk_.scan(std::min<std::uint64_t>(floor_, known + 1), [&](std::uint64_t position, std::string_view block) {
        for_each_line(block, [&](std::string_view line) {
            const auto what = note_of_line(line);
            if (position > known) {
                note(position, what, std::string(line));
            } else { // owed and indexed already; only its entity has no snapshot yet
                auto& tail = beyond_[what.entity.path()].tail;
                if (tail.empty()) laggards_.push_back({what.entity.path(), position, ++counter_});
                tail.push_back({position, std::string(line), false});
            }
            return true;
        });
        position_ = position;
        return true;
    });
    position_ = std::max<std::uint64_t>(position_, known);
    load_rows();
    std::map<std::string, std::map<std::uint64_t, outbox::owed>> in_order(outbox_.effects().begin(),
                                                                          outbox_.effects().end());
    for (const auto& [sender, effects] : in_order) {
        for (const auto& [sequence, what] : effects) {
            const auto block = disk_.block(what.position);
            if (!block) continue;
            for_each_line(*block, [&, &from = sender, wanted = sequence](std::string_view line) {
                if (!line.starts_with(line_start(from))) return true;
                const record r = read_record(line);
                for (const auto& e : r.effects)
                    if (e.seq == wanted)
                        owed({e.to,
                              make_message(document{e.type, e.v, e.data}),
                              from,
                              e.seq,
                              0,
                              {},
                              {read_trace(r.trace).id}});
                return true;
            });
        }
    }
}

} // namespace takt::runtime
