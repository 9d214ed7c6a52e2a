#include "sim/sparkplug_field.hpp"

#include <algorithm>
#include <deque>
#include <mutex>

#include "actors/mes/packml.hpp"
#include "gateways/sparkplug/edge.hpp"
#include "gateways/sparkplug/job_text.hpp"
#include "gateways/sparkplug/machine_tags.hpp"
#include "sim/sparkplug_report.hpp"

namespace takt::sim {
namespace {

namespace tags = sparkplug::tags;
using sparkplug::data_type;
using sparkplug::value;
using changes = std::vector<sparkplug::edge::change>;

constexpr std::size_t samples_waiting_most = 20'000;

std::uint8_t any_bd_seq()
{
    return static_cast<std::uint8_t>(std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds(1));
}

class field final : public equipment::uplink {
public:
    field(const mqtt::endpoint& broker, const plant::file& plant, std::unique_ptr<equipment::port> clock)
        : clock_(std::move(clock)),
          edge_("takt", "floor", any_bd_seq()),
          wire_(broker, "takt-floor-" + std::to_string(any_bd_seq()),
                {[this]() -> std::optional<mqtt::packet> {
                     const std::lock_guard lock(mutex_);
                     return packet(edge_.will());
                 },
                 [this] { connected(); },
                 [this] {
                     const std::lock_guard lock(mutex_);
                     born_ = false;
                 },
                 [this](const std::string& topic, const std::string& payload) { hear(topic, payload); }})
    {
        for (const auto& m : plant.machines) define(m);
        for (const auto& m : plant.meters) edge_.define(m.key.text, "power_kw", data_type::float64);
        for (const auto& g : plant.grid_connections) edge_.define(g.key, "power_kw", data_type::float64);
    }
    ~field() override { stop(); }

    void attach(equipment::controller& who, const std::vector<machine_id>& machines) override
    {
        who_ = &who;
        for (const auto& m : machines) who.synchronise(m, {}, false); // the host says what is to be done
        wire_.start();
    }
    void detach() override { stop(); }
    void report(const machine_id& machine, message command) override;
    void measure(std::vector<scada::sample> samples) override;
    instant now() const override { return clock_->now(); }
    equipment::link_figures counted() const override
    {
        const std::lock_guard lock(mutex_);
        return figures_;
    }

private:
    struct waiting {
        std::string device, metric;
        double value;
        instant at;
    };

    static mqtt::packet packet(const sparkplug::publication& p) { return {p.topic, p.payload, p.qos, p.retain}; }
    void define(const plant::machine& m);
    void connected();
    void stop();
    void hear(const std::string& topic, const std::string& payload);
    void obey(const sparkplug::written& w);
    void take_job(const machine_id& machine, std::size_t slot, const std::string& text);
    void say(const std::string& device, const changes& what, instant at, bool historical = false);
    void be_born();
    std::optional<std::size_t> slot_of(const machine_id& machine, const mes::run_ref& run);
    std::int64_t phase(const std::string& device, std::size_t slot) const;

