#include "scheduling/shop/check.hpp"

#include <algorithm>
#include <map>

namespace takt::scheduling::shop {
namespace {

/// An operation as it is carried out.
struct run {
    int job, step, machine, worker, operation;
    std::int64_t start, end;
};

std::string name(const run& r) { return "job " + std::to_string(r.job) + " operation " + std::to_string(r.step); }

std::string time(std::int64_t t) { return std::to_string(t); }

class checker {
public:
    checker(const instance& shop, const plan& p, std::size_t most) : shop_(shop), plan_(p), most_(most) {}

    std::vector<std::string> findings()
    {
        if (complete()) {
            jobs();
            resources(
                "machine", [](const run& r) { return r.machine; }, true);
            if (shop_.workers > 0)
                resources(
                    "worker", [](const run& r) { return r.worker; }, false);
            if (shop_.operators > 0) operators();
        }
        return std::move(found_);
    }

private:
    void report(const std::string& finding)
    {
        if (found_.size() < most_) found_.push_back(finding);
    }

    bool complete()
    {
        const auto operations = static_cast<std::size_t>(shop_.operations());
        if (plan_.choice.size() != operations || plan_.start.size() != operations) {
            report("the plan has " + std::to_string(plan_.start.size()) + " operations, the problem " +
                   std::to_string(operations));
            return false;
        }
        for (int job = 0; job < shop_.jobs; ++job)
            for (int o = shop_.job_begin.at(static_cast<std::size_t>(job)), step = 0;
                 o < shop_.job_begin.at(static_cast<std::size_t>(job) + 1); ++o, ++step) {
                const auto i = static_cast<std::size_t>(o);
                run r{job, step, 0, -1, o, plan_.start[i], 0};
                const int first = shop_.alternative_begin.at(i), last = shop_.alternative_begin.at(i + 1);
                if (plan_.choice[i] < 0 || plan_.choice[i] >= last - first) {
                    report(name(r) + " takes alternative " + std::to_string(plan_.choice[i]) + " of " +
                           std::to_string(last - first));
                    return false;
                }
                const auto& taken = shop_.alternatives.at(static_cast<std::size_t>(first + plan_.choice[i]));
                r.machine = taken.machine;
                r.worker = taken.worker;
                r.end = r.start + taken.duration;
                runs_.push_back(r);
            }
        return true;
    }

    void jobs()
    {
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            const auto& r = runs_[i];
            const std::int64_t release = shop_.release.empty() ? 0 : shop_.release.at(static_cast<std::size_t>(r.job));
            if (r.start < 0) report(name(r) + " starts at " + time(r.start) + ", before 0");
            if (r.start < release)
                report(name(r) + " starts at " + time(r.start) + ", before its job's release at " + time(release));
            if (r.step > 0 && r.start < runs_[i - 1].end)
                report(name(r) + " starts at " + time(r.start) + ", before " + name(runs_[i - 1]) + " ends at " +
                       time(runs_[i - 1].end));
        }
    }

    template <class Resource> void resources(const std::string& kind, Resource resource_of, bool with_setups)
    {
        std::map<int, std::vector<run>> uses;
        for (const auto& r : runs_) uses[resource_of(r)].push_back(r);
        for (auto& [resource, list] : uses) {
            std::stable_sort(list.begin(), list.end(), [](const run& a, const run& b) {
                return std::pair(a.start, a.end) < std::pair(b.start, b.end);
            });
            if (with_setups && shop_.setup_kinds > 0) order_moments(resource, list);
            for (std::size_t i = 1; i < list.size(); ++i) {
                const auto& before = list[i - 1];
                const auto& after = list[i];
                const std::int64_t change = with_setups ? setup(resource, before, after) : 0;
                if (after.start < before.end + change)
                    report(kind + " " + std::to_string(resource) + ": " + name(after) + " starts at " +
                           time(after.start) + ", but " + name(before) + " ends at " + time(before.end) +
                           (change > 0 ? " and the setup takes " + time(change) : ""));
            }
        }
    }

    /// Operations without duration at one moment: a plan does not say which goes first. Any order that leaves time for
    /// the setups will do.
    void order_moments(int machine, std::vector<run>& list) const
    {
        constexpr std::ptrdiff_t most = 7; // beyond, the order is that of the jobs
        const auto by_operation = [](const run& a, const run& b) { return a.operation < b.operation; };
        for (auto first = list.begin(); first != list.end();) {
            auto last = first;
            while (last != list.end() && last->start == first->start && last->end == first->start) ++last;
            if (last - first >= 2 && last - first <= most) {
                const auto from = first == list.begin() ? first : first - 1;
                const auto to = last == list.end() ? last : last + 1;
                while (!in_time(machine, from, to) && std::next_permutation(first, last, by_operation)) {}
            }
            first = std::max(last, first + 1);
        }
    }

    bool in_time(int machine, std::vector<run>::iterator from, std::vector<run>::iterator to) const
    {
        for (auto after = from + 1; after < to; ++after)
            if (after->start < (after - 1)->end + setup(machine, *(after - 1), *after)) return false;
        return true;
    }

    std::int64_t setup(int machine, const run& before, const run& after) const
    {
        if (shop_.setup_kinds == 0) return 0;
        const auto kinds = static_cast<std::size_t>(shop_.setup_kinds);
        const auto from = static_cast<std::size_t>(shop_.kind.at(static_cast<std::size_t>(before.operation)));
        const auto to = static_cast<std::size_t>(shop_.kind.at(static_cast<std::size_t>(after.operation)));
        return shop_.setup.at((static_cast<std::size_t>(machine) * kinds + from) * kinds + to);
    }

    void operators()
    {
        std::map<std::int64_t, int> change;
        for (const auto& r : runs_)
            if (r.end > r.start) {
                ++change[r.start];
                --change[r.end];
            }
        int busy = 0;
        for (const auto& [when, by] : change)
            if ((busy += by) > shop_.operators)
                report("at " + time(when) + " " + std::to_string(busy) + " operations run, but there are " +
                       std::to_string(shop_.operators) + " operators");
    }

    const instance& shop_;
    const plan& plan_;
    std::size_t most_;
    std::vector<run> runs_;
    std::vector<std::string> found_;
};

} // namespace

std::vector<std::string> violations(const instance& shop, const plan& p, std::size_t most)
{
    return checker(shop, p, most).findings();
}

} // namespace takt::scheduling::shop
