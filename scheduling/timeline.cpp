#include "scheduling/timeline.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <stdexcept>

namespace takt::scheduling {
namespace {

constexpr std::size_t most_in_block = 64;

} // namespace

timeline::place timeline::first_after(time_ms at) const
{
    const auto b = std::partition_point(blocks_.begin(), blocks_.end(),
                                        [&](const block& one) { return one.all.back().end <= at; });
    place p{static_cast<std::size_t>(b - blocks_.begin()), 0};
    if (b == blocks_.end()) return p;
    const auto i =
        std::partition_point(b->all.begin(), b->all.end(), [&](const booking& one) { return one.end <= at; });
    p.index = static_cast<std::size_t>(i - b->all.begin());
    return p;
}

void timeline::step(place& p) const
{
    if (++p.index < blocks_[p.block].all.size()) return;
    ++p.block;
    p.index = 0;
}

const timeline::booking* timeline::previous(place p) const
{
    if (p.index > 0) return &blocks_[p.block].all[p.index - 1];
    return p.block > 0 ? &blocks_[p.block - 1].all.back() : nullptr;
}

timeline::gap timeline::free_from(time_ms t, time_ms work) const
{
    auto p = first_after(t);
    bool whole_gap = false; // whether t is where the gap before p begins
    while (!at_end(p)) {
        if (whole_gap && p.index == 0 && blocks_[p.block].widest < work) {
            t = blocks_[p.block].all.back().end;
            ++p.block;
            continue;
        }
        const auto& next = at(p);
        const bool enough = whole_gap ? next.room >= work : next.start > t && own_->between(t, next.start) >= work;
        if (enough) break;
        t = next.end;
        whole_gap = true;
        step(p);
    }
    gap found;
    found.start = t;
    if (const auto* before = previous(p)) found.before = before->run;
    if (at_end(p)) return found;
    found.end = at(p).start;
    found.after = at(p).run;
    found.after_end = at(p).end;
    return found;
}

/// After a change at or before p: how much is free before what stands there.
void timeline::measure(place p)
{
    if (at_end(p)) return;
    const auto* before = previous(p);
    auto& b = blocks_[p.block];
    b.all[p.index].room = own_->between(before != nullptr ? before->end : -forever, b.all[p.index].start);
    b.widest = 0;
    for (const auto& one : b.all) b.widest = std::max(b.widest, one.room);
}

void timeline::split(std::size_t b)
{
    auto& full = blocks_[b].all;
    block rest;
    const auto half = full.begin() + static_cast<std::ptrdiff_t>(full.size() / 2);
    rest.all.reserve(most_in_block);
    rest.all.assign(half, full.end());
    full.erase(half, full.end());
    blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(b) + 1, std::move(rest));
    measure({b, 0});
    measure({b + 1, 0});
}

void timeline::insert(time_ms start, time_ms end, int run)
{
    if (blocks_.empty()) blocks_.emplace_back();
    const auto later = [](const booking& one, const std::pair<time_ms, time_ms>& key) {
        return std::pair{one.start, one.end} <= key;
    };
    const std::pair key{start, end};
    auto b = std::partition_point(blocks_.begin(), blocks_.end(),
                                  [&](const block& one) { return !one.all.empty() && later(one.all.back(), key); });
    if (b == blocks_.end()) --b;
    const auto i =
        std::partition_point(b->all.begin(), b->all.end(), [&](const booking& one) { return later(one, key); });
    place p{static_cast<std::size_t>(b - blocks_.begin()), static_cast<std::size_t>(i - b->all.begin())};
    b->all.insert(i, booking{start, end, 0, run});
    measure(p);
    auto next = p;
    step(next);
    measure(next);
    if (b->all.size() >= most_in_block) split(p.block);
}

timeline::place timeline::find(time_ms start, int run) const
{
    const auto b = std::partition_point(blocks_.begin(), blocks_.end(),
                                        [&](const block& one) { return one.all.back().start < start; });
    place p{static_cast<std::size_t>(b - blocks_.begin()), 0};
    if (!at_end(p)) {
        const auto i =
            std::partition_point(b->all.begin(), b->all.end(), [&](const booking& one) { return one.start < start; });
        p.index = static_cast<std::size_t>(i - b->all.begin());
    }
    while (!at_end(p) && at(p).run != run && at(p).start == start) step(p);
    if (at_end(p) || at(p).run != run) throw std::logic_error("a booking is not where it was made");
    return p;
}

void timeline::erase(time_ms start, int run)
{
    auto p = find(start, run);
    auto& all = blocks_[p.block].all;
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(p.index));
    if (all.empty()) {
        blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(p.block));
        p.index = 0;
    } else if (p.index == all.size()) {
        measure({p.block, 0}); // the widest may be gone
        ++p.block;
        p.index = 0;
    }
    measure(p);
}

void timeline::insert_running(time_ms start, time_ms end, int run)
{
    std::vector<booking> met;
    for_each([&](const booking& one) {
        if (one.start < end && start < one.end) met.push_back(one);
    });
    for (const auto& one : met) {
        erase(one.start, one.run);
        start = std::min(start, one.start);
        end = std::max(end, one.end);
    }
    insert(start, end, met.empty() ? run : met.front().run);
}

int timeline::before(time_ms start, int run) const
{
    const auto* found = previous(find(start, run));
    return found == nullptr ? -1 : found->run;
}

int timeline::after(time_ms start, int run) const
{
    auto p = find(start, run);
    step(p);
    return at_end(p) ? -1 : at(p).run;
}

} // namespace takt::scheduling