    std::unique_ptr<equipment::port> clock_;
    equipment::controller* who_ = nullptr;
    mutable std::mutex mutex_;
    sparkplug::edge edge_;
    std::map<std::string, std::vector<std::optional<mes::run_ref>>> slots_;
    std::map<std::string, std::string> control_; ///< text of the last command, by machine
    std::deque<waiting> waiting_;
    equipment::link_figures figures_;
    bool born_ = false;
    mqtt::connection wire_; ///< last: its threads use the others
};

void field::define(const plant::machine& m)
{
    const auto& key = m.key.text;
    const auto slots = static_cast<std::size_t>(std::max(m.capacity, 1));
    slots_[key].resize(slots);
    const auto add = [&](const std::string& name, data_type type, value first) {
        edge_.define(key, name, type, std::move(first));
    };
    for (std::size_t i = 0; i < slots; ++i) {
        add(tags::job(i, "Order"), data_type::text, std::string());
        add(tags::job(i, "Phase"), data_type::int32, std::int64_t{0});
        add(tags::job(i, "Good"), data_type::int64, std::int64_t{0});
        add(tags::job(i, "Scrap"), data_type::int64, std::int64_t{0});
        add(tags::job(i, "Energy"), data_type::float64, {});
    }
    add(tags::state, data_type::int32, std::int64_t{machine::packml_number(machine::packml_state::idle)});
    add(tags::reason, data_type::string, std::string());
    add(tags::down, data_type::boolean, false);
    add(tags::down_reason, data_type::string, std::string());
    add(tags::down_expected, data_type::int64, std::int64_t{-1});
    add(tags::control, data_type::text, std::string());
    add(tags::refused_number, data_type::int64, std::int64_t{0});
    add(tags::refused_reason, data_type::string, std::string());
    add(tags::recipe, data_type::string, std::string());
    add(std::string(tags::parameters) + "speed_ratio", data_type::float64, 1.0);
    add("power_kw", data_type::float64, {});
    add("pieces_total", data_type::float64, {});
    for (const auto& l : m.limits) add(l.tag, data_type::float64, {});
}

void field::connected()
{
    for (const auto& s : edge_.subscriptions()) wire_.subscribe(s.filter, s.qos);
    const std::lock_guard lock(mutex_);
    be_born();
    for (const auto& w : std::exchange(waiting_, {})) say(w.device, {{w.metric, w.value}}, w.at, true);
}

void field::be_born()
{
    born_ = true;
    for (const auto& p : edge_.births(clock_->now())) wire_.publish(packet(p));
}

void field::stop()
{
    wire_.stop([&]() -> std::optional<mqtt::packet> {
        const std::lock_guard lock(mutex_);
        if (!born_) return std::nullopt;
        return packet(edge_.farewell());
    }());
}

void field::say(const std::string& device, const changes& what, instant at, bool historical)
{
    if (what.empty()) return;
    const auto said = edge_.say(device, what, at, historical);
    if (born_) wire_.publish(packet(said)); // else the birth tells it
}

std::int64_t field::phase(const std::string& device, std::size_t slot) const
{
    return static_cast<std::int64_t>(sparkplug::as_number(edge_.at(device, tags::job(slot, "Phase"))).value_or(0));
}

std::optional<std::size_t> field::slot_of(const machine_id& machine, const mes::run_ref& run)
{
    const auto& all = slots_[machine.text];
    const auto found = std::find(all.begin(), all.end(), run);
    if (found == all.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
}

void field::hear(const std::string& topic, const std::string& payload)
{
    sparkplug::edge::heard h;
    {
        const std::lock_guard lock(mutex_);
        h = edge_.receive(topic, payload);
        if (h.rebirth) be_born();
    }
    for (const auto& w : h.writes) obey(w);
}

void field::obey(const sparkplug::written& w)
{
    const auto* said = std::get_if<std::string>(&w.value);
    if (said == nullptr) return;
    const machine_id machine(w.device);
    if (w.metric == tags::control) {
        const auto order = sparkplug::read_control(*said);
        if (!order) return;
        {
            const std::lock_guard lock(mutex_);
            control_[w.device] = *said;
            ++figures_.instructions;
        }
        return who_->control(machine, *order);
    }
    for (std::size_t i = 0; i < slots_[w.device].size(); ++i)
        if (w.metric == tags::job(i, "Order")) return take_job(machine, i, *said);
}

/// A job instead of the one that was there; "" for none.
void field::take_job(const machine_id& machine, std::size_t slot, const std::string& text)
{
    const auto job = sparkplug::read_job(text);
    if (!job && !text.empty()) return;
    std::optional<mes::run_ref> gone;
    {
        const std::lock_guard lock(mutex_);
        ++figures_.instructions;
        auto& here = slots_[machine.text][slot];
        const auto run = job ? std::optional(mes::ref_of(job->job)) : std::nullopt;
        if (here && here != run && phase(machine.text, slot) != tags::done) gone = here;
        changes c{{tags::job(slot, "Order"), text}};
        if (here != run || !job) {
            const auto step = !job             ? tags::none
                              : job->running   ? tags::running
                              : job->confirmed ? tags::taken
                                               : tags::none;
            c.push_back({tags::job(slot, "Phase"), std::int64_t{step}});
            c.push_back({tags::job(slot, "Good"), job ? job->good : std::int64_t{0}});
            c.push_back({tags::job(slot, "Scrap"), job ? job->scrap : std::int64_t{0}});
            c.push_back({tags::job(slot, "Energy"), value{}});
        }
        here = run;
        say(machine.text, c, clock_->now());
    }
    if (gone) who_->withdraw(machine, *gone);
    if (job) who_->assign(machine, *job);
}

void field::report(const machine_id& machine, message command)
{
    const std::lock_guard lock(mutex_);
    ++figures_.reports;
    const auto what = tags_of(
        command, [&](const mes::run_ref& run) { return slot_of(machine, run); },
        [&](std::size_t slot) { return phase(machine.text, slot); }, control_[machine.text]);
    say(machine.text, what, clock_->now());
}

/// Samples of one source at one time are one message.
void field::measure(std::vector<scada::sample> samples)
{
    const std::lock_guard lock(mutex_);
    auto first = samples.begin();
    while (first != samples.end()) {
        const auto end = std::find_if(first, samples.end(),
                                      [&](const auto& s) { return s.source != first->source || s.at != first->at; });
        const std::string device(first->source.key());
        changes what;
        for (auto s = first; s != end; ++s) what.push_back({s->tag, s->value});
        figures_.samples += what.size();
        if (born_) {
            say(device, what, first->at);
        } else {
            for (auto s = first; s != end; ++s) waiting_.push_back({device, s->tag, s->value, s->at});
            for (; waiting_.size() > samples_waiting_most; waiting_.pop_front()) ++figures_.samples_dropped;
        }
        first = end;
    }
}

} // namespace

std::unique_ptr<equipment::uplink> sparkplug_field(const mqtt::endpoint& broker, const plant::file& plant,
                                                   std::unique_ptr<equipment::port> clock)
{
    return std::make_unique<field>(broker, plant, std::move(clock));
}

} // namespace takt::sim
