#include "scheduling/hours.hpp"

#include <algorithm>

namespace takt::scheduling {

working_hours::working_hours(calendar when) : when_(std::move(when))
{
    if (when_.empty()) when_.push_back({-forever, forever});
    time_ms sum = 0;
    for (const auto& i : when_) {
        before_.push_back(sum);
        sum += i.end - i.start;
    }
}

std::size_t working_hours::first_after(time_ms at) const
{
    if (when_.size() == 1) return at < when_.front().end ? 0 : 1;
    const auto first =
        std::upper_bound(when_.begin(), when_.end(), at, [](time_ms t, const interval& i) { return t < i.end; });
    return static_cast<std::size_t>(first - when_.begin());
}

time_ms working_hours::until(time_ms at) const
{
    const auto i = first_after(at);
    if (i == when_.size()) return before_.back() + when_.back().end - when_.back().start;
    return before_[i] + std::max<time_ms>(0, at - when_[i].start);
}

bool working_hours::within_one(time_ms from, time_ms to) const
{
    const auto i = first_after(from);
    return from >= to || (i < when_.size() && when_[i].start <= from && to <= when_[i].end);
}

std::optional<std::size_t> working_hours::spend(std::size_t i, time_ms& at, time_ms duration) const
{
    for (; i < when_.size(); ++i) {
        at = std::max(at, when_[i].start);
        const time_ms left = when_[i].end - at;
        if (duration <= left) {
            at += duration;
            return i;
        }
        duration -= left;
        at = when_[i].end;
    }
    return std::nullopt;
}

std::optional<working_hours::stretch> working_hours::work(time_ms at, time_ms setup, time_ms run, bool whole) const
{
    auto i = first_after(at);
    while (whole && i < when_.size() && std::max(at, when_[i].start) + setup + run > when_[i].end) ++i;
    if (i == when_.size()) return std::nullopt;

    stretch done;
    time_ms t = std::max(at, when_[i].start);
    done.start = t;
    const auto set_up = spend(i, t, setup);
    if (!set_up) return std::nullopt;
    done.setup_end = t;
    if (!spend(*set_up, t, run)) return std::nullopt;
    done.end = t;
    return done;
}

calendar intersection(const calendar& a, const calendar& b)
{
    calendar both;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        const interval shared{std::max(a[i].start, b[j].start), std::min(a[i].end, b[j].end)};
        if (shared.start < shared.end) both.push_back(shared);
        if (a[i].end < b[j].end)
            ++i;
        else
            ++j;
    }
    return both;
}

calendar in_order(calendar when)
{
    const auto disjoint = [&] {
        for (std::size_t i = 0; i < when.size(); ++i)
            if (when[i].end < when[i].start || (i > 0 && when[i].start < when[i - 1].end)) return false;
        return true;
    };
    if (disjoint()) return when;
    const auto last = when.back().end;
    std::sort(when.begin(), when.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
    calendar all;
    for (const auto& i : when) {
        if (i.end <= i.start) continue;
        if (!all.empty() && i.start <= all.back().end)
            all.back().end = std::max(all.back().end, i.end);
        else
            all.push_back(i);
    }
    if (all.empty()) all.push_back({last, last});
    return all;
}

namespace {

calendar meeting(const calendar& a, const calendar& b)
{
    if (a.empty() || b.empty()) return a.empty() ? b : a;
    auto both = intersection(a, b);
    if (both.empty()) both.push_back({a.back().end, a.back().end}); // never, which is not always
    return both;
}

} // namespace

shared_hours::shared_hours() : all_{calendar{}} {}

int shared_hours::number_of(const calendar& when)
{
    auto found = std::find(all_.begin(), all_.end(), when);
    if (found == all_.end()) found = all_.insert(all_.end(), when);
    return static_cast<int>(found - all_.begin());
}

void shared_hours::meet_all()
{
    count_ = all_.size();
    pairs_.assign(count_ * count_, nullptr);
    for (std::size_t a = 0; a < count_; ++a) {
        for (std::size_t b = a; b < count_; ++b) {
            if (a == b)
                met_.emplace_back(all_[a]);
            else
                met_.emplace_back(meeting(all_[a], all_[b]));
            pairs_[a * count_ + b] = pairs_[b * count_ + a] = &met_.back();
        }
    }
}

} // namespace takt::scheduling
