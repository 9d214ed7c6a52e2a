#include "metrics/business_watch.hpp"

#include <algorithm>

#include "messages/anomaly/anomaly.hpp"
#include "messages/core/json_read.hpp"
#include "messages/ems/meter.hpp"
#include "messages/erp/order.hpp"
#include "messages/mes/schedule_events.hpp"
#include "messages/mes/work_order.hpp"
#include "messages/scada/alarm.hpp"
#include "metrics/family.hpp"

namespace takt::metrics {
namespace {

using prometheus::MetricType;

constexpr std::chrono::minutes alarm_window{10};
constexpr double joules_per_kwh = 3.6e6, seconds_per_hour = 3600;

template <class Event> std::optional<Event> read(const runtime::fact& f)
{
    auto event = read_json_text<Event>(f.data, strictness::from_storage);
    if (!event) return std::nullopt;
    return std::move(*event);
}

/// A family with one value for each entry; it is there with none too, so that its name is known.
prometheus::MetricFamily by_label(std::string name, std::string help, const std::string& label,
                                  const std::map<std::string, double>& values)
{
    auto f = family(std::move(name), std::move(help), MetricType::Counter);
    for (const auto& [value, count] : values) add_value(f, count, {{label, value}});
    return f;
}

} // namespace

void business_watch::take_order(const std::string& order, std::optional<instant> first_promise)
{
    promised_[order] = first_promise;
}

void business_watch::take_job(const std::string& work_order, std::size_t operations) { jobs_[work_order] = operations; }

void business_watch::take(const runtime::fact& f)
{
    const auto kind = f.entity.kind();
    if (kind == "order") {
        take_order_event(f);
    } else if (kind == "work_order") {
        take_work_order_event(f);
    } else if (kind == "schedule") {
        take_schedule_event(f);
    } else if (kind == "alarm" && f.type == "raised") {
        take_alarm(f);
    } else if (kind == "material" && f.type == "stock_alert_raised") {
        ++stock_alerts_;
    } else if (kind == "anomaly" && f.type == "opened") {
        if (const auto e = read<anomaly::opened>(f)) ++opened_[kinds_.of(e->kind)];
    } else if (kind == "anomaly" && f.type == "closed") {
        const auto e = read<anomaly::closed>(f);
        if (e) ++closed_[reasons_.of(e->cause.empty() ? "none" : e->cause)];
    } else if (kind == "meter" && f.type == "energy_recorded") {
        if (const auto e = read<meter::energy_recorded>(f)) {
            energy_joules_[tariffs_.of(e->tariff)] += e->energy_kwh * joules_per_kwh;
            energy_cost_ += e->cost;
        }
    }
}

void business_watch::take_order_event(const runtime::fact& f)
{
    const std::string key(f.entity.key());
    if (f.type == "placed" || f.type == "confirmed") {
        ++orders_placed_;
        promised_.try_emplace(key);
    } else if (f.type == "promised") {
        auto& first = promised_[key];
        if (first) ++promises_moved_;
        if (const auto e = read<order::promised>(f); e && !first) first = e->date;
    } else if (f.type == "shipped") {
        const auto e = read<order::shipped>(f);
        if (!e || !e->complete) return;
        ++shipped_[e->late ? "late" : "in_time"];
        if (const auto found = promised_.find(key); found != promised_.end() && found->second)
            ++(e->at <= *found->second ? kept_ : broken_);
        promised_.erase(key);
    } else if (f.type == "cancelled" || f.type == "rejected") {
        promised_.erase(key);
    }
}

void business_watch::take_work_order_event(const runtime::fact& f)
{
    if (f.type == "completed") {
        ++work_orders_completed_;
        if (const auto e = read<work_order::completed>(f)) pieces_completed_ += e->good.to_double();
    } else if (f.type == "run_ended") {
        if (const auto e = read<work_order::run_ended>(f)) scrap_["machine"] += static_cast<double>(e->scrap);
    } else if (f.type == "pieces_scrapped") {
        if (const auto e = read<work_order::pieces_scrapped>(f))
            scrap_[reasons_.of(e->reason)] += e->quantity.to_double();
    }
}

void business_watch::take_schedule_event(const runtime::fact& f)
{
    if (f.type == "job_announced") {
        if (const auto e = read<schedule::job_announced>(f)) take_job(e->job.work_order.text, e->job.operations.size());
    } else if (f.type == "job_removed") {
        if (const auto e = read<schedule::job_removed>(f)) jobs_.erase(e->work_order.text);
    } else if (f.type == "planned") {
        const auto e = read<schedule::planned>(f);
        if (!e) return;
        ++plans_[std::string(enum_name(e->how))];
        for (const auto& p : e->placed) moved_ += p.old_start ? 1 : 0;
        if (e->worth) worth_[std::string(f.entity.key())] = *e->worth;
    }
}

void business_watch::take_alarm(const runtime::fact& f)
{
    const auto e = read<alarm::raised>(f);
    if (!e || !e->annunciated) return;
    ++alarms_[std::string(enum_name(e->detection.priority))];
    lately_.push_back(e->at);
    while (!lately_.empty() && lately_.front() < f.at - alarm_window) lately_.pop_front();
}

void business_watch::add_schedule(std::vector<prometheus::MetricFamily>& to) const
{
    double operations = 0;
    for (const auto& [job, count] : jobs_) operations += static_cast<double>(count);
    to.push_back(gauge("takt_schedule_jobs", "Work orders that are planned.", static_cast<double>(jobs_.size())));
    to.push_back(gauge("takt_schedule_operations", "Operations of the work orders that are planned.", operations));
    to.push_back(by_label("takt_schedule_plans_total", "Plans put in force: mended, or improved.", "how", plans_));
    to.push_back(counter("takt_schedule_operations_moved_total",
                         "Operations that a new plan put at another time or machine than the plan before.", moved_));
    if (worth_.empty()) return;
    schedule::objectives all;
    for (const auto& [area, w] : worth_) {
        all.number_late += w.number_late;
        all.weighted_tardiness += w.weighted_tardiness;
        all.makespan = std::max(all.makespan, w.makespan);
        all.setup_time += w.setup_time;
        all.stability += w.stability;
    }
    const auto hours = [&](const char* name, const char* help, double value) {
        to.push_back(gauge(name, help, value * seconds_per_hour));
    };
    to.push_back(gauge("takt_schedule_late_jobs", "Work orders that end late by the plans in force.", all.number_late));
    hours("takt_schedule_weighted_tardiness_seconds", "Lateness times priority, by the plans in force.",
          all.weighted_tardiness);
    hours("takt_schedule_makespan_seconds", "Time until the last end of the plans in force.", all.makespan);
    hours("takt_schedule_setup_seconds", "Set-up time in the plans in force.", all.setup_time);
    hours("takt_schedule_instability_seconds",
          "By how much the plans in force moved those before, summed over their operations; less is stabler.",
          all.stability);
}

void business_watch::add_families(std::vector<prometheus::MetricFamily>& to, instant now) const
{
    while (!lately_.empty() && lately_.front() < now - alarm_window) lately_.pop_front();
    to.push_back(counter("takt_orders_placed_total", "Customer orders taken.", orders_placed_));
    to.push_back(by_label("takt_orders_shipped_total", "Customer orders shipped completely, by their due date.", "when",
                          shipped_));
    to.push_back(by_label("takt_promises_total", "Orders shipped by the date that was promised at first, or later.",
                          "outcome", {{"kept", kept_}, {"broken", broken_}}));
    to.push_back(counter("takt_promises_moved_total", "Promised dates that moved.", promises_moved_));
    to.push_back(counter("takt_work_orders_completed_total", "Work orders finished.", work_orders_completed_));
    to.push_back(counter("takt_pieces_completed_total", "Good pieces of finished work orders.", pieces_completed_));
    to.push_back(by_label("takt_scrap_pieces_total",
                          "Pieces scrapped, by reason: 'machine' as counted there, else as inspection said.", "reason",
                          scrap_));
    to.push_back(
        counter("takt_stock_alerts_total", "Materials that fell below half of their safety stock.", stock_alerts_));
    to.push_back(by_label("takt_anomalies_opened_total", "Cases opened.", "kind", opened_));
    to.push_back(
        by_label("takt_anomalies_closed_total", "Cases closed, by the cause that was found.", "cause", closed_));
    to.push_back(by_label("takt_alarms_annunciated_total", "Alarms shown to operators.", "priority", alarms_));
    to.push_back(gauge("takt_alarms_recent",
                       "Alarms shown to operators in the last 10 minutes of plant time (ISA-18.2: 10 are a flood).",
                       static_cast<double>(lately_.size())));
    to.push_back(by_label("takt_energy_joules_total", "Energy that meters recorded.", "tariff", energy_joules_));
    to.push_back(counter("takt_energy_cost_total", "Its cost, in the money of the plant's tariff.", energy_cost_));
    add_schedule(to);
}

} // namespace takt::metrics
