#include <algorithm>
#include <map>

#include "runtime/trends.hpp"

/// Reading trends: what is written, with what still waits to be.
namespace takt::runtime {
namespace {

std::int64_t floor_to(std::int64_t ms, std::int64_t step) { return ms - ms % step; }

scada::sample sample_of(const entity_ref& source, const std::string& tag, const persistence::point& p)
{
    return {source, tag, p.value, p.at, p.quality};
}

/// Parts of one window after the other, put in order of time; until there are enough.
class window_reader {
public:
    window_reader(instant from, instant to, std::size_t most) : from_(from), to_(to), most_(most) {}

    /// False when there are enough. Windows rise.
    bool take(std::int64_t window, const std::vector<persistence::point>& points)
    {
        if (window != window_) close();
        window_ = window;
        for (const auto& p : points)
            if (from_ <= p.at && p.at < to_) open_.push_back(p);
        return found_.size() < most_;
    }

    std::vector<persistence::point> all()
    {
        close();
        if (found_.size() > most_) found_.resize(most_);
        return std::move(found_);
    }

private:
    void close()
    {
        std::stable_sort(open_.begin(), open_.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        open_.erase(std::unique(open_.begin(), open_.end()), open_.end()); // told twice
        found_.insert(found_.end(), open_.begin(), open_.end());
        open_.clear();
    }

    instant from_, to_;
    std::size_t most_;
    std::int64_t window_ = -1;
    std::vector<persistence::point> open_, found_;
};

} // namespace

trend_series* trends::find(const entity_ref& source, const std::string& tag)
{
    const auto known = by_source_.find(source.path());
    if (known == by_source_.end()) return nullptr;
    for (auto* t : known->second)
        if (t->tag == tag) return t;
    return nullptr;
}

std::vector<scada::sample> trends::samples(const entity_ref& source, const std::string& tag, instant from, instant to,
                                           std::size_t limit)
{
    using points = std::vector<persistence::point>;
    std::map<std::string, points> waiting; // by key: newer than what is written there
    std::uint32_t number = 0;
    from.ms = std::max<std::int64_t>(0, from.ms);
    {
        const std::lock_guard lock(series_mutex_);
        const auto* t = find(source, tag);
        if (t == nullptr) return {};
        number = t->number;
        for (const auto& part : t->parts) waiting[samples_key(number, part.window, part.number)] = part.points;
    }
    window_reader found(from, to, limit);
    auto next = waiting.begin();
    const auto take_waiting = [&](std::string_view before) {
        for (; next != waiting.end() && next->first < before; ++next)
            if (!found.take(window_of(next->first), next->second)) return false;
        return true;
    };
    const auto first = samples_key(number, floor_to(from.ms, sample_window_ms), 0);
    const auto last = samples_key(number, std::max(from, to).ms, 0);
    while (next != waiting.end() && next->first < first) ++next;
    disk_.scan_range(persistence::family::samples, first, last, [&](std::string_view key, std::string_view block) {
        if (!take_waiting(key)) return false;
        if (next != waiting.end() && next->first == key) return true;
        const auto stored = persistence::decode_block(block);
        return !stored || found.take(window_of(key), *stored);
    });
    take_waiting(last);
    std::vector<scada::sample> all;
    for (const auto& p : found.all()) all.push_back(sample_of(source, tag, p));
    return all;
}

std::vector<scada::rollup> trends::rollups(const entity_ref& source, const std::string& tag, instant from, instant to,
                                           milliseconds each, std::size_t limit)
{
    const auto step = each.count() % trend_step_ms[1] == 0 ? trend_step::hour : trend_step::minute;
    std::map<std::int64_t, trend_sums> found; // by the beginning of what is asked for
    std::uint32_t number = 0;
    from.ms = std::max<std::int64_t>(0, from.ms);
    const auto wanted = [&](std::int64_t begin) { return from.ms <= begin && begin < to.ms; };
    {
        const std::lock_guard lock(series_mutex_);
        const auto* t = find(source, tag);
        if (t == nullptr) return {};
        number = t->number;
        for (auto s : t->steps[static_cast<std::size_t>(step)]) {
            if (!wanted(s.begin)) continue;
            if (s.alone) add_stored(s.sums, rollup_key(number, step, s.begin));
            found[s.begin] = s.sums;
        }
    }
    std::map<std::int64_t, trend_sums> summed;
    disk_.scan_range(persistence::family::trends, rollup_key(number, step, from.ms),
                     rollup_key(number, step, std::max(from, to).ms), [&](std::string_view key, std::string_view text) {
                         const auto begin = begin_of(key);
                         const auto stored = decode_sums(text);
                         if (stored && !found.contains(begin)) summed[floor_to(begin, each.count())].add(*stored);
                         return summed.size() <= limit;
                     });
    for (const auto& [begin, sums] : found) summed[floor_to(begin, each.count())].add(sums);
    std::vector<scada::rollup> all;
    for (const auto& [begin, sums] : summed)
        if (all.size() < limit) all.push_back(sums.rollup({begin}));
    return all;
}

std::vector<scada::sample> trends::latest(const entity_ref& source)
{
    std::vector<scada::sample> all;
    {
        const std::lock_guard lock(series_mutex_);
        const auto known = by_source_.find(source.path());
        if (known == by_source_.end()) return all;
        for (const auto* t : known->second)
            if (t->latest) all.push_back(sample_of(source, t->tag, *t->latest));
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.tag < b.tag; });
    return all;
}

} // namespace takt::runtime
