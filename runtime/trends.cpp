#include "runtime/trends.hpp"
#include "messages/core/log.hpp"

#include <algorithm>
#include <cmath>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace takt::runtime {
namespace {

using std::chrono::hours;

constexpr auto look_every = std::chrono::milliseconds(20);
constexpr auto write_every = std::chrono::seconds(5);
constexpr std::size_t changes_most = 5000; ///< in one write
constexpr int good_quality = 192;
constexpr int less_right = 10; ///< nice value
/// A device whose clock is ahead by more is not believed.
constexpr milliseconds future_most = hours(24);

std::int64_t floor_to(std::int64_t ms, std::int64_t step) { return ms - ms % step; }

std::uint64_t parts_begin()
{
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count());
}

} // namespace

trends::trends(persistence::store& disk, const limits& bounds, const plant_clock& clock)
    : disk_(disk), bounds_(bounds), clock_(clock), next_part_(parts_begin())
{
    load_names();
    thread_ = std::thread([this] { run(); });
}

trends::~trends() { stop(); }

void trends::stop()
{
    {
        const std::lock_guard lock(queue_mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void trends::load_names()
{
    disk_.scan_keys(persistence::family::trends, "n", [&](std::string_view key, std::string_view number) {
        const auto nul = key.find('\0');
        auto& t =
            make(entity_ref(std::string(key.substr(1, nul - 1))), std::string(key.substr(nul + 1)), number_of(number));
        if (const auto stored = disk_.get(persistence::family::trends, latest_key(t.number)))
            if (const auto latest = persistence::decode_block(*stored); latest && !latest->empty())
                t.latest = latest->front();
        return true;
    });
}

void trends::offer(const entity_ref& source, std::vector<scada::sample>&& some)
{
    const auto count = some.size();
    {
        const std::lock_guard lock(queue_mutex_);
        if (queued_ + count <= bounds_.trend_queue_most && !stopping_) {
            queued_ += count;
            queue_.push_back({source, std::move(some)});
            return;
        }
    }
    lost_ += count;
}

void trends::run()
{
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), less_right);
    auto next_write = std::chrono::steady_clock::now() + write_every;
    bool last = false;
    while (!last) {
        std::vector<batch> some;
        {
            std::unique_lock lock(queue_mutex_);
            wake_.wait_for(lock, look_every, [this] { return stopping_; });
            last = stopping_;
            some.swap(queue_);
            queued_ = 0;
        }
        take_in(std::move(some));
        if (!last && std::chrono::steady_clock::now() < next_write) continue;
        next_write = std::chrono::steady_clock::now() + write_every;
        write_all();
        forget_old();
    }
}

void trends::take_in(std::vector<batch> some)
{
    for (auto& b : some) {
        const std::lock_guard lock(series_mutex_);
        auto& known = by_source_[b.source.path()];
        const auto now = clock_.now();
        for (const auto& s : b.samples) take_in(known, b.source, s, now);
    }
}

void trends::take_in(tags& known, const entity_ref& source, const scada::sample& s, instant now)
{
    const bool too_old = s.at.ms < 0 || s.at < now - milliseconds(bounds_.samples_for);
    auto* t = std::isfinite(s.value) && !too_old && s.at < now + future_most ? find(known, source, s.tag) : nullptr;
    if (t == nullptr) {
        ++lost_;
        return;
    }
    const persistence::point p{s.at, s.value, std::clamp(s.quality, 0, 65'535)};
    if (t->latest && *t->latest == p) return; // told twice
    ++stored_;
    if (!t->waits) waiting_.push_back(t);
    t->waits = true;
    if (!t->latest || t->latest->at <= p.at) {
        t->latest = p;
        t->latest_dirty = true;
    } else {
        ++late_;
    }
    add_point(*t, p);
    if (p.quality < good_quality) return;
    add_sums(*t, trend_step::minute, p);
    add_sums(*t, trend_step::hour, p);
}

trend_series* trends::find(tags& known, const entity_ref& source, const std::string& tag)
{
    for (auto* t : known)
        if (t->tag == tag) return t;
    if (series_.size() >= bounds_.trend_tags_most || tag.empty() || tag.size() > longest_key) return nullptr;
    const auto number = static_cast<std::uint32_t>(series_.size() + 1);
    if (disk_.write({{persistence::family::trends, name_key(source.path(), tag), number_text(number)}})) return nullptr;
    return &make(source, tag, number);
}

/// Numbers are given in order, so that those of tags from before are below the next.
trend_series& trends::make(const entity_ref& source, const std::string& tag, std::uint32_t number)
{
    auto& t = *series_.emplace_back(std::make_unique<trend_series>());
    t.number = number;
    t.source = source.path();
    t.tag = tag;
    by_source_[source.path()].push_back(&t);
    return t;
}

void trends::add_point(trend_series& t, const persistence::point& p)
{
    const auto window = floor_to(p.at.ms, sample_window_ms);
    auto found = std::find_if(t.parts.rbegin(), t.parts.rend(), [&](const auto& part) {
        return part.window == window && part.points.size() < part_points_most;
    });
    if (found == t.parts.rend()) {
        t.parts.push_back({window, next_part_++, true, {}});
        found = t.parts.rbegin();
    }
    auto& points = found->points;
    found->dirty = true;
    if (points.empty() || points.back().at <= p.at) return points.push_back(p);
    points.insert(
        std::upper_bound(points.begin(), points.end(), p, [](const auto& a, const auto& b) { return a.at < b.at; }), p);
}

/// Something of the same step may be stored already: it is added when this is written first.
void trends::add_sums(trend_series& t, trend_step step, const persistence::point& p)
{
    const auto i = static_cast<std::size_t>(step);
    const auto begin = floor_to(p.at.ms, trend_step_ms[i]);
    auto& steps = t.steps[i];
    auto found = std::find_if(steps.rbegin(), steps.rend(), [&](const auto& s) { return s.begin == begin; });
    if (found == steps.rend()) {
        steps.push_back({begin, true, true, {}});
        found = steps.rbegin();
    }
    found->dirty = true;
    found->sums.add(p.value, p.at.ms - begin);
}

void trends::gather(trend_series& t, std::vector<persistence::change>& changes)
{
    t.waits = false;
    std::int64_t newest = 0;
    for (const auto& part : t.parts) newest = std::max(newest, part.window);
    for (auto& part : t.parts) {
        if (part.dirty)
            changes.push_back({persistence::family::samples, samples_key(t.number, part.window, part.number),
                               persistence::encode_block(part.points)});
        part.dirty = false;
    }
    std::erase_if(t.parts,
                  [&](const auto& part) { return part.window != newest || part.points.size() >= part_points_most; });
    gather_sums(t, trend_step::minute, changes);
    gather_sums(t, trend_step::hour, changes);
    if (t.latest_dirty)
        changes.push_back({persistence::family::trends, latest_key(t.number), persistence::encode_block({*t.latest})});
    t.latest_dirty = false;
}

void trends::gather_sums(trend_series& t, trend_step step, std::vector<persistence::change>& changes)
{
    auto& steps = t.steps[static_cast<std::size_t>(step)];
    std::int64_t newest = 0;
    for (auto& s : steps) {
        newest = std::max(newest, s.begin);
        if (!s.dirty) continue;
        const auto key = rollup_key(t.number, step, s.begin);
        if (s.alone) add_stored(s.sums, key);
        s.alone = false;
        changes.push_back({persistence::family::trends, key, encode_sums(s.sums)});
        s.dirty = false;
    }
    std::erase_if(steps, [&](const auto& s) { return s.begin != newest; });
}

void trends::add_stored(trend_sums& sums, const std::string& key) const
{
    if (const auto stored = disk_.get(persistence::family::trends, key))
        if (const auto before = decode_sums(*stored)) sums.add(*before);
}

void trends::write_all()
{
    std::vector<persistence::change> changes;
    std::vector<trend_series*> some;
    {
        const std::lock_guard lock(series_mutex_);
        some.swap(waiting_);
    }
    for (auto* t : some) {
        {
            const std::lock_guard lock(series_mutex_);
            gather(*t, changes);
        }
        if (changes.size() >= changes_most) write_some(std::exchange(changes, {}));
    }
    if (!changes.empty()) write_some(std::move(changes));
}

void trends::write_some(std::vector<persistence::change> changes)
{
    if (const auto failed = disk_.write(changes)) log_error("trends_not_written", {{"reason", *failed}});
}

/// Once a day of plant time; a range costs little to erase, but each is looked at by every read until it is compacted.
void trends::forget_old()
{
    const auto now = clock_.now();
    if (now - forgotten_before_ < hours(24)) return;
    forgotten_before_ = now;
    std::size_t count = 0;
    {
        const std::lock_guard lock(series_mutex_);
        count = series_.size();
    }
    const auto before = [&](hours kept) { return std::max<std::int64_t>(0, (now - milliseconds(kept)).ms); };
    for (std::uint32_t tag = 1; tag <= count; ++tag) {
        const auto window = floor_to(before(bounds_.samples_for), sample_window_ms);
        disk_.erase_range(persistence::family::samples, samples_key(tag, 0, 0), samples_key(tag, window, 0));
        disk_.erase_range(persistence::family::trends, rollup_key(tag, trend_step::minute, 0),
                          rollup_key(tag, trend_step::minute, before(bounds_.minutes_for)));
        disk_.erase_range(persistence::family::trends, rollup_key(tag, trend_step::hour, 0),
                          rollup_key(tag, trend_step::hour, before(bounds_.hours_for)));
    }
}

trend_counters trends::counted() const { return {stored_, lost_, late_}; }

} // namespace takt::runtime
