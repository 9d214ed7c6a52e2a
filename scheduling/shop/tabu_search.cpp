#include "scheduling/shop/tabu_search.hpp"

namespace takt::scheduling::shop {
namespace {

constexpr auto at = instance::at;
constexpr int huge = std::numeric_limits<int>::max();

} // namespace

template <bool Setups> tabu_search<Setups>::tabu_search(const instance& shop, std::uint64_t seed)
    : shop_(shop), graph_(shop), random_(seed), flexible_(shop.flexible())
{
}

template <bool Setups> int tabu_search<Setups>::run(sequence& s, std::int64_t patience, budget& b, report& r)
{
    graph_.load(s);
    s = graph_.save();
    best_ = graph_.makespan();
    r.found(best_, s);
    tabu_.clear();
    for (std::int64_t idle = 0; idle < patience && !r.proved() && b.next(); ++idle) {
        ++now_;
        graph_.critical_path(path_, random_);
        candidates_.clear();
        limit_ = huge;
        look_along_blocks();
        if (flexible_) look_at_insertions();
        if (!choose_and_move()) break; // the critical path is one job, or one machine that nothing can change
        const int length = graph_.makespan();
        if (length >= best_) continue;
        best_ = length;
        s = graph_.save();
        r.found(best_, s);
        idle = -1;
    }
    return best_;
}

template <bool Setups> void tabu_search<Setups>::look_along_blocks()
{
    for (std::size_t from = 0, to = 0; from < path_.size(); from = to) {
        for (to = from + 1; to < path_.size(); ++to)
            if (graph_.machine[at(path_[to])] != graph_.machine[at(path_[from])] ||
                graph_.nodes[at(path_[to])].machine_before != path_[to - 1])
                break;
        if (to - from > 1) look_into_block(path_.data() + from, static_cast<int>(to - from));
    }
}

template <bool Setups> void tabu_search<Setups>::look_into_block(const int* block, int size)
{
    const int first = block[0], last = block[size - 1];
    for (int i = 0; i + 1 < size; ++i) consider_behind(block[i], last);
    if (size == 2) return; // the same exchange again
    for (int i = 1; i < size; ++i) consider_before(block[i], first);
    for (int i = 2; i + 1 < size; ++i) consider_behind(first, block[i]);
    for (int i = 1; i + 2 < size; ++i) consider_before(last, block[i]);
    if (!Setups) return;
    // With setups the order inside a block matters too.
    for (int i = 1; i + 1 < size; ++i)
        for (int j = i + 1; j + 1 < size; ++j) {
            consider_behind(block[i], block[j]);
            if (j > i + 1) consider_before(block[j], block[i]);
        }
}

/// There is no path from what follows `o` in its job to `last` if that one's tail is at least as long (a path would
/// make it shorter). Then `o` can go behind it without a cycle.
template <bool Setups> void tabu_search<Setups>::consider_behind(int o, int last)
{
    const auto& n = graph_.nodes;
    if (n[at(n[at(o)].job_after)].tail > n[at(last)].tail) return;
    const int value = behind(o, last);
    consider(value, 0, o, graph_.choice[at(o)], graph_.index[at(last)]);
}

template <bool Setups> void tabu_search<Setups>::consider_before(int o, int first)
{
    const auto& n = graph_.nodes;
    if (n[at(n[at(o)].job_before)].end > n[at(first)].end) return;
    const int value = before(o, first);
    consider(value, 0, o, graph_.choice[at(o)], graph_.index[at(first)]);
}

/// The longest path through what moves if `o` goes behind `last`, by the ends and tails of what does not move.
template <bool Setups> int tabu_search<Setups>::behind(int o, int last)
{
    const auto* n = graph_.nodes.data();
    const int on = graph_.machine[at(o)];
    const int* list = graph_.on_machine[at(on)].data();
    const int from = graph_.index[at(o)], to = graph_.index[at(last)];
    head_.resize(at(to - from) + 1);
    int left = n[o].machine_before, end = n[left].end;
    for (int i = from + 1; i <= to; ++i) {
        const int x = list[i];
        const int start = std::max(n[n[x].job_before].end, end + graph_.setup(on, left, x));
        head_[at(i - from)] = start;
        end = start + n[x].duration;
        left = x;
    }
    const int start = std::max(n[n[o].job_before].end, end + graph_.setup(on, last, o));
    const int next = n[last].machine_after;
    int tail = n[o].duration + std::max(n[n[o].job_after].tail, n[next].tail + graph_.setup(on, o, next));
    int value = start + tail;
    int right = o;
    for (int i = to; i > from && value <= limit_; --i) {
        const int x = list[i];
        tail = n[x].duration + std::max(n[n[x].job_after].tail, tail + graph_.setup(on, x, right));
        value = std::max(value, head_[at(i - from)] + tail);
        right = x;
    }
    return value;
}

template <bool Setups> int tabu_search<Setups>::before(int o, int first)
{
    const auto* n = graph_.nodes.data();
    const int on = graph_.machine[at(o)];
    const int* list = graph_.on_machine[at(on)].data();
    const int from = graph_.index[at(first)], to = graph_.index[at(o)];
    head_.resize(at(to - from) + 1);
    int right = n[o].machine_after, tail = n[right].tail;
    for (int i = to - 1; i >= from; --i) {
        const int x = list[i];
        tail = n[x].duration + std::max(n[n[x].job_after].tail, tail + graph_.setup(on, x, right));
        head_[at(i - from)] = tail;
        right = x;
    }
    tail = n[o].duration + std::max(n[n[o].job_after].tail, tail + graph_.setup(on, o, first));
    int left = n[first].machine_before;
    int end = n[o].duration + std::max(n[n[o].job_before].end, n[left].end + graph_.setup(on, left, o));
    int value = end - n[o].duration + tail;
    left = o;
    for (int i = from; i < to && value <= limit_; ++i) {
        const int x = list[i];
        const int start = std::max(n[n[x].job_before].end, end + graph_.setup(on, left, x));
        value = std::max(value, start + head_[at(i - from)]);
        end = start + n[x].duration;
        left = x;
    }
    return value;
}

/// An operation that leaves its machine leaves a path past it on the machine, and one in its job. That the ends of what
/// comes after it would be earlier without it is not counted, nor are other longest paths.
template <bool Setups> void tabu_search<Setups>::look_at_insertions()
{
    const auto* n = graph_.nodes.data();
    for (const int o : path_) {
        const int ways = shop_.choices(o);
        if (ways < 2) continue;
        const int left = n[o].machine_before, right = n[o].machine_after;
        const int past = n[left].end + n[right].tail + graph_.setup(graph_.machine[at(o)], left, right);
        without_ = std::max(past, n[n[o].job_before].end + n[n[o].job_after].tail);
        if (without_ > limit_) continue;
        for (int way = 0; way < ways; ++way)
            if (way != graph_.choice[at(o)]) look_at_machine(o, way);
    }
}

template <bool Setups> void tabu_search<Setups>::look_at_machine(int o, int way)
{
    const auto* n = graph_.nodes.data();
    const auto& target = shop_.way(o, way);
    const auto& list = graph_.on_machine[at(target.machine)];
    const bool home = target.machine == graph_.machine[at(o)];
    const int here = home ? graph_.index[at(o)] : huge;
    const int size = static_cast<int>(list.size()) - (home ? 1 : 0);
    const auto nth = [&](int i) { return list[at(i >= here ? i + 1 : i)]; };
    const int job_before = n[o].job_before, job_after = n[o].job_after;
    const int ready = n[job_before].end, after = n[job_after].tail;
    int low = 0;
    // Not before an operation from which a path may lead to the one before `o` in its job.
    if (job_before < graph_.none)
        for (int most = size; low < most;) {
            const int middle = (low + most) / 2, x = nth(middle);
            if (n[x].tail - n[x].duration < n[job_before].tail)
                most = middle;
            else
                low = middle + 1;
        }
    int left = low > 0 ? nth(low - 1) : graph_.none;
    for (int i = low; i <= size; ++i) {
        // Not behind an operation to which a path may lead from the one after `o` in its job.
        if (i > low && job_after < graph_.none && n[left].end - n[left].duration >= n[job_after].end) break;
        const int right = i < size ? nth(i) : graph_.none;
        const int start = std::max(ready, n[left].end + graph_.setup(target.machine, left, o));
        const int tail = std::max(after, n[right].tail + graph_.setup(target.machine, o, right));
        const int through = start + target.duration + tail;
        consider(std::max(without_, through), through, o, way, i);
        left = right;
    }
}

template <bool Setups> void tabu_search<Setups>::consider(int value, int second, int operation, int way, int to)
{
    candidate c{value, second, operation, way, to, true};
    if (value <= limit_) {
        c.tabu = value >= best_ && is_tabu(c);
        if (!c.tabu) limit_ = value;
    }
    candidates_.push_back(c);
}

template <bool Setups> bool tabu_search<Setups>::is_tabu(const candidate& c) const
{
    const int target = shop_.way(c.operation, c.way).machine, from = graph_.index[at(c.operation)];
    if (target != graph_.machine[at(c.operation)])
        return tabu_.forbids(tabu_list::hash(c.operation, -2 - target), now_);
    const int* list = graph_.on_machine[at(target)].data();
    for (int i = from + 1; i <= c.to; ++i)
        if (tabu_.forbids(tabu_list::hash(list[i], c.operation), now_)) return true;
    for (int i = c.to; i < from; ++i)
        if (tabu_.forbids(tabu_list::hash(c.operation, list[i]), now_)) return true;
    return false;
}

template <bool Setups> void tabu_search<Setups>::remember(const candidate& c)
{
    constexpr int least = 6, spread = 8;
    const std::int64_t until = now_ + least + shop_.jobs / shop_.machines + random_.below(spread);
    const int target = shop_.way(c.operation, c.way).machine, home = graph_.machine[at(c.operation)];
    const int from = graph_.index[at(c.operation)];
    if (target != home) {
        tabu_.forbid(tabu_list::hash(c.operation, -2 - home), until);
        return;
    }
    const int* list = graph_.on_machine[at(home)].data();
    for (int i = from + 1; i <= c.to; ++i) tabu_.forbid(tabu_list::hash(c.operation, list[i]), until);
    for (int i = c.to; i < from; ++i) tabu_.forbid(tabu_list::hash(list[i], c.operation), until);
}

/// The best that is not tabu; any, if all are. Those that would close a cycle after all are left out.
template <bool Setups> bool tabu_search<Setups>::choose_and_move()
{
    while (!candidates_.empty()) {
        std::size_t chosen = candidates_.size();
        int equal = 0;
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            const auto& c = candidates_[i];
            if (c.tabu) continue;
            const auto key = std::pair(c.value, c.second);
            if (chosen < candidates_.size()) {
                const auto& b = candidates_[chosen];
                if (key > std::pair(b.value, b.second)) continue;
                equal = key == std::pair(b.value, b.second) ? equal + 1 : 1;
            } else {
                equal = 1;
            }
            if (random_.below(equal) == 0) chosen = i;
        }
        if (chosen == candidates_.size()) chosen = at(random_.below(static_cast<int>(candidates_.size())));
        const candidate c = candidates_[chosen];
        remember(c);
        if (graph_.move(c.operation, c.way, c.to)) return true;
        candidates_.erase(candidates_.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
    return false;
}

template class tabu_search<false>;
template class tabu_search<true>;

} // namespace takt::scheduling::shop
