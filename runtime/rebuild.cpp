#include "runtime/derived_codec.hpp"
#include "runtime/lines.hpp"
#include "runtime/trace_index.hpp"
#include "runtime/verify.hpp"

namespace takt::runtime {
namespace {

using persistence::change;
using persistence::family;

constexpr std::uint64_t blocks_between_traces = 10'000;

/// Writes in pieces, so that a journal of any length is rebuilt in bounded batches.
class batched_changes {
public:
    explicit batched_changes(persistence::store& disk) : disk_(disk) {}
    void add(change c)
    {
        changes_.push_back(std::move(c));
        if (changes_.size() >= 512) flush();
    }
    void flush()
    {
        if (const auto why = disk_.write(changes_)) throw std::runtime_error("cannot write derived data: " + *why);
        changes_.clear();
    }

private:
    persistence::store& disk_;
    std::vector<change> changes_;
};

} // namespace

std::size_t rebuild(persistence::store& disk, const kind_registry& kinds)
{
    disk.drop_derived();
    outbox owed;
    std::map<std::string, cell> entities;
    std::map<std::string, std::vector<std::uint64_t>> index;
    std::uint64_t last = 0;
    trace_index traces;
    batched_changes out(disk);
    const auto write_traces = [&] {
        std::vector<change> some;
        traces.add_changes(some);
        for (auto& c : some) out.add(std::move(c));
        traces.written();
    };
    disk.scan(1, [&](std::uint64_t position, std::string_view block) {
        for_each_line(block, [&](std::string_view line) {
            const record r = read_record(line);
            const auto* kind = kinds.find(r.entity.kind());
            if (kind == nullptr) throw std::runtime_error("this program knows no kind of " + r.entity.path());
            entities.try_emplace(r.entity.path(), kinds, *kind, r.entity).first->second.replay(r);
            auto& positions = index[r.entity.path()];
            if (positions.empty() || positions.back() != position) positions.push_back(position);
            const auto note = note_of(r);
            owed.note(position, note);
            if (note.trace) traces.note(note.trace, position);
            return true;
        });
        last = position;
        if (position % blocks_between_traces == 0) write_traces();
        return true;
    });

    write_traces();
    for (const auto& [path, c] : entities) out.add({family::snapshots, path, c.snapshot()});
    for (const auto& [path, positions] : index) out.add(index_entry(path, positions));
    for (const auto& [sender, effects] : owed.effects())
        for (const auto& [sequence, what] : effects)
            out.add({family::outbox, effect_key(sender, sequence), effect_value(what)});
    for (const auto& [key, timer] : owed.timers())
        out.add({family::outbox, timer_key(key.first, key.second), timer_value({key.second, timer.id, timer.due})});
    out.add({family::meta, "floor", std::to_string(last + 1)});
    out.add({family::meta, "derived_position", std::to_string(last)});
    out.flush();
    return entities.size();
}

} // namespace takt::runtime
