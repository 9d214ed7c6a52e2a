// What is limited in number: people, tools, material, power.
#include <algorithm>
#include <cmath>

#include "scheduling/checker_parts.hpp"

namespace takt::scheduling::checking {
namespace {

/// From when to when somebody is at a run.
struct use {
    const placed* by = nullptr;
    time_ms start = 0, end = 0;
};

/// At the start of each use: those under way, a batch counted once, and what was running at its start forgiven.
void check_uses(findings& f, const char* rule, const std::string& key, int count, std::vector<use> all)
{
    std::sort(all.begin(), all.end(), [](const use& a, const use& b) { return a.start < b.start; });
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].start == all[i].end) continue;
        std::vector<const placed*> runs;
        bool planned = false;
        for (std::size_t j = 0; j < all.size() && all[j].start <= all[i].start; ++j) {
            if (all[j].end <= all[i].start || all[j].start == all[j].end) continue;
            if (std::any_of(runs.begin(), runs.end(), [&](const auto* r) { return same_run(*r, *all[j].by); }))
                continue;
            runs.push_back(all[j].by);
            planned = planned || !all[j].by->running();
        }
        if (planned && static_cast<int>(runs.size()) > count)
            f.complain(rule, all[i].by->what->key, key + " is needed " + std::to_string(runs.size()) + " times at once",
                       key);
    }
}

std::int64_t watts_of(const placed& one)
{
    const auto* how = one.how;
    if (how == nullptr)
        for (const auto& m : one.what->modes)
            if (m.machine == one.where->machine) how = &m;
    return how == nullptr ? 0 : std::llround(how->power_kw * 1000);
}

} // namespace

void check_people_and_tools(findings& f)
{
    std::unordered_map<std::string, std::vector<use>> people, tools;
    for (const auto& one : f.all) {
        const auto& a = *one.where;
        if (!a.person.empty()) people[a.person].push_back({&one, a.setter.empty() ? a.start : a.setup_end, a.end});
        if (!a.setter.empty()) people[a.setter].push_back({&one, a.start, a.setup_end});
        if (!a.tool.empty()) tools[a.tool].push_back({&one, a.start, a.end});
    }
    for (const auto& one : f.p.people) check_uses(f, "person", one.key, one.count, people[one.key]);
    for (const auto& one : f.p.tools) check_uses(f, "tool", one.key, one.count, tools[one.key]);
}

void check_material(findings& f)
{
    for (const auto& m : f.p.materials) {
        double used = 0;
        for (const auto& one : f.all) { // by start
            if (one.running()) continue;
            const double before = used;
            for (const auto& n : one.what->needs)
                if (n.item == m.item) used += n.quantity;
            if (used == before) continue;
            double there = m.on_hand - m.reserved;
            for (const auto& r : m.receipts)
                if (r.at <= one.where->start) there += r.quantity;
            if (used > there + 1e-6 * std::max(1.0, used))
                f.complain("material", one.what->key, "starts before there is enough of " + m.item, m.item);
        }
    }
}

/// What is drawn changes at starts and ends only, so it is highest at some start or at the beginning of a window.
void check_power(findings& f)
{
    for (const auto& cap : f.p.power_caps) {
        std::vector<const placed*> meet;
        for (const auto& one : f.all)
            if (one.where->start < cap.when.end && one.where->end > cap.when.start && watts_of(one) > 0)
                meet.push_back(&one);
        for (const auto* one : meet) {
            const time_ms at = std::max(one->where->start, cap.when.start);
            std::int64_t watts = 0;
            bool planned = false;
            for (std::size_t i = 0; i < meet.size(); ++i) {
                const auto& other = *meet[i];
                if (other.where->start > at || other.where->end <= at) continue;
                if (std::any_of(meet.begin(), meet.begin() + static_cast<std::ptrdiff_t>(i),
                                [&](const auto* m) { return m != &other && same_run(*m, other); }))
                    continue;
                watts += watts_of(other);
                planned = planned || !other.running();
            }
            if (planned && static_cast<double>(watts) > cap.kw * 1000 + 0.5)
                f.complain("power", one->what->key, "draws more than the cap with what runs beside it");
        }
    }
}

} // namespace takt::scheduling::checking
