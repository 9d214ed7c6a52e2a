#include "scheduling/shop/annealing.hpp"

#include <algorithm>
#include <cmath>

namespace takt::scheduling::shop {
namespace {

constexpr auto at = instance::at;

} // namespace

annealing::annealing(const instance& shop, objective goal, std::uint64_t seed)
    : shop_(shop),
      goal_(goal),
      random_(seed),
      job_(jobs_of_operations(shop)),
      place_(job_.size()),
      start_(job_.size()),
      end_(job_.size()),
      waits_for_(job_.size()),
      machine_free_(at(shop.machines)),
      machine_last_(at(shop.machines)),
      worker_free_(at(shop.workers)),
      worker_last_(at(shop.workers)),
      operator_free_(at(shop.operators)),
      operator_last_(at(shop.operators))
{
    for (int j = 0; j < shop.jobs; ++j) last_of_job_.push_back(shop.job_begin[at(j) + 1] - 1);
}

void annealing::load(const sequence& s)
{
    now_ = s;
    for (std::size_t i = 0; i < now_.order.size(); ++i) place_[at(now_.order[i])] = static_cast<int>(i);
}

/// Starts and ends of the sequence, and what each operation waits for. The value.
std::int64_t annealing::decode()
{
    job_free_.assign(at(shop_.jobs), 0);
    if (!shop_.release.empty()) job_free_ = shop_.release;
    std::fill(machine_free_.begin(), machine_free_.end(), 0);
    std::fill(machine_last_.begin(), machine_last_.end(), -1);
    std::fill(worker_free_.begin(), worker_free_.end(), 0);
    std::fill(worker_last_.begin(), worker_last_.end(), -1);
    std::fill(operator_free_.begin(), operator_free_.end(), 0);
    std::fill(operator_last_.begin(), operator_last_.end(), -1);
    const bool setups = shop_.setup_kinds > 0, operators = shop_.operators > 0;
    for (const int o : now_.order) {
        const auto& way = shop_.way(o, now_.choice[at(o)]);
        const std::size_t j = at(job_[at(o)]), m = at(way.machine);
        int start = job_free_[j];
        int waits_for = o > 0 && job_[at(o - 1)] == job_[at(o)] ? o - 1 : -1;
        int free = machine_free_[m];
        if (setups && machine_last_[m] >= 0)
            free +=
                shop_.setup[(m * at(shop_.setup_kinds) + at(shop_.kind[at(machine_last_[m])])) * at(shop_.setup_kinds) +
                            at(shop_.kind[at(o)])];
        if (free > start) start = free, waits_for = machine_last_[m];
        if (way.worker >= 0) {
            const std::size_t w = at(way.worker);
            if (worker_free_[w] > start) start = worker_free_[w], waits_for = worker_last_[w];
            worker_free_[w] = start + way.duration;
            worker_last_[w] = o;
        }
        if (operators && way.duration > 0) {
            const std::size_t p = at(operator_place(start));
            if (operator_free_[p] > start) start = operator_free_[p], waits_for = operator_last_[p];
            operator_free_[p] = start + way.duration;
            operator_last_[p] = o;
        }
        start_[at(o)] = start;
        waits_for_[at(o)] = waits_for;
        end_[at(o)] = job_free_[j] = machine_free_[m] = start + way.duration;
        machine_last_[m] = o;
    }
    return value();
}

/// The operator who has been free for the shortest time at `start`, or who is free first.
int annealing::operator_place(int start) const
{
    std::size_t best = 0;
    for (std::size_t i = 1; i < operator_free_.size(); ++i) {
        const int free = operator_free_[i], least = operator_free_[best];
        if (free <= start ? least > start || free > least : free < least) best = i;
    }
    return static_cast<int>(best);
}

std::int64_t annealing::value() const
{
    std::int64_t sum = 0;
    if (goal_ == objective::makespan) {
        for (const int free : job_free_) sum = std::max<std::int64_t>(sum, free);
        return sum;
    }
    if (shop_.due.empty()) return 0;
    for (std::size_t j = 0; j < job_free_.size(); ++j)
        if (job_free_[j] > shop_.due[j])
            sum += (shop_.weight.empty() ? 1 : shop_.weight[j]) * (std::int64_t{job_free_[j]} - shop_.due[j]);
    return sum;
}

/// What a neighbour that is worse costs on the average: the scale of temperatures.
double annealing::usual_loss(budget& b)
{
    constexpr int samples = 200;
    const auto here = decode();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < samples && b.next(); ++i) {
        if (!propose()) continue;
        const auto there = decode();
        if (there > here) sum += static_cast<double>(there - here), ++count;
        undo();
        decode();
    }
    return count > 0 ? sum / count : 1;
}

std::int64_t annealing::cool(sequence& s, double heat, std::int64_t length, budget& b, report& r)
{
    constexpr int between_looks = 128;
    constexpr double share = 0.08, least = 0.2, range = 250;
    load(s);
    auto here = decode(), best = here;
    r.found(best, s);
    sort_by_start();
    const double begin = b.used(), loss_here = usual_loss(b);
    const double coldest = std::max(least, loss_here / range), hottest = std::max(coldest, heat * loss_here);
    double temperature = hottest;
    bool current = false; // whether ends are those of `now_`
    for (std::int64_t i = 0; b.next() && !r.proved(); ++i) {
        if (i % between_looks == 0) {
            const double steps = static_cast<double>(i) / static_cast<double>(length);
            const double part = std::max(steps, (b.used() - begin) / share);
            if (part >= 1) break;
            temperature = hottest * std::pow(coldest / hottest, part);
        }
        if (!current) decode();
        current = true;
        if (!propose()) continue;
        const auto there = decode();
        const auto loss = static_cast<double>(there - here);
        if (loss > 0 && random_.fraction() >= std::exp(-loss / temperature)) {
            undo();
            current = false;
            continue;
        }
        here = there;
        if (here < best) {
            best = here;
            s = now_;
            r.found(best, s);
        }
        sort_by_start();
        if (shop_.operators > 0) here = decode();
    }
    return best;
}

