#include "bench/loop_watch.hpp"

#include "gateways/sparkplug/job_text.hpp"
#include "gateways/sparkplug/machine_tags.hpp"
#include "gateways/sparkplug/payload.hpp"
#include "gateways/sparkplug/topic.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/core/json_read.hpp"
#include "messages/eam/maintenance_order.hpp"
#include "messages/mes/schedule_events.hpp"

namespace takt::bench {
namespace {

using steady = std::chrono::steady_clock;

template <class Event> Event read(const runtime::fact& f)
{
    return read_json_text<Event>(f.data, strictness::from_storage).value();
}

constexpr std::string_view machine_case = "machine_fault:machine:";

void first(std::optional<fault_passage::time>& when, fault_passage::time now)
{
    if (!when) when = now;
}

} // namespace

loop_watch::loop_watch(runtime::node& node, const mqtt::endpoint& broker)
    : wire_(broker, "takt-bench-watch",
            {[] { return std::optional<mqtt::packet>(); }, [this] { wire_.subscribe("spBv1.0/+/DCMD/#", 0); }, [] {},
             [this](const std::string& topic, const std::string& payload) { hear(topic, payload); }})
{
    facts_ = node.subscribe([this](const runtime::facts& all) { take(all); });
    wire_.start();
}

loop_watch::~loop_watch()
{
    facts_.reset();
    wire_.stop();
}

void loop_watch::begin(const machine_id& machine, time sample)
{
    const std::lock_guard lock(mutex_);
    passages_[machine.text].sample = sample;
}

std::map<std::string, fault_passage> loop_watch::passages() const
{
    const std::lock_guard lock(mutex_);
    return passages_;
}

fault_passage* loop_watch::find(const std::string& machine)
{
    const auto found = passages_.find(machine);
    return found == passages_.end() ? nullptr : &found->second;
}

void loop_watch::hear(const std::string& topic, const std::string& payload)
{
    const auto now = steady::now();
    const auto to = sparkplug::parse_topic(topic);
    const auto said = sparkplug::decode(payload);
    if (!to || !said) return;
    for (const auto& m : said.ok->metrics) {
        const auto* text = std::get_if<std::string>(&m.raw);
        const auto order = text == nullptr ? std::nullopt : sparkplug::read_control(*text);
        if (!order || order->action != machine::control_action::hold) continue;
        const std::lock_guard lock(mutex_);
        if (auto* p = find(to->from.device)) first(p->hold, now);
    }
}

void loop_watch::take(const runtime::facts& all)
{
    const auto now = steady::now();
    const std::lock_guard lock(mutex_);
    for (const auto& f : *all) {
        const auto kind = f.entity.kind();
        if (kind == "anomaly") {
            take_case(f, now);
        } else if (kind == "maintenance_order" && f.type == "created") {
            if (auto* p = find(read<maintenance_order::created>(f).what.machine.text)) first(p->maintenance_order, now);
        } else if (kind == "schedule") {
            take_schedule(f, now);
        } else if (kind == "order" && f.type == "promised") {
            if (auto* p = find(replanned_)) first(p->promise, now);
        }
    }
}

/// The last thing that has answered completes the quarantine.
void loop_watch::take_case(const runtime::fact& f, time now)
{
    if (!f.entity.key().starts_with(machine_case)) return;
    auto* p = find(std::string(f.entity.key().substr(machine_case.size())));
    if (p == nullptr) return;
    if (f.type != "quarantined") return;
    p->stopped = p->stopped || read<anomaly::quarantined>(f).what.stopped;
    if (p->stopped) p->quarantine = now;
}

void loop_watch::take_schedule(const runtime::fact& f, time now)
{
    if (f.type == "machine_noted") {
        const auto e = read<schedule::machine_noted>(f);
        if (auto* p = find(e.machine.text); p != nullptr && !e.up) p->blocked = true;
    } else if (f.type == "planned") {
        for (auto& [machine, p] : passages_) {
            if (!p.blocked || p.schedule) continue;
            p.schedule = now;
            replanned_ = machine;
        }
    }
}

} // namespace takt::bench
