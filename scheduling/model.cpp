#include "scheduling/model.hpp"

#include <algorithm>
#include <cmath>

#include "scheduling/model_links.hpp"

namespace takt::scheduling {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

int number_of(name_index& all, std::string_view name)
{
    return all.try_emplace(name, static_cast<int>(all.size())).first->second;
}

int find(const name_index& all, std::string_view name)
{
    const auto found = all.find(name);
    return found == all.end() ? -1 : found->second;
}

void add_unit(model& m, crew& to, int which)
{
    const int hours = m.units[at(which)].calendar;
    auto same = std::find_if(to.classes.begin(), to.classes.end(), [&](const auto& c) { return c.calendar == hours; });
    if (same == to.classes.end()) same = to.classes.insert(to.classes.end(), {hours, {}});
    same->units.push_back(which);
}

int crew_named(model& m, name_index& index, std::string_view name)
{
    const auto [found, is_new] = index.try_emplace(name, static_cast<int>(m.crews.size()));
    if (is_new) m.crews.emplace_back().name = name;
    return found->second;
}

/// Whoever can do little else is asked first.
void add_people(model& m)
{
    const auto& people = m.source->people;
    std::vector<int> order, first_unit;
    for (std::size_t i = 0; i < people.size(); ++i) {
        m.person_by_key.try_emplace(people[i].key, static_cast<int>(i));
        order.push_back(static_cast<int>(i));
        first_unit.push_back(static_cast<int>(m.units.size()));
        const int hours = m.hours.number_of(in_order(people[i].available));
        for (int n = 0; n < people[i].count; ++n) m.units.push_back({hours, static_cast<int>(i), false, 0});
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return people[at(a)].skills.size() < people[at(b)].skills.size(); });
    for (const int who : order)
        for (const auto& skill : people[at(who)].skills) {
            const int named = crew_named(m, m.crew_by_skill, skill);
            for (int n = 0; n < people[at(who)].count; ++n) add_unit(m, m.crews[at(named)], first_unit[at(who)] + n);
        }
}

void add_tools(model& m)
{
    const auto& tools = m.source->tools;
    for (std::size_t i = 0; i < tools.size(); ++i) {
        const int named = crew_named(m, m.crew_by_tool, tools[i].key);
        for (int n = 0; n < tools[i].count; ++n) {
            m.units.push_back({shared_hours::always, static_cast<int>(i), true, tools[i].down_until});
            add_unit(m, m.crews[at(named)], static_cast<int>(m.units.size()) - 1);
        }
    }
}

void add_matrices(model& m)
{
    for (const auto& from : m.source->setup_matrices) {
        auto& to = m.matrices.emplace_back();
        name_index names;
        for (const auto& c : from.changes) number_of(names, c.from), number_of(names, c.to);
        to.width = names.size();
        to.setup.assign(to.width * to.width, -1);
        to.longest_to.assign(to.width, 0);
        for (const auto& [name, place] : names) {
            const auto family = at(number_of(m.family_by_name, name));
            if (to.place.size() <= family) to.place.resize(family + 1, -1);
            to.place[family] = place;
        }
        for (const auto& c : from.changes) {
            const auto column = at(names.at(c.to));
            to.setup[at(names.at(c.from)) * to.width + column] = std::max<time_ms>(0, c.setup);
            to.longest_to[column] = std::max(to.longest_to[column], c.setup);
        }
    }
}

void add_machines(model& m)
{
    const auto& p = *m.source;
    for (std::size_t i = 0; i < p.machines.size(); ++i) {
        const auto& from = p.machines[i];
        m.machine_by_key.try_emplace(from.key, static_cast<int>(i));
        auto& to = m.machines.emplace_back();
        to.calendar = m.hours.number_of(in_order(from.available));
        for (const auto& group : from.compatible)
            for (const auto& family : group)
                to.counts_as.try_emplace(number_of(m.family_by_name, family),
                                         number_of(m.family_by_name, group.front()));
        for (std::size_t x = 0; x < p.setup_matrices.size() && !from.setup_matrix.empty(); ++x)
            if (p.setup_matrices[x].key == from.setup_matrix) to.matrix = static_cast<int>(x);
        to.family = m.family_on(static_cast<int>(i), number_of(m.family_by_name, from.setup_family));
    }
}

