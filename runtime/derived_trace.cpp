#include "runtime/derived.hpp"
#include "runtime/lines.hpp"

/// Traces: found by their index, read from the journal, forgotten when they are old.
namespace takt::runtime {
namespace {

constexpr std::size_t look_back_blocks = 256;
constexpr std::string_view timer_prefix = "timer/";

/// Plant time of a block.
std::optional<instant> time_of(const persistence::store& disk, std::uint64_t position)
{
    const auto block = disk.block(position);
    if (!block) return std::nullopt;
    return read_record(std::string_view(*block).substr(0, block->find('\n'))).at;
}

/// The first block that is not before `when`: blocks stand in the order of time.
std::uint64_t first_since(const persistence::store& disk, instant when)
{
    std::uint64_t low = 1, high = disk.last_position() + 1;
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        const auto at = time_of(disk, middle);
        if (at && *at < when)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace

traced derived::trace(const trace_id& id, std::size_t limit) const
{
    std::vector<std::uint64_t> positions;
    {
        const std::shared_lock lock(state_mutex_); // with the scan inside, so that no checkpoint moves between the two
        positions = traces_.positions_of(id, disk_);
    }
    const auto wanted = "\"trace\":\"" + to_text(id);
    traced found;
    std::uint64_t first = 0;
    for (const auto position : positions) {
        const auto block = disk_.block(position);
        if (!block) continue;
        for_each_line(*block, [&](std::string_view line) {
            if (line.find(wanted) == std::string_view::npos) return true;
            record r = read_record(line);
            if (read_trace(r.trace).id != id) return true; // somebody's text
            found.more = found.records.size() == limit;
            if (found.more) return false;
            if (found.records.empty()) first = position;
            found.records.push_back(std::move(r));
            return true;
        });
        if (found.more) break;
    }
    if (!found.records.empty()) found.started_by = that_armed(found.records.front(), first);
    return found;
}

/// The record that armed the timer which `fired`: among the entity's last ones before it.
std::optional<record> derived::that_armed(const record& fired, std::uint64_t position) const
{
    if (!fired.by.starts_with(timer_prefix)) return std::nullopt;
    auto positions = positions_of(fired.entity.path());
    std::erase_if(positions, [&](std::uint64_t p) { return p > position; });
    if (positions.size() > look_back_blocks)
        positions.erase(positions.begin(), positions.end() - std::ptrdiff_t{look_back_blocks});
    const auto start = line_start(fired.entity.path());
    const auto timer = "\"id\":" + std::to_string(fired.seq) + ',';
    std::optional<record> armed;
    for (auto p = positions.rbegin(); p != positions.rend() && !armed; ++p) {
        const auto block = disk_.block(*p);
        if (!block) continue;
        for_each_line(*block, [&](std::string_view line) {
            if (!line.starts_with(start) || line.find(timer) == std::string_view::npos) return true;
            record r = read_record(line);
            for (const auto& t : r.timers)
                if (t.id == fired.seq) armed = r;
            return !armed;
        });
    }
    return armed;
}

/// Once a day of plant time.
void derived::forget_old_traces()
{
    const auto now = clock_.now();
    if (now - traces_forgotten_at_ < std::chrono::hours(24)) return;
    traces_forgotten_at_ = now;
    const auto before = first_since(disk_, now - bounds_.traces_for);
    if (before <= 1) return;
    if (const auto why = trace_index::forget(disk_, before)) out_.failed(*why);
}

} // namespace takt::runtime
