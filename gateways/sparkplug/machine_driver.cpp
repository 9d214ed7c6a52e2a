#include "gateways/sparkplug/machine_driver.hpp"

#include <algorithm>

#include "gateways/sparkplug/job_text.hpp"
#include "gateways/sparkplug/machine_tags.hpp"

namespace takt::sparkplug {
namespace {

constexpr milliseconds read_back_within{1000};

bool same_run(const std::optional<equipment::assignment>& a, const mes::run_ref& run)
{
    return a && mes::ref_of(a->job) == run;
}

bool is_of_machine(const std::string& metric)
{
    return metric.starts_with("Job/") || metric.starts_with("Status/") || metric.starts_with("Control/") ||
           metric.starts_with(tags::parameters);
}

bool due(const std::optional<instant>& written, instant now) { return !written || now >= *written + read_back_within; }

} // namespace

machine_driver::machine_driver(const std::vector<driven>& machines)
{
    for (const auto& m : machines) {
        auto& u = units_[m.machine.text];
        u.slots.resize(std::max<std::size_t>(m.capacity, 1));
        u.has.resize(u.slots.size());
    }
}

std::string machine_driver::text_at(const unit& u, const std::string& tag)
{
    const auto found = u.said.find(tag);
    const auto* text = found == u.said.end() ? nullptr : std::get_if<std::string>(&found->second);
    return text == nullptr ? std::string() : *text;
}

std::int64_t machine_driver::whole_at(const unit& u, const std::string& tag)
{
    const auto found = u.said.find(tag);
    const auto number = found == u.said.end() ? std::nullopt : as_number(found->second);
    return number ? static_cast<std::int64_t>(*number) : 0;
}

/// Texts are read once, when they come.
void machine_driver::read_back(unit& u, const std::string& metric)
{
    if (metric == tags::control) {
        const auto order = read_control(text_at(u, metric));
        u.has_order = order ? order->number : 0;
    }
    if (!metric.ends_with("/Order")) return;
    for (std::size_t i = 0; i < u.has.size(); ++i) {
        if (metric != tags::job(i, "Order")) continue;
        const auto job = read_job(text_at(u, metric));
        u.has[i] = job ? std::optional(mes::ref_of(job->job)) : std::nullopt;
    }
}

/// Whether the device has not got what the plant wants there.
bool machine_driver::lacks(const unit& u, std::size_t index)
{
    const auto& s = u.slots[index];
    if (!s.wanted) return u.has[index].has_value();
    return !s.done && u.has[index] != mes::ref_of(s.wanted->job);
}

void machine_driver::synchronise(const machine_id& machine, const std::vector<equipment::assignment>& all)
{
    auto& u = units_[machine.text];
    u.synchronised = true;
    u.unplaced.clear();
    u.order.reset();
    u.state.reset();
    u.down.reset();
    u.parameters.reset();
    for (auto& s : u.slots) {
        if (!s.wanted) continue;
        const auto run = mes::ref_of(s.wanted->job);
        const bool still =
            std::any_of(all.begin(), all.end(), [&](const auto& a) { return mes::ref_of(a.job) == run; });
        if (!still) s = slot{};
    }
    for (const auto& a : all) assign(machine, a);
    attention_.insert(machine.text);
    follow(machine, u);
}

void machine_driver::assign(const machine_id& machine, const equipment::assignment& what)
{
    auto& u = units_[machine.text];
    const auto run = mes::ref_of(what.job);
    for (auto& s : u.slots) {
        if (!same_run(s.wanted, run)) continue;
        s.confirmed = s.confirmed && what.confirmed; // told again: the plant wants to hear it again
        return follow(machine, u);
    }
    std::erase_if(u.unplaced, [&](const auto& a) { return mes::ref_of(a.job) == run; });
    u.unplaced.push_back(what);
    attention_.insert(machine.text);
    place(u);
    follow(machine, u);
}

void machine_driver::withdraw(const machine_id& machine, const mes::run_ref& job)
{
    auto& u = units_[machine.text];
    attention_.insert(machine.text);
    std::erase_if(u.unplaced, [&](const auto& a) { return mes::ref_of(a.job) == job; });
    for (auto& s : u.slots)
        if (same_run(s.wanted, job)) s = slot{};
}

void machine_driver::control(const machine_id& machine, const machine::control_order& what)
{
    auto& u = units_[machine.text];
    if (u.order && u.order->number > what.number) return;
    u.order = what;
    u.order_text = to_text(what);
    u.order_written_at.reset();
    u.order_confirmed = false;
    attention_.insert(machine.text);
    follow_control(machine, u);
}

void machine_driver::want(slot& s, const equipment::assignment& what)
{
    s = slot{};
    s.wanted = what;
    s.text = to_text(what);
    s.confirmed = what.confirmed;
    s.running = what.running;
    s.good = what.good;
    s.scrap = what.scrap;
}

/// A job goes where the device has it already, or where nothing is that the plant still wants.
void machine_driver::place(unit& u)
{
    if (!u.online) return;
    const auto take = [&](const equipment::assignment& a, auto fits) {
        for (std::size_t i = 0; i < u.slots.size(); ++i) {
            auto& s = u.slots[i];
            if (s.wanted && !s.done) continue;
            if (!fits(i)) continue;
            want(s, a);
            return true;
        }
        return false;
    };
    std::erase_if(u.unplaced, [&](const equipment::assignment& a) {
        const auto run = mes::ref_of(a.job);
        if (take(a, [&](std::size_t i) { return u.has[i] == run; })) return true;
        return take(a, [](std::size_t) { return true; });
    });
}

void machine_driver::take(const outcome& o)
{
    std::vector<std::string> touched;
    const auto touch = [&](const std::string& key) {
        if (touched.empty() || touched.back() != key) touched.push_back(key);
    };
    for (const auto& r : o.readings) {
        const auto found = units_.find(r.from.device);
        if (found == units_.end() || r.stale || r.historical || !is_of_machine(r.metric)) continue;
        auto& u = found->second;
        if (r.metric == tags::job(0, "Order")) u.where = r.from;
        if (u.where != r.from) continue;
        u.said[r.metric] = r.value;
        read_back(u, r.metric);
        touch(found->first);
    }
    for (const auto& c : o.changes) {
        const auto found = units_.find(c.of.device);
        if (found == units_.end() || found->second.where != c.of) continue;
        auto& u = found->second;
        u.online = c.online;
        for (auto& s : u.slots) s.written_at.reset(); // a birth reads everything back
        u.order_written_at.reset();
        attention_.insert(found->first);
        touch(found->first);
    }
    for (const auto& key : touched) {
        auto& u = units_[key];
        place(u);
        follow(machine_id(key), u);
    }
}

std::vector<machine_driver::report> machine_driver::reports() { return std::exchange(reports_, {}); }

std::vector<machine_driver::write> machine_driver::writes(instant now, instant plant_time)
{
    std::vector<write> all;
    std::erase_if(attention_, [&](const std::string& key) {
        auto& u = units_[key];
        if (!u.online || !u.synchronised) return true; // a birth or the plant brings it back
        write w{*u.where, {}};
        bool waits = false;
        for (std::size_t i = 0; i < u.slots.size(); ++i) {
            auto& s = u.slots[i];
            if (!lacks(u, i)) continue;
            waits = true;
            if (!due(s.written_at, now)) continue;
            s.written_at = now;
            w.metrics.emplace_back(tags::job(i, "Order"), s.text);
        }
        if (u.order && plant_time > u.order->due) u.order.reset();
        waits = waits || lacks_order(u);
        if (lacks_order(u) && due(u.order_written_at, now)) {
            u.order_written_at = now;
            w.metrics.emplace_back(tags::control, u.order_text);
        }
        if (!w.metrics.empty()) all.push_back(std::move(w));
        return !waits;
    });
    return all;
}

} // namespace takt::sparkplug