/// Why a mode is impossible, and which of the reasons is worth telling: the one of the mode that comes closest.
struct complaint {
    int nearness = -1;
    const char* reason = "machine_unknown";
    std::string subject;

    void take(int near, const char* why, const std::string& about)
    {
        if (near <= nearness) return;
        nearness = near;
        reason = why;
        subject = about;
    }
};

bool sane(time_ms duration) { return duration >= 0 && duration < forever / 8; }

/// The number of a crew that a mode asks for: -1 none is needed, -2 there is nobody.
int crew_for(const model& m, const name_index& index, const std::string& name)
{
    if (name.empty()) return -1;
    const int found = find(index, name);
    return found < 0 || m.crews[at(found)].classes.empty() ? -2 : found;
}

void resolve_mode(const model& m, node& n, std::size_t which, complaint& why_not)
{
    const auto& from = n.source->modes[which];
    const auto& pinned = n.source->running_machine;
    way w{static_cast<int>(which), find(m.machine_by_key, from.machine), -1, -1, -1, from.setup, from.run, 0};
    if (w.machine < 0) return why_not.take(0, "machine_unknown", from.machine);
    if (!pinned.empty() && pinned != from.machine) return why_not.take(0, "machine_unknown", pinned);
    if (!sane(from.setup) || !sane(from.run)) return why_not.take(1, "duration_invalid", from.machine);
    if (m.source->skills_matter) {
        w.skill = crew_for(m, m.crew_by_skill, from.skill);
        w.setup_skill = crew_for(m, m.crew_by_skill, from.setup_skill);
        if (w.skill == -2) return why_not.take(2, "skill_missing", from.skill);
        if (w.setup_skill == -2) return why_not.take(2, "skill_missing", from.setup_skill);
    }
    w.tool = crew_for(m, m.crew_by_tool, from.tool);
    if (w.tool == -2) return why_not.take(3, "tool_missing", from.tool);
    const int places = m.source->machines[at(w.machine)].capacity;
    if (n.source->batch && n.source->load > std::max(1, places)) return why_not.take(4, "load_too_large", from.machine);
    w.watts = watts_of(from);
    n.ways.push_back(w);
}

/// Modes on machines that exist, with skills that somebody has; a pinned machine leaves only its own.
void resolve_modes(const model& m, node& n)
{
    complaint why_not;
    for (std::size_t i = 0; i < n.source->modes.size(); ++i) resolve_mode(m, n, i, why_not);
    if (n.running()) {
        if (find(m.machine_by_key, n.source->running_machine) >= 0) return;
        n.left_out = "machine_unknown";
        n.subject = n.source->running_machine;
    } else if (n.ways.empty()) {
        n.left_out = why_not.reason;
        n.subject = why_not.subject;
    }
}

/// A person to whom an operation is pinned must be one who can do it.
void resolve_person(const model& m, node& n)
{
    const auto& name = n.source->running_operator;
    if (name.empty() || n.left_out != nullptr || n.running()) return;
    n.pinned_person = find(m.person_by_key, name);
    const auto can = [&](const way& w) {
        if (w.skill < 0) return true;
        if (n.pinned_person < 0) return false;
        const auto& skills = m.source->people[at(n.pinned_person)].skills;
        return std::find(skills.begin(), skills.end(), m.crews[at(w.skill)].name) != skills.end();
    };
    n.ways.erase(std::remove_if(n.ways.begin(), n.ways.end(), [&](const way& w) { return !can(w); }), n.ways.end());
    if (!n.ways.empty()) return;
    n.left_out = "operator_unknown";
    n.subject = name;
}

void resolve_needs(const model& m, node& n)
{
    if (m.source->materials.empty() || n.running()) return;
    for (const auto& need : n.source->needs) {
        const int item = find(m.item_by_key, need.item);
        if (item < 0 && n.left_out == nullptr) {
            n.left_out = "material_unknown";
            n.subject = need.item;
        }
        if (item < 0 || !(need.quantity > 0)) continue;
        const auto known =
            std::find_if(n.needs.begin(), n.needs.end(), [&](const auto& other) { return other.first == item; });
        if (known == n.needs.end())
            n.needs.emplace_back(item, need.quantity);
        else
            known->second += need.quantity;
    }
}

