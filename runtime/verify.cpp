#include "runtime/verify.hpp"

#include <set>

#include "actors/laws/plant_laws.hpp"
#include "runtime/cell_codec.hpp"
#include "runtime/lines.hpp"
#include "runtime/outbox.hpp"

namespace takt::runtime {
namespace {

using laws::finding;
using persistence::family;

/// Effects, as the journal tells of them: each handled by whom it was sent to, once, in the order of sending.
class deliveries {
public:
    explicit deliveries(const kind_registry& kinds) : kinds_(kinds) {}

    void see(const record& r, std::uint64_t position)
    {
        if (!r.by.empty() && kinds_.find(std::string_view(r.by).substr(0, r.by.find('/'))) != nullptr)
            handled(r, position);
        for (const auto& e : r.effects) {
            sent_[{r.entity.path(), e.seq}] = e;
            ++found_.checked;
        }
    }

    const std::map<std::pair<std::string, std::uint64_t>, recorded_effect>& under_way() const { return sent_; }
    finding result() const { return found_; }

private:
    void handled(const record& r, std::uint64_t position)
    {
        const auto sent = sent_.find({r.by, r.seq});
        const auto said = r.by + " sent it as number " + std::to_string(r.seq);
        if (sent == sent_.end()) {
            found_.violated({r.entity, position, "handled an effect twice, or one that was never sent: " + said});
        } else if (sent->second.to != r.entity || sent->second.type != r.command) {
            if (r.command != "unreadable")
                found_.violated({r.entity, position, "handled what was for " + sent->second.to.path() + ": " + said});
        }
        auto& last = last_[{r.by, r.entity.path()}];
        if (r.seq <= last) found_.violated({r.entity, position, "handled an effect out of order: " + said});
        last = r.seq;
        if (sent != sent_.end()) sent_.erase(sent);
    }

    const kind_registry& kinds_;
    finding found_{"every effect is delivered once, in order", 0, 0, {}};
    std::map<std::pair<std::string, std::uint64_t>, recorded_effect> sent_;
    std::map<std::pair<std::string, std::string>, std::uint64_t> last_;
};

/// Every entity twice: from its first record on, and from its snapshot on. Both must come to the same.
class replays {
public:
    replays(const persistence::store& disk, const kind_registry& kinds) : kinds_(kinds)
    {
        disk.scan_keys(family::snapshots, {}, [&](std::string_view path, std::string_view snapshot) {
            const entity_ref entity{std::string(path)};
            const auto* kind = kinds.find(entity.kind());
            if (kind == nullptr) return true;
            cell c(kinds, *kind, entity);
            if (c.restore(snapshot)) from_snapshot_.emplace(entity.path(), std::move(c));
            return true;
        });
    }

    void see(const record& r, std::uint64_t position)
    {
        const auto* kind = kinds_.find(r.entity.kind());
        ++found_.checked;
        if (kind == nullptr) return found_.violated({r.entity, position, "this program knows no such kind of entity"});
        auto [full, fresh] = from_start_.try_emplace(r.entity.path(), kinds_, *kind, r.entity);
        try {
            full->second.replay(r);
            if (full->second.records() != r.n)
                found_.violated({r.entity, position, "record " + std::to_string(r.n) + " stands twice"});
            if (const auto some = from_snapshot_.find(r.entity.path()); some != from_snapshot_.end())
                some->second.replay(r);
        } catch (const std::exception& broken) {
            found_.violated({r.entity, position, broken.what()});
        }
    }

    finding result()
    {
        for (const auto& [path, c] : from_snapshot_) {
            ++found_.checked;
            const auto full = from_start_.find(path);
            if (full == from_start_.end())
                found_.violated({entity_ref(path), 0, "has a snapshot but no record"});
            else if (full->second.view().state != c.view().state || full->second.records() != c.records())
                found_.violated(
                    {entity_ref(path), 0,
                     "its snapshot leads to " + c.view().state + ", its records to " + full->second.view().state});
        }
        return found_;
    }
    std::size_t entities() const { return from_start_.size(); }

private:
    const kind_registry& kinds_;
    std::map<std::string, cell> from_start_, from_snapshot_;
    finding found_{"states are what their events make of them", 0, 0, {}};
};

} // namespace

verification verify(const persistence::store& disk, const kind_registry& kinds)
{
    verification v;
    laws::plant_laws plant;
    deliveries effects(kinds);
    replays entities(disk, kinds);
    finding journal{"the journal has no gap", 0, 0, {}};
    std::uint64_t expected = 1;
    disk.scan(1, [&](std::uint64_t position, std::string_view block) {
        ++journal.checked;
        if (position != expected) journal.violated({{}, position, "block " + std::to_string(expected) + " is missing"});
        expected = position + 1;
        ++v.blocks;
        std::uint64_t ordinal = 0;
        for_each_line(block, [&](std::string_view line) {
            const record r = read_record(line);
            ++v.records;
            const auto at = position << 20U | ordinal;
            effects.see(r, at);
            entities.see(r, at);
            const auto* kind = kinds.find(r.entity.kind());
            for (const auto& e : r.events) {
                ++v.events;
                const auto* ops = kind == nullptr ? nullptr : kind->find_event(e.type);
                if (ops == nullptr) continue;
                if (auto event = ops->type->read(e.data, e.v, strictness::from_storage))
                    plant.see({position << 20U | ordinal++, r.entity, r.at, std::move(*event)});
            }
            return true;
        });
        return true;
    });
    for (const auto& [who, e] : effects.under_way()) {
        const auto* kind = kinds.find(e.to.kind());
        if (kind == nullptr) continue;
        if (const auto command = read_command(*kind, {e.type, e.v, e.data})) plant.under_way(e.to, *command);
    }
    v.effects_under_way = effects.under_way().size();
    v.entities = entities.entities();
    v.laws = plant.findings();
    v.laws.push_back(effects.result());
    v.laws.push_back(entities.result());
    v.laws.push_back(journal);
    for (const auto& l : v.laws) v.ok = v.ok && l.violations == 0;
    return v;
}

boost::json::object to_json_object(const verification& v)
{
    boost::json::array laws;
    for (const auto& l : v.laws) {
        boost::json::object law{{"name", l.name}, {"checked", l.checked}, {"violations", l.violations}};
        if (l.first)
            law.emplace("first", boost::json::object{{"entity", l.first->entity.path()},
                                                     {"event", l.first->position},
                                                     {"detail", l.first->detail}});
        laws.emplace_back(std::move(law));
    }
    return {{"ok", v.ok},
            {"blocks", v.blocks},
            {"records", v.records},
            {"events", v.events},
            {"entities", v.entities},
            {"effects_under_way", v.effects_under_way},
            {"laws", std::move(laws)}};
}

} // namespace takt::runtime
