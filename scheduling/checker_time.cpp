// Machines, setups and working time.
#include <algorithm>

#include "scheduling/checker_parts.hpp"

namespace takt::scheduling::checking {

bool same_run(const placed& a, const placed& b)
{
    if (&a == &b) return true;
    const auto &x = *a.where, &y = *b.where;
    return a.what->batch && b.what->batch && x.machine == y.machine && x.person == y.person && x.setter == y.setter &&
           x.tool == y.tool && x.start == y.start && x.setup_end == y.setup_end && x.end == y.end;
}

calendar shared_between(const calendar* a, const calendar* b, time_ms from, time_ms to)
{
    const calendar always{{from, to}};
    calendar both;
    for (const auto& x : a == nullptr || a->empty() ? always : *a) {
        if (x.end <= from) continue;
        if (x.start >= to) break;
        for (const auto& y : b == nullptr || b->empty() ? always : *b) {
            if (y.end <= x.start) continue;
            if (y.start >= x.end || y.start >= to) break;
            const interval shared{std::max({x.start, y.start, from}), std::min({x.end, y.end, to})};
            if (shared.start < shared.end) both.push_back(shared);
        }
    }
    return both;
}

time_ms worked(const calendar& hours, time_ms from, time_ms to)
{
    time_ms sum = 0;
    for (const auto& i : hours) sum += std::max<time_ms>(0, std::min(i.end, to) - std::max(i.start, from));
    return sum;
}

const std::string& counts_as(const machine& on, const std::string& family)
{
    for (const auto& group : on.compatible)
        if (std::find(group.begin(), group.end(), family) != group.end()) return group.front();
    return family;
}

namespace {

bool overlap(const assignment& a, const assignment& b) { return a.start < b.end && b.start < a.end; }

/// What the machine's matrix says about a change; nothing if it does not know it.
std::optional<time_ms> matrix_says(const problem& p, const machine& on, const std::string& from, const std::string& to)
{
    if (on.setup_matrix.empty() || from.empty() || to.empty()) return std::nullopt;
    std::optional<time_ms> known;
    for (const auto& x : p.setup_matrices)
        if (x.key == on.setup_matrix)
            for (const auto& c : x.changes)
                if (c.from == from && c.to == to) known = c.setup;
    return known;
}

time_ms setup_needed(const problem& p, const placed& one, const std::string& family_before)
{
    const auto& family = counts_as(*one.on, one.what->setup_family);
    const auto& before = counts_as(*one.on, family_before);
    if (const auto known = matrix_says(p, *one.on, before, family)) return *known;
    return !family.empty() && before == family ? 0 : one.how->setup;
}

/// Whether some change to its family takes exactly that.
bool is_a_setup(const problem& p, const placed& one, time_ms setup)
{
    if (setup == 0 || setup == one.how->setup) return true;
    const auto& family = counts_as(*one.on, one.what->setup_family);
    for (const auto& x : p.setup_matrices)
        if (x.key == one.on->setup_matrix)
            for (const auto& c : x.changes)
                if (c.to == family && c.setup == setup) return true;
    return false;
}

/// The run before on the machine decides on the setup; a batch's own members do not count.
const std::string& family_before(const std::vector<const placed*>& on_machine, const placed& one)
{
    const placed* latest = nullptr;
    for (const auto* other : on_machine) {
        if (other->where->start > one.where->start) break;
        if (other->where->end <= one.where->start && !same_run(*other, one)) latest = other;
    }
    return latest == nullptr ? one.on->setup_family : latest->what->setup_family;
}

bool within_one(const calendar& hours, time_ms from, time_ms to)
{
    return from == to ||
           std::any_of(hours.begin(), hours.end(), [&](const interval& i) { return i.start <= from && to <= i.end; });
}

/// Of a batch, the longest setup and the longest run of its members are needed.
void check_run(findings& f, const std::vector<const placed*>& on_machine, const placed& one)
{
    const auto& a = *one.where;
    const auto& before = family_before(on_machine, one);
    time_ms setup_least = 0, run_needed = 0;
    for (const auto* other : on_machine) {
        if (other->running() || other->how == nullptr || !same_run(one, *other)) continue;
        setup_least = std::max(setup_least, setup_needed(f.p, *other, before));
        run_needed = std::max(run_needed, other->how->run);
    }
    const auto hours_of = [](const person* who) { return who == nullptr ? nullptr : &who->available; };
    const auto* sets_up = one.setter != nullptr ? one.setter : one.by;
    const auto in_setup = shared_between(&one.on->available, hours_of(sets_up), a.start, std::max(a.end, a.start + 1));
    const auto in_run = shared_between(&one.on->available, hours_of(one.by), a.setup_end, a.end);
    const time_ms setup = worked(in_setup, a.start, a.setup_end), run = worked(in_run, a.setup_end, a.end);
    const auto& key = one.what->key;
    if (setup < setup_least) f.complain("setup", key, "has no complete setup, although the machine's family changes");
    // A run that was put in front may have made a planned setup superfluous; it is done all the same.
    bool known = false;
    for (const auto* other : on_machine)
        known = known || (other->how != nullptr && same_run(one, *other) && is_a_setup(f.p, *other, setup));
    if (!known) f.complain("setup", key, "is set up for too long");
    if (run != run_needed) f.complain("working_time", key, "does not take its time");
    if (a.start < a.end && (a.start < a.setup_end || one.setter == nullptr) &&
        worked(in_setup, a.start, a.start + 1) == 0)
        f.complain("working_time", key, "starts when its machine or its operator does not work");
    if (one.what->interruptible) return;
    const bool whole = one.setter == nullptr
                           ? within_one(in_setup, a.start, a.end)
                           : within_one(in_setup, a.start, a.setup_end) && within_one(in_run, a.setup_end, a.end);
    if (!whole) f.complain("uninterrupted", key, "is interrupted by the end of a shift");
}

} // namespace

void check_machines(findings& f)
{
    for (const auto& [key, all] : f.on) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto& a = *all[i];
            int load = a.what->batch ? std::max(1, a.what->load) : 1;
            for (std::size_t j = i + 1; j < all.size() && all[j]->where->start <= a.where->start; ++j)
                if (same_run(a, *all[j])) load += std::max(1, all[j]->what->load);
            if (!a.running() && a.where->start < a.where->end && load > std::max(1, a.on->capacity))
                f.complain("machine", a.what->key, "is in a batch over capacity");
            for (std::size_t j = i + 1; j < all.size() && all[j]->where->start < a.where->end; ++j) {
                const auto& b = *all[j];
                if (!overlap(*a.where, *b.where) || (a.running() && b.running())) continue;
                const auto& family = counts_as(*a.on, a.what->setup_family);
                const bool batch =
                    same_run(a, b) && !family.empty() && family == counts_as(*b.on, b.what->setup_family);
                if (!batch) f.complain("machine", a.what->key, "overlaps " + b.what->key);
            }
        }
    }
}

void check_setups_and_times(findings& f)
{
    for (const auto& [key, all] : f.on)
        for (const auto* one : all)
            if (!one->running() && one->how != nullptr) check_run(f, all, *one);
}

} // namespace takt::scheduling::checking
