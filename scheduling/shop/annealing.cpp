#include "scheduling/shop/annealing.hpp"

#include <algorithm>
#include <cmath>

namespace takt::scheduling::shop {
namespace {

constexpr auto at = instance::at;

} // namespace

annealing::annealing(const instance& shop, objective goal, std::uint64_t seed)
    : shop_(shop), random_(seed), table_(shop, goal)
{
}

/// What a neighbour that is worse costs on the average: the scale of temperatures.
double annealing::usual_loss(budget& b)
{
    constexpr int samples = 200;
    const auto here = table_.value();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < samples && b.next(); ++i) {
        if (!propose()) continue;
        const auto there = table_.value();
        if (there > here) sum += static_cast<double>(there - here), ++count;
        table_.undo();
    }
    return count > 0 ? sum / count : 1;
}

std::int64_t annealing::cool(sequence& s, double heat, std::int64_t length, budget& b, report& r)
{
    constexpr int between_looks = 128;
    constexpr double share = 0.08, least = 0.2, range = 250;
    table_.load(s);
    changed_ = true;
    auto here = table_.value(), best = here;
    s = table_.now();
    r.found(best, s);
    const double begin = b.used(), loss_here = usual_loss(b);
    const double coldest = std::max(least, loss_here / range), hottest = std::max(coldest, heat * loss_here);
    double temperature = hottest;
    for (std::int64_t i = 0; b.next() && !r.proved(); ++i) {
        if (i % between_looks == 0) {
            const double steps = static_cast<double>(i) / static_cast<double>(length);
            const double part = std::max(steps, (b.used() - begin) / share);
            if (part >= 1) break;
            temperature = hottest * std::pow(coldest / hottest, part);
        }
        if (!propose()) continue;
        const auto loss = static_cast<double>(table_.value() - here);
        if (loss > 0 && random_.fraction() >= std::exp(-loss / temperature)) {
            table_.undo();
            continue;
        }
        table_.keep();
        changed_ = true;
        here = table_.value();
        if (here >= best) continue;
        best = here;
        s = table_.now();
        r.found(best, s);
    }
    return best;
}

/// Changes the sequence a little; false if this time it did not.
bool annealing::propose()
{
    // What was taken back has left the chain as it was; but there may be others.
    if (changed_ || (random_.bits() & 3U) == 0) table_.chain(chain_, random_);
    changed_ = false;
    if (chain_.empty()) return false;
    // With operators a start may also hang on who was given to whom before: now and then anything is tried.
    if (shop_.operators > 0 && (random_.bits() & 7U) == 0) return exchange_neighbours();
    if (shop_.flexible() && (random_.bits() & 1U)) return change_choice();
    return exchange();
}

/// Somebody goes behind one that waits for it; or that one goes before.
bool annealing::exchange()
{
    held_.clear();
    for (std::size_t i = 0; i + 1 < chain_.size(); ++i)
        if (table_.job(chain_[i]) != table_.job(chain_[i + 1])) held_.push_back(static_cast<int>(i));
    if (held_.empty()) return false;
    std::size_t later = at(held_[at(random_.below(static_cast<int>(held_.size())))]), sooner = later + 1;
    // Sometimes farther along the same machine.
    const int machine = table_.machine(chain_[later]);
    while (sooner + 1 < chain_.size() && table_.machine(chain_[sooner + 1]) == machine && (random_.bits() & 3U) == 0)
        ++sooner;
    const int first = table_.place(chain_[sooner]), last = table_.place(chain_[later]);
    if (random_.bits() & 1U)
        table_.put_behind(first, last);
    else
        table_.put_before(first, last);
    return true;
}

/// Any two that stand next to each other in the order, of different jobs.
bool annealing::exchange_neighbours()
{
    if (shop_.operations() < 2) return false;
    const int first = random_.below(shop_.operations() - 1);
    const auto& order = table_.now().order;
    if (table_.job(order[at(first)]) == table_.job(order[at(first + 1)])) return false;
    table_.put_behind(first, first + 1);
    return true;
}

/// An operation of the chain is performed otherwise, sooner or later than now.
bool annealing::change_choice()
{
    const int o = chain_[at(random_.below(static_cast<int>(chain_.size())))];
    const int ways = shop_.choices(o);
    if (ways < 2) return false;
    const int here = table_.place(o), size = shop_.operations();
    const bool begins = o == 0 || table_.job(o - 1) != table_.job(o);
    const bool ends = o + 1 == size || table_.job(o + 1) != table_.job(o);
    const int low = begins ? 0 : table_.place(o - 1) + 1, high = ends ? size - 1 : table_.place(o + 1) - 1;
    const int to = low + random_.below(high - low + 1);
    const int way = (table_.now().choice[at(o)] + 1 + random_.below(ways - 1)) % ways;
    if (to > here)
        table_.put_behind(here, to, o, way);
    else
        table_.put_before(to, here, o, way);
    return true;
}

} // namespace takt::scheduling::shop