/// The operations that hold each other up before the end of the plan, or of one of the tardy jobs.
void annealing::find_chain()
{
    int o = -1, equal = 0;
    const auto longest = *std::max_element(job_free_.begin(), job_free_.end());
    for (std::size_t j = 0; j < job_free_.size(); ++j) {
        const bool matters =
            goal_ == objective::makespan ? job_free_[j] == longest : !shop_.due.empty() && job_free_[j] > shop_.due[j];
        if (matters && last_of_job_[j] >= shop_.job_begin[j] && random_.below(++equal) == 0) o = last_of_job_[j];
    }
    chain_.clear();
    for (; o >= 0; o = waits_for_[at(o)]) chain_.push_back(o);
}

/// Changes the sequence a little; false if this time it did not.
bool annealing::propose()
{
    find_chain();
    if (chain_.empty()) return false;
    if (shop_.flexible() && (random_.bits() & 1U)) return change_choice();
    return exchange();
}

/// Somebody goes behind one that waits for it; or that one goes before.
bool annealing::exchange()
{
    held_.clear();
    for (std::size_t i = 0; i + 1 < chain_.size(); ++i)
        if (job_[at(chain_[i])] != job_[at(chain_[i + 1])]) held_.push_back(static_cast<int>(i));
    if (held_.empty()) return false;
    std::size_t later = at(held_[at(random_.below(static_cast<int>(held_.size())))]), sooner = later + 1;
    const auto machine = [&](std::size_t i) { return shop_.way(chain_[i], now_.choice[at(chain_[i])]).machine; };
    // Sometimes farther along the same machine.
    while (sooner + 1 < chain_.size() && machine(sooner + 1) == machine(later) && (random_.bits() & 3U) == 0) ++sooner;
    const int first = place_[at(chain_[sooner])], last = place_[at(chain_[later])];
    if (random_.bits() & 1U)
        put_behind(first, last);
    else
        put_before(first, last);
    return true;
}

void annealing::keep(int first, int last)
{
    changed_from_ = first;
    changed_operation_ = -1;
    old_part_.assign(now_.order.begin() + first, now_.order.begin() + last + 1);
}

void annealing::undo()
{
    int i = changed_from_;
    for (const int o : old_part_) {
        now_.order[at(i)] = o;
        place_[at(o)] = i++;
    }
    if (changed_operation_ >= 0) now_.choice[at(changed_operation_)] = old_choice_;
}

/// The operation at place `first` goes behind that at `last`, and so do those of its job between.
void annealing::put_behind(int first, int last)
{
    keep(first, last);
    const int job = job_[at(old_part_.front())];
    int to = first;
    for (const bool own : {false, true})
        for (const int o : old_part_)
            if ((job_[at(o)] == job) == own) {
                now_.order[at(to)] = o;
                place_[at(o)] = to++;
            }
}

void annealing::put_before(int first, int last)
{
    keep(first, last);
    const int job = job_[at(old_part_.back())];
    int to = first;
    for (const bool own : {true, false})
        for (const int o : old_part_)
            if ((job_[at(o)] == job) == own) {
                now_.order[at(to)] = o;
                place_[at(o)] = to++;
            }
}

/// An operation of the chain is performed otherwise, sooner or later than now.
bool annealing::change_choice()
{
    const int o = chain_[at(random_.below(static_cast<int>(chain_.size())))];
    const int ways = shop_.choices(o);
    if (ways < 2) return false;
    const int here = place_[at(o)], size = static_cast<int>(now_.order.size());
    const bool begins = o == 0 || job_[at(o - 1)] != job_[at(o)];
    const bool ends = o + 1 == size || job_[at(o + 1)] != job_[at(o)];
    const int low = begins ? 0 : place_[at(o - 1)] + 1, high = ends ? size - 1 : place_[at(o + 1)] - 1;
    const int to = low + random_.below(high - low + 1);
    if (to > here)
        put_behind(here, to);
    else
        put_before(to, here);
    const int old = now_.choice[at(o)];
    now_.choice[at(o)] = (old + 1 + random_.below(ways - 1)) % ways;
    changed_operation_ = o;
    old_choice_ = old;
    return true;
}

/// Decoding gives the same starts, and neighbours in time are neighbours in the order.
void annealing::sort_by_start()
{
    auto& order = now_.order;
    for (std::size_t i = 1; i < order.size(); ++i) {
        const int o = order[i], start = start_[at(o)];
        std::size_t to = i;
        for (; to > 0 && start_[at(order[to - 1])] > start; --to) order[to] = order[to - 1];
        order[to] = o;
    }
    for (std::size_t i = 0; i < order.size(); ++i) place_[at(order[i])] = static_cast<int>(i);
}

} // namespace takt::scheduling::shop
