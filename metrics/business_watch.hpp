#pragma once

#include <array>
#include <deque>
#include <map>
#include <string>

#include <prometheus/metric_family.h>

#include "messages/mes/schedule.hpp"
#include "metrics/bounded_label.hpp"
#include "runtime/node.hpp"

namespace takt::metrics {

/// Counters of what happens to orders, stock, cases, alarms, the plan and energy. A pure function of what it is told,
/// in plant time. Not thread-safe.
class business_watch {
public:
    /// An order as its row shows it when the watch begins: what it was promised at first.
    void take_order(const std::string& order, std::optional<instant> first_promise);
    /// A job that is planned when the watch begins.
    void take_job(const std::string& work_order, std::size_t operations);
    void take(const runtime::fact& f);

    void add_families(std::vector<prometheus::MetricFamily>& to, instant now) const;

private:
    void take_order_event(const runtime::fact& f);
    void take_work_order_event(const runtime::fact& f);
    void take_schedule_event(const runtime::fact& f);
    void take_alarm(const runtime::fact& f);
    void add_schedule(std::vector<prometheus::MetricFamily>& to) const;

    std::map<std::string, std::optional<instant>> promised_; ///< open orders: the first promise
    double orders_placed_ = 0, promises_moved_ = 0, kept_ = 0, broken_ = 0;
    std::map<std::string, double> shipped_{{"in_time", 0}, {"late", 0}};
    double work_orders_completed_ = 0, pieces_completed_ = 0, stock_alerts_ = 0;
    std::map<std::string, double> scrap_{{"machine", 0}};
    std::map<std::string, double> opened_, closed_; ///< cases, by kind
    std::map<std::string, double> alarms_;          ///< annunciated, by priority
    mutable std::deque<instant> lately_;            ///< the same, of the last ten minutes
    std::map<std::string, double> energy_joules_;   ///< by tariff
    double energy_cost_ = 0;
    std::map<std::string, std::size_t> jobs_; ///< operations of each
    std::map<std::string, double> plans_{{"repair", 0}, {"improvement", 0}};
    double moved_ = 0;
    std::map<std::string, schedule::objectives> worth_; ///< of the plans in force, by area
    bounded_label reasons_{20}, kinds_{30}, tariffs_{10};
};

} // namespace takt::metrics
