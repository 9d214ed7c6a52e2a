#include "scheduling/shop/tabu_search.hpp"

namespace takt::scheduling::shop {
namespace {

constexpr auto at = instance::at;
constexpr int huge = std::numeric_limits<int>::max();

/// A list as it is without the one at place `here`.
struct list_without {
    const std::vector<int>& list;
    int here;

    int size() const { return static_cast<int>(list.size()) - (here < huge ? 1 : 0); }
    int operator[](int i) const { return list[at(i >= here ? i + 1 : i)]; }
    int before(int i, int none) const { return i > 0 ? (*this)[i - 1] : none; }
    int after(int i, int none) const { return i < size() ? (*this)[i] : none; }
};

} // namespace

template <bool Setups, bool Workers> tabu_search<Setups, Workers>::tabu_search(const instance& shop, std::uint64_t seed)
    : shop_(shop), graph_(shop), estimate_(graph_), random_(seed), flexible_(shop.flexible())
{
}

template <bool Setups, bool Workers>
int tabu_search<Setups, Workers>::run(sequence& s, std::int64_t patience, budget& b, report& r)
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
        if (!Workers) look_along_blocks();
        if (Workers || flexible_) look_at_insertions();
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

template <bool Setups, bool Workers> void tabu_search<Setups, Workers>::look_along_blocks()
{
    for (std::size_t from = 0, to = 0; from < path_.size(); from = to) {
        for (to = from + 1; to < path_.size(); ++to)
            if (graph_.machine[at(path_[to])] != graph_.machine[at(path_[from])] ||
                graph_.nodes[at(path_[to])].machine_before != path_[to - 1])
                break;
        if (to - from > 1) look_into_block(path_.data() + from, static_cast<int>(to - from));
    }
}

template <bool Setups, bool Workers> void tabu_search<Setups, Workers>::look_into_block(const int* block, int size)
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
template <bool Setups, bool Workers> void tabu_search<Setups, Workers>::consider_behind(int o, int last)
{
    const auto& n = graph_.nodes;
    if (n[at(n[at(o)].job_after)].tail > n[at(last)].tail) return;
    consider(estimate_.behind(o, last, limit_), 0, o, graph_.choice[at(o)], graph_.index[at(last)], 0);
}

template <bool Setups, bool Workers> void tabu_search<Setups, Workers>::consider_before(int o, int first)
{
    const auto& n = graph_.nodes;
    if (n[at(n[at(o)].job_before)].end > n[at(first)].end) return;
    consider(estimate_.before(o, first, limit_), 0, o, graph_.choice[at(o)], graph_.index[at(first)], 0);
}

template <bool Setups, bool Workers> void tabu_search<Setups, Workers>::look_at_insertions()
{
    for (const int o : path_) {
        const int ways = shop_.choices(o);
        if (!Workers && ways < 2) continue;
        if (estimate_.without(o) > limit_) continue;
        for (int way = 0; way < ways; ++way)
            if (Workers)
                look_at_machine_and_worker(o, way);
            else if (way != graph_.choice[at(o)])
                look_at_machine(o, way);
    }
}

/// The first place in a list where no path may lead from those behind it to the one before `o` in its job.
template <bool Setups, bool Workers>
int tabu_search<Setups, Workers>::first_safe(const std::vector<int>& list, int here, int o) const
{
    const auto* n = graph_.nodes.data();
    const list_without others{list, here};
    const int job_before = n[o].job_before;
    if (job_before > graph_.none) return 0;
    int low = 0;
    for (int most = others.size(); low < most;) {
        const int middle = (low + most) / 2, x = others[middle];
        if (n[x].tail - n[x].duration < n[job_before].tail)
            most = middle;
        else
            low = middle + 1;
    }
    return low;
}

template <bool Setups, bool Workers> void tabu_search<Setups, Workers>::look_at_machine(int o, int way)
{
    const auto* n = graph_.nodes.data();
    const auto& target = shop_.way(o, way);
    const bool home = target.machine == graph_.machine[at(o)];
    const list_without others{graph_.on_machine[at(target.machine)], home ? graph_.index[at(o)] : huge};
    const int job_after = n[o].job_after, ready = n[n[o].job_before].end;
    const int low = first_safe(others.list, others.here, o);
    int left = others.before(low, graph_.none);
    for (int i = low; i <= others.size(); ++i) {
        // Not behind an operation to which a path may lead from the one after `o` in its job.
        if (i > low && job_after < graph_.none && n[left].end - n[left].duration >= n[job_after].end) break;
        const int right = others.after(i, graph_.none);
        const int start = std::max(ready, n[left].end + graph_.setup(target.machine, left, o));
        const auto [value, second] =
            estimate_.with(o, start, target.duration, right, graph_.setup(target.machine, o, right), graph_.none);
        if (value <= limit_) consider(value, second, o, way, i, 0);
        left = right;
    }
}

/// The two lists are cut at the same time, later and later, so that no path leads from behind to before.
template <bool Setups, bool Workers> void tabu_search<Setups, Workers>::look_at_machine_and_worker(int o, int way)
{
    if constexpr (Workers) {
        const auto* n = graph_.nodes.data();
        const auto& target = shop_.way(o, way);
        const int none = graph_.none, job_after = n[o].job_after, ready = n[n[o].job_before].end;
        const bool same_machine = target.machine == graph_.machine[at(o)],
                   same_worker = target.worker == graph_.worker[at(o)];
        const list_without on_machine{graph_.on_machine[at(target.machine)], same_machine ? graph_.index[at(o)] : huge};
        const list_without on_worker{graph_.on_worker[at(target.worker)],
                                     same_worker ? graph_.worker_index[at(o)] : huge};
        const auto start_of = [&](int x) { return x == none ? huge : graph_.start(x); };
        const int latest = job_after < none ? n[job_after].end : huge;
        int i = first_safe(on_machine.list, on_machine.here, o), k = first_safe(on_worker.list, on_worker.here, o);
        if (i > 0)
            while (k < on_worker.size() && start_of(on_worker[k]) < start_of(on_machine[i - 1])) ++k;
        if (k > 0)
            while (i < on_machine.size() && start_of(on_machine[i]) < start_of(on_worker[k - 1])) ++i;
        for (;;) {
            const int left = on_machine.before(i, none), right = on_machine.after(i, none);
            const int worker_left = on_worker.before(k, none), worker_right = on_worker.after(k, none);
            if (!same_machine || !same_worker || i != on_machine.here || k != on_worker.here) {
                const int start = std::max({ready, estimate_.end_of(worker_left),
                                            estimate_.end_of(left) + graph_.setup(target.machine, left, o)});
                const auto [value, second] = estimate_.with(o, start, target.duration, right,
                                                            graph_.setup(target.machine, o, right), worker_right);
                if (value <= limit_) consider(value, second, o, way, i, k);
            }
            const int next = start_of(right), worker_next = start_of(worker_right);
            if (std::min(next, worker_next) >= latest || (right == none && worker_right == none)) break;
            if (next <= worker_next) ++i;
            if (worker_next <= next) ++k;
        }
    }
}

template <bool Setups, bool Workers>
void tabu_search<Setups, Workers>::consider(int value, int second, int operation, int way, int to, int worker_to)
{
    if (value > limit_) return; // there is a better one
    candidate c{value, second, operation, way, to, worker_to, true};
    c.tabu = value >= best_ && is_tabu(c);
    if (!c.tabu) limit_ = value;
    candidates_.push_back(c);
}

/// Calls `seen` with the pairs of operations that a move turns round, as they are before it.
template <bool Setups, bool Workers> template <class Seen>
void tabu_search<Setups, Workers>::turned_pairs(const candidate& c, Seen seen) const
{
    const int o = c.operation;
    const auto along = [&](const std::vector<int>& list, int from, int to) {
        for (int i = from + 1; i <= to; ++i) seen(o, list[at(i)]);
        for (int i = to; i < from; ++i) seen(list[at(i)], o);
    };
    const auto& target = shop_.way(o, c.way);
    if (target.machine == graph_.machine[at(o)])
        along(graph_.on_machine[at(target.machine)], graph_.index[at(o)], c.to);
    if constexpr (Workers)
        if (target.worker == graph_.worker[at(o)])
            along(graph_.on_worker[at(target.worker)], graph_.worker_index[at(o)], c.worker_to);
}

namespace {

/// Of an operation with a machine and a worker.
std::uint64_t hash_of_way(const instance& shop, int operation, const alternative& a)
{
    return tabu_list::hash(operation, -2 - (a.machine * (shop.workers + 1) + a.worker + 1));
}

std::uint64_t hash_of_any_way(int operation) { return tabu_list::hash(operation, -1); }

bool same_resources(const alternative& a, const alternative& b)
{
    return a.machine == b.machine && a.worker == b.worker;
}

} // namespace

template <bool Setups, bool Workers> bool tabu_search<Setups, Workers>::is_tabu(const candidate& c) const
{
    const auto& target = shop_.way(c.operation, c.way);
    if (!same_resources(target, shop_.way(c.operation, graph_.choice[at(c.operation)])))
        return tabu_.forbids(hash_of_way(shop_, c.operation, target), now_) ||
               (Workers && tabu_.forbids(hash_of_any_way(c.operation), now_));
    bool tabu = false;
    turned_pairs(c, [&](int a, int b) { tabu = tabu || tabu_.forbids(tabu_list::hash(b, a), now_); });
    return tabu;
}

template <bool Setups, bool Workers> void tabu_search<Setups, Workers>::remember(const candidate& c)
{
    constexpr int least = 6, spread = 8;
    const int tenure = least + shop_.jobs / shop_.machines + random_.below(spread);
    const auto& home = shop_.way(c.operation, graph_.choice[at(c.operation)]);
    if (same_resources(home, shop_.way(c.operation, c.way))) {
        turned_pairs(c, [&](int a, int b) { tabu_.forbid(tabu_list::hash(a, b), now_ + tenure); });
        return;
    }
    // Machines times workers are so many ways, most of them as good as the others, that a search could go round in them
    // for long.
    constexpr int longer = 4, rest = 15;
    tabu_.forbid(hash_of_way(shop_, c.operation, home), now_ + (Workers ? longer * tenure : tenure));
    if (Workers) tabu_.forbid(hash_of_any_way(c.operation), now_ + rest + random_.below(2 * rest));
}

/// The best that is not tabu; any, if all are. Those that would close a cycle after all are left out.
template <bool Setups, bool Workers> bool tabu_search<Setups, Workers>::choose_and_move()
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
        if (graph_.move(c.operation, c.way, c.to, c.worker_to)) return true;
        candidates_.erase(candidates_.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
    return false;
}

template class tabu_search<false, false>;
template class tabu_search<true, false>;
template class tabu_search<false, true>;
template class tabu_search<true, true>;

} // namespace takt::scheduling::shop
