#include "sim/crew.hpp"

#include <algorithm>

namespace takt::sim {
namespace {

/// Skills that an operation asks for: who has one is at a machine and does not run errands, unless there is no other.
std::set<std::string> machine_skills(const plant::file& plant)
{
    std::set<std::string> skills;
    for (const auto& p : plant.products)
        for (const auto& step : p.routing)
            for (const auto& mode : step.modes) skills.insert(mode.skill);
    return skills;
}

} // namespace

crew::crew(world& w, const std::string& skill) : world_(w)
{
    const auto at_machines = machine_skills(w.plant);
    std::set<std::string> all;
    for (const auto& person : w.plant.operators) {
        const auto has = [&](const std::string& s) {
            return std::find(person.skills.begin(), person.skills.end(), s) != person.skills.end();
        };
        if (!has(skill)) continue;
        all.insert(person.key.text);
        const bool machinist = std::any_of(person.skills.begin(), person.skills.end(),
                                           [&](const std::string& s) { return at_machines.contains(s); });
        if (!machinist) members_.insert(person.key.text);
    }
    if (members_.empty()) members_ = all;
    if (!members_.empty()) return;
    members_.insert(skill);
    present_.insert(skill);
}

void crew::attend(const std::string& person, bool present)
{
    if (!members_.contains(person)) return;
    if (present)
        present_.insert(person);
    else
        present_.erase(person);
    assign();
}

void crew::send(const std::string& key, std::int64_t rank, errand what)
{
    if (!known_.insert(key).second) return;
    queue_.emplace(rank, std::make_pair(key, std::move(what)));
    assign();
}

void crew::assign()
{
    for (const auto& person : present_) {
        if (queue_.empty()) return;
        if (busy_.contains(person)) continue;
        auto next = queue_.extract(queue_.begin());
        const auto key = next.mapped().first;
        busy_.insert(person);
        // Later, as an errand that ends at once would come back here.
        world_.time.soon([this, person, key, what = std::move(next.mapped().second)] {
            what(person, [this, key, person] { finish(key, person); });
        });
    }
}

void crew::finish(const std::string& key, const std::string& person)
{
    known_.erase(key);
    busy_.erase(person);
    assign();
}

} // namespace takt::sim
