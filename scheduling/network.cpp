#include "scheduling/network.hpp"

#include <algorithm>

namespace takt::scheduling {
namespace {

using names = std::unordered_map<std::string, int>;

int number_of(names& all, const std::string& name)
{
    return all.try_emplace(name, static_cast<int>(all.size())).first->second;
}

template <class Thing> names places(const std::vector<Thing>& things)
{
    names all;
    for (std::size_t i = 0; i < things.size(); ++i) all.try_emplace(things[i].key, static_cast<int>(i));
    return all;
}

/// Modes on machines that exist and with skills that somebody has; a pinned machine leaves only its own.
void resolve_modes(node& n, const names& machines, const names& skills)
{
    bool on_a_machine = false;
    for (const auto& m : n.source->modes) {
        const auto machine = machines.find(m.machine);
        if (machine == machines.end()) continue;
        if (!n.source->running_machine.empty() && n.source->running_machine != m.machine) continue;
        on_a_machine = true;
        int skill = -1;
        if (!m.skill.empty()) {
            const auto known = skills.find(m.skill);
            if (known == skills.end()) continue;
            skill = known->second;
        }
        n.modes.push_back({machine->second, skill, m.setup, m.run});
    }
    if (n.source->status == operation_status::running) {
        if (machines.count(n.source->running_machine) == 0) n.left_out = "machine_unknown";
    } else if (n.modes.empty()) {
        n.left_out = on_a_machine ? "skill_missing" : "machine_unknown";
    }
}

/// A key that occurs again is left out, as nobody could tell which of the two is meant.
names link(network& net)
{
    names by_key;
    for (std::size_t i = 0; i < net.nodes.size(); ++i)
        if (!by_key.try_emplace(net.nodes[i].source->key, static_cast<int>(i)).second)
            net.nodes[i].left_out = "key_repeated";
    for (std::size_t i = 0; i < net.nodes.size(); ++i) {
        for (const auto& name : net.nodes[i].source->predecessors) {
            const auto found = by_key.find(name);
            if (found == by_key.end()) continue;
            net.nodes[i].before.push_back(found->second);
            net.nodes[static_cast<std::size_t>(found->second)].after.push_back(static_cast<int>(i));
        }
    }
    return by_key;
}

void sort_topologically(network& net)
{
    std::vector<std::size_t> open(net.nodes.size());
    for (std::size_t i = 0; i < net.nodes.size(); ++i) {
        open[i] = net.nodes[i].before.size();
        if (open[i] == 0) net.order.push_back(static_cast<int>(i));
    }
    for (std::size_t i = 0; i < net.order.size(); ++i)
        for (const int next : net.nodes[static_cast<std::size_t>(net.order[i])].after)
            if (--open[static_cast<std::size_t>(next)] == 0) net.order.push_back(next);
    for (std::size_t i = 0; i < net.nodes.size(); ++i)
        if (open[i] != 0) net.nodes[i].left_out = "predecessor_cycle";
}

double least_work(const node& n)
{
    if (n.source->status == operation_status::running) return static_cast<double>(n.source->remaining);
    double least = 0;
    for (const auto& m : n.modes) {
        const double work = static_cast<double>(m.run) + 0.5 * static_cast<double>(m.setup); // families save about half
        if (&m == &n.modes.front() || work < least) least = work;
    }
    return least;
}

/// Backwards from the due dates. Date and weight of a successor, in another job as well, reach back to what it waits
/// for.
void find_latest_starts(network& net, const problem& p)
{
    double average = 0;
    for (const auto& j : p.jobs) average += j.weight / static_cast<double>(p.jobs.size());
    std::vector<double> latest_end;
    for (auto& n : net.nodes) {
        latest_end.push_back(static_cast<double>(n.of->due));
        n.weight = std::clamp(average > 0 ? n.of->weight / average : 1.0, 0.01, 100.0);
    }
    for (auto i = net.order.rbegin(); i != net.order.rend(); ++i) {
        auto& n = net.nodes[static_cast<std::size_t>(*i)];
        auto& end = latest_end[static_cast<std::size_t>(*i)];
        for (const int next : n.after) {
            const auto& successor = net.nodes[static_cast<std::size_t>(next)];
            end = std::min(end, successor.latest_start);
            n.weight = std::max(n.weight, successor.weight);
        }
        n.latest_start = end - least_work(n);
    }
}

} // namespace

network make_network(const problem& p)
{
    network net;
    net.machines = places(p.machines);
    net.people = places(p.people);

    names skills, families{{"", 0}};
    for (std::size_t i = 0; i < p.people.size(); ++i) {
        for (const auto& skill : p.people[i].skills) {
            const auto place = static_cast<std::size_t>(number_of(skills, skill));
            if (place == net.qualified.size()) net.qualified.emplace_back();
            net.qualified[place].push_back(static_cast<int>(i));
        }
    }
    for (auto& people : net.qualified)
        std::stable_sort(people.begin(), people.end(), [&](int a, int b) {
            return p.people[static_cast<std::size_t>(a)].skills.size() <
                   p.people[static_cast<std::size_t>(b)].skills.size();
        });
    for (const auto& m : p.machines) net.machine_family.push_back(number_of(families, m.setup_family));

    for (const auto& j : p.jobs) {
        for (const auto& op : j.operations) {
            if (op.status == operation_status::done) continue;
            auto& n = net.nodes.emplace_back();
            n.of = &j;
            n.source = &op;
            n.family = number_of(families, op.setup_family);
            resolve_modes(n, net.machines, skills);
        }
    }
    link(net);
    sort_topologically(net);
    find_latest_starts(net, p);
    return net;
}

} // namespace takt::scheduling