time_ms least_work(const node& n)
{
    if (n.running()) return n.source->remaining;
    time_ms least = 0;
    for (const auto& w : n.ways) {
        const time_ms work = w.run + w.setup / 2; // families save about half
        if (&w == &n.ways.front() || work < least) least = work;
    }
    return least;
}

void add_nodes(model& m, const job& j, int number)
{
    for (const auto& op : j.operations) {
        if (op.status == operation_status::done) continue;
        auto& n = m.nodes.emplace_back();
        n.source = &op;
        n.job = number;
        n.family = number_of(m.family_by_name, op.setup_family);
        resolve_modes(m, n);
        resolve_person(m, n);
        resolve_needs(m, n);
        n.least_work = least_work(n);
        if (!m.node_by_key.try_emplace(op.key, static_cast<int>(m.nodes.size()) - 1).second) {
            n.left_out = "key_repeated";
            n.subject = op.key;
        }
    }
}

} // namespace

std::int64_t watts_of(const mode& m) { return std::llround(std::max(0.0, m.power_kw) * 1000); }

int model::family_on(int machine, int family) const
{
    const auto& same = machines[at(machine)].counts_as;
    if (same.empty()) return family;
    const auto found = same.find(family);
    return found == same.end() ? family : found->second;
}

time_ms model::setup_between(int machine, int from, int to, time_ms own) const
{
    const int named = machines[at(machine)].matrix;
    if (named >= 0 && from != 0 && to != 0) {
        const auto& x = matrices[at(named)];
        const int row = at(from) < x.place.size() ? x.place[at(from)] : -1;
        const int column = at(to) < x.place.size() ? x.place[at(to)] : -1;
        if (row >= 0 && column >= 0)
            if (const time_ms known = x.setup[at(row) * x.width + at(column)]; known >= 0) return known;
    }
    return to != 0 && from == to ? 0 : own;
}

time_ms model::longest_setup(int machine, int to, time_ms own) const
{
    const int named = machines[at(machine)].matrix;
    if (named < 0 || to == 0 || at(to) >= matrices[at(named)].place.size()) return own;
    const int column = matrices[at(named)].place[at(to)];
    return column < 0 ? own : std::max(own, matrices[at(named)].longest_to[at(column)]);
}

model make_model(const problem& p)
{
    model m;
    m.source = &p;
    m.family_by_name.try_emplace("", 0);
    add_matrices(m);
    add_people(m);
    add_tools(m);
    add_machines(m);
    m.hours.meet_all();
    for (std::size_t i = 0; i < p.materials.size(); ++i)
        m.item_by_key.try_emplace(p.materials[i].item, static_cast<int>(i));

    std::size_t count = 0;
    double weights = 0;
    for (const auto& j : p.jobs) {
        count += j.operations.size();
        weights += j.weight;
    }
    if (std::isfinite(weights) && weights > 0) m.average_weight = weights / static_cast<double>(p.jobs.size());
    m.nodes.reserve(count);
    m.node_by_key.reserve(count);
    for (std::size_t i = 0; i < p.jobs.size(); ++i) add_nodes(m, p.jobs[i], static_cast<int>(i));
    link_nodes(m, 0);
    m.families = static_cast<int>(m.family_by_name.size());
    return m;
}

void append(model& m, const job& probe)
{
    const auto first = m.nodes.size();
    m.probe = &probe;
    add_nodes(m, probe, static_cast<int>(m.source->jobs.size()));
    link_nodes(m, first);
}

void remove_probe(model& m)
{
    const auto number = static_cast<int>(m.source->jobs.size());
    while (!m.nodes.empty() && m.nodes.back().job == number) {
        const auto last = static_cast<int>(m.nodes.size()) - 1;
        const auto named = m.node_by_key.find(m.nodes.back().source->key);
        if (named != m.node_by_key.end() && named->second == last) m.node_by_key.erase(named);
        m.nodes.pop_back();
    }
    while (!m.clusters.empty() && at(m.clusters.back().front()) >= m.nodes.size()) m.clusters.pop_back();
    while (!m.order.empty() && at(m.order.back()) >= m.nodes.size()) m.order.pop_back();
    for (auto f = m.family_by_name.begin(); f != m.family_by_name.end();) // their names go with the job
        f = f->second >= m.families ? m.family_by_name.erase(f) : std::next(f);
    m.probe = nullptr;
}

} // namespace takt::scheduling
