#include "app/report.hpp"

#include <iostream>

#include "app/audit.hpp"

namespace takt::app {

boost::json::object to_json_object(const report& r)
{
    auto all = to_json_object(r.figures);
    all.emplace("plant", r.plant);
    all.emplace("plant_time", r.plant_time);
    all.emplace("seconds", r.seconds);
    all.emplace("speed", r.speed);
    all.emplace("seed", r.seed);
    all.emplace("events", r.audit.events);
    all.emplace("verify", runtime::to_json_object(r.audit));
    return all;
}

void print(const report& r)
{
    const auto& t = r.figures;
    std::cout << "\n"
              << r.plant << " at " << r.plant_time << ", " << r.audit.events << " events\n"
              << "  orders       received " << t.orders.received << ", released " << t.orders.released << ", shipped "
              << t.orders.shipped << ", late " << t.orders.late << '\n'
              << "  work orders  released " << t.work_orders.released << ", completed " << t.work_orders.completed
              << '\n'
              << "  anomalies    opened " << t.anomalies.opened << ", closed " << t.anomalies.closed << '\n';
    if (t.dead_letters > 0) std::cout << "  dead letters " << t.dead_letters << '\n';
    print_laws(r.audit);
    std::cout << (r.audit.ok ? "all laws hold\n" : "NOT ALL LAWS HOLD\n") << std::flush;
}

} // namespace takt::app
