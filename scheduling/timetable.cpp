#include "scheduling/timetable.hpp"

#include <algorithm>

namespace takt::scheduling {

timetable::timetable(const model& m) : m_(m), power_(*m.source)
{
    for (const auto& one : m.machines) machines_.emplace_back(&m.hours.of(one.calendar));
    for (const auto& one : m.units) {
        units_.emplace_back(&m.hours.of(one.calendar));
        if (one.down_until > m.source->now) units_.back().insert(-forever, one.down_until, -1);
    }
    open_.resize(machines_.size());
    grow();
}

void timetable::grow()
{
    run_of_.resize(m_.nodes.size(), -1);
    way_of_.resize(m_.nodes.size(), -1);
}

void timetable::enter(int r)
{
    const auto& one = runs_[at(r)];
    machines_[at(one.machine)].insert(one.start, one.end, r);
    if (one.person >= 0) units_[at(one.person)].insert(one.setter >= 0 ? one.setup_end : one.start, one.end, r);
    if (one.setter >= 0) units_[at(one.setter)].insert(one.start, one.setup_end, r);
    if (one.tool >= 0) units_[at(one.tool)].insert(one.start, one.end, r);
    power_.add(one.start, one.end, one.watts);
    if (one.room > 0) set_open(r, true);
}

void timetable::leave(int r)
{
    const auto& one = runs_[at(r)];
    machines_[at(one.machine)].erase(one.start, r);
    if (one.person >= 0) units_[at(one.person)].erase(one.setter >= 0 ? one.setup_end : one.start, r);
    if (one.setter >= 0) units_[at(one.setter)].erase(one.start, r);
    if (one.tool >= 0) units_[at(one.tool)].erase(one.start, r);
    power_.add(one.start, one.end, -one.watts);
    if (one.room > 0) set_open(r, false);
}

void timetable::set_open(int r, bool open)
{
    auto& all = open_[at(runs_[at(r)].machine)];
    const auto place = std::lower_bound(all.begin(), all.end(), r, [&](int a, int b) {
        return std::pair{runs_[at(a)].start, a} < std::pair{runs_[at(b)].start, b};
    });
    if (open)
        all.insert(place, r);
    else
        all.erase(place);
}

int timetable::book(int n, const slot& where)
{
    const int load = std::max(1, m_.nodes[at(n)].source->load);
    int r = where.joins;
    if (r < 0) {
        r = static_cast<int>(runs_.size());
        runs_.push_back(where.alone);
        runs_.back().nodes.push_back(n);
        enter(r);
        log_.push_back({deed::booked, r, n, 0, {}});
    } else {
        auto& batch = runs_[at(r)];
        log_.push_back({deed::joined, r, n, batch.own_setup, {}});
        if (batch.room == load) set_open(r, false);
        batch.room -= load;
        batch.own_setup = std::max(batch.own_setup, m_.nodes[at(n)].ways[at(where.way)].setup);
        batch.nodes.push_back(n);
    }
    run_of_[at(n)] = r;
    way_of_[at(n)] = where.way;
    return r;
}

void timetable::keep_running(int n, run now)
{
    now.running = true;
    now.nodes = {n};
    const int r = static_cast<int>(runs_.size());
    machines_[at(now.machine)].insert_running(now.start, now.end, r);
    if (now.person >= 0) units_[at(now.person)].insert_running(now.start, now.end, r);
    if (now.tool >= 0) units_[at(now.tool)].insert_running(now.start, now.end, r);
    power_.add(now.start, now.end, now.watts);
    run_of_[at(n)] = r;
    runs_.push_back(std::move(now));
}

void timetable::remove(int r)
{
    entry all{deed::removed, r, -1, 0, {}};
    leave(r);
    for (const int n : runs_[at(r)].nodes) {
        all.ways.push_back(way_of_[at(n)]);
        run_of_[at(n)] = way_of_[at(n)] = -1;
    }
    log_.push_back(std::move(all));
}

void timetable::roll_back(std::size_t mark)
{
    while (log_.size() > mark) {
        const auto last = std::move(log_.back());
        log_.pop_back();
        auto& one = runs_[at(last.run)];
        switch (last.what) {
        case deed::booked:
            leave(last.run);
            run_of_[at(last.node)] = way_of_[at(last.node)] = -1;
            runs_.pop_back();
            break;
        case deed::joined:
            run_of_[at(last.node)] = way_of_[at(last.node)] = -1;
            one.nodes.pop_back();
            one.own_setup = last.own_setup;
            if (one.room == 0) {
                one.room += std::max(1, m_.nodes[at(last.node)].source->load);
                set_open(last.run, true);
            } else {
                one.room += std::max(1, m_.nodes[at(last.node)].source->load);
            }
            break;
        case deed::removed:
            enter(last.run);
            for (std::size_t i = 0; i < one.nodes.size(); ++i) {
                run_of_[at(one.nodes[i])] = last.run;
                way_of_[at(one.nodes[i])] = last.ways[i];
            }
            break;
        }
    }
}

int timetable::family_behind(int machine, int r) const
{
    return r < 0 ? m_.machines[at(machine)].family : runs_[at(r)].family;
}

bool timetable::setup_suffices(int r) const
{
    const auto& one = runs_[at(r)];
    if (one.running) return true;
    const int before = family_behind(one.machine, machines_[at(one.machine)].before(one.start, r));
    return one.setup >= m_.setup_between(one.machine, before, one.family, one.own_setup);
}

const working_hours& timetable::hours_of(const run& r) const
{
    const int machine = m_.machines[at(r.machine)].calendar;
    return r.person < 0 ? m_.hours.of(machine) : m_.hours.of(machine, m_.units[at(r.person)].calendar);
}

} // namespace takt::scheduling
