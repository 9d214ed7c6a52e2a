#include "sim/floor.hpp"

#include <algorithm>

namespace takt::sim {
namespace {

/// Samples are taken of a part of the machines at a time, so that they come as an even flow.
constexpr std::size_t slices = 10;

} // namespace

floor::floor(const plant::file& plant, const scenario& how, equipment::uplink& link, on_breakdown broke, pace moved)
    : link_(link), how_(how), broke_(std::move(broke)), agenda_([&link] { return link.now(); }, moved)
{
    std::unordered_map<std::string, meter_id> meters;
    for (const auto& m : plant.meters) meters[m.machine.text] = m.key;
    for (const auto& g : plant.grid_connections) grid_connections_.emplace_back("demand", g.key);
    const auto now = link.now();
    for (const auto& m : plant.machines) {
        places_.push_back(std::make_unique<place>(place{machine_model(m, meters[m.key.text], how, now), 0, false}));
        by_key_[m.key.text] = places_.back().get();
    }
}

floor::~floor() { stop(); }

void floor::start()
{
    agenda_.start();
    if (agenda_.moved() == pace::by_hand) return; // nobody is there to measure for
    const auto step = how_.sample_interval_ms / static_cast<std::int64_t>(slices);
    for (std::size_t i = 0; i < slices; ++i)
        agenda_.in(step * static_cast<std::int64_t>(i), [this, i] { measure_slice(i); });
}

void floor::stop() { agenda_.stop(); }

void floor::with(const machine_id& machine, std::function<void(place&)> what)
{
    agenda_.soon([this, key = machine.text, what = std::move(what)] {
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) return;
        auto& p = *found->second;
        advance(p);
        what(p);
        advance(p);
    });
}

/// Brings one machine to now, sends what it has to say, and sees to it that it is woken when it has more.
void floor::advance(place& p)
{
    said_.clear();
    p.model.advance(agenda_.now(), said_);
    for (auto& m : said_) link_.report(p.model.key(), std::move(m));
    if (p.model.down() != p.known_down) {
        p.known_down = p.model.down();
        if (p.known_down) broke_(p.model.key(), p.model.repair_time(), p.model.failure());
    }
    const auto wake = ++p.wake;
    if (const auto next = p.model.next())
        agenda_.at(*next, [this, &p, wake] {
            if (p.wake == wake) advance(p);
        });
}

/// The main meter: what all machines drew when they were last measured.
void floor::measure_connections(std::vector<scada::sample>& out) const
{
    if (grid_connections_.empty()) return;
    double kw = 0;
    for (const auto& p : places_) kw += p->model.measured_kw();
    for (const auto& g : grid_connections_) out.push_back({g, "power_kw", kw, agenda_.now()});
}

void floor::measure_slice(std::size_t slice)
{
    std::vector<scada::sample> samples;
    for (std::size_t i = slice; i < places_.size(); i += slices) {
        advance(*places_[i]);
        places_[i]->model.measure(samples);
    }
    measure_connections(samples);
    if (!samples.empty()) link_.measure(std::move(samples));
    {
        const auto now = sum();
        const std::lock_guard lock(mutex_);
        figures_ = now;
    }
    agenda_.in(how_.sample_interval_ms, [this, slice] { measure_slice(slice); });
}

void floor::synchronise(const machine_id& machine, const std::vector<equipment::assignment>& all, bool down)
{
    with(machine, [this, all, down](place& p) { p.model.synchronise(all, down, agenda_.now()); });
}

void floor::assign(const machine_id& machine, const equipment::assignment& what)
{
    with(machine, [this, what](place& p) { p.model.assign(what, agenda_.now()); });
}

void floor::withdraw(const machine_id& machine, const mes::run_ref& job)
{
    with(machine, [job](place& p) { p.model.withdraw(job); });
}

void floor::control(const machine_id& machine, const machine::control_order& what)
{
    with(machine, [this, what](place& p) { p.model.control(what, agenda_.now()); });
}

void floor::press_stop(const machine_id& machine)
{
    with(machine, [](place& p) { p.model.stop_after_piece(); });
}

void floor::repair(const machine_id& machine)
{
    with(machine, [](place& p) { p.model.repair(); });
}

void floor::take_for_maintenance(const machine_id& machine, on_taken then)
{
    with(machine, [then = std::move(then)](place& p) {
        const bool free = (p.model.idle() || p.model.held()) && !p.model.in_maintenance();
        if (free) p.model.begin_maintenance();
        then(free);
    });
}

void floor::end_maintenance(const machine_id& machine, bool renewed)
{
    with(machine, [renewed](place& p) { p.model.end_maintenance(renewed); });
}

floor::figures floor::sum() const
{
    figures sum;
    for (const auto& p : places_) {
        const auto& one = p->model.counted();
        sum.machines.jobs_begun += one.jobs_begun;
        sum.machines.jobs_ended += one.jobs_ended;
        sum.machines.pieces += one.pieces;
        sum.machines.scrap += one.scrap;
        sum.machines.breakdowns += one.breakdowns;
        sum.running += p->model.busy() && !p->model.down() ? 1 : 0;
        sum.down += p->model.down() ? 1 : 0;
    }
    return sum;
}

floor::figures floor::counted() const
{
    if (agenda_.moved() == pace::by_hand) return sum();
    const std::lock_guard lock(mutex_);
    return figures_;
}

} // namespace takt::sim
