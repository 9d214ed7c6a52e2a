#include "app/report.hpp"

#include <array>
#include <cstdio>
#include <iostream>

#include "app/audit.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

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
    if (r.cases) all.emplace("cases", parse_json(to_json(*r.cases)).value());
    all.emplace("verify", runtime::to_json_object(r.audit));
    return all;
}

namespace {

std::string minutes(std::optional<double> seconds)
{
    if (!seconds) return "-";
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%.1f", *seconds / 60);
    return text.data();
}

/// A row for each kind: how many, how soon, what was stopped.
void print_cases(const http::case_figures& cases)
{
    std::printf("  %-20s %7s %7s %6s %9s %9s %8s %8s %5s\n", "cases", "opened", "closed", "open", "MTTA min",
                "MTTR min", "stopped", "pieces", "bad");
    const auto row = [](const std::string& name, const http::case_kind_figures& k) {
        std::printf("  %-20s %7lld %7lld %6lld %9s %9s %8lld %8s %5lld\n", name.c_str(),
                    static_cast<long long>(k.opened), static_cast<long long>(k.closed), static_cast<long long>(k.open),
                    minutes(k.mtta_s).c_str(), minutes(k.mttr_s).c_str(), static_cast<long long>(k.stopped),
                    to_string(k.pieces).c_str(), static_cast<long long>(k.stopped_bad));
    };
    for (const auto& [kind, figures] : cases.kinds) row(kind, figures);
    row("all", cases.all);
    std::fflush(stdout);
}

} // namespace

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
    if (r.cases) print_cases(*r.cases);
    print_laws(r.audit);
    std::cout << (r.audit.ok ? "all laws hold\n" : "NOT ALL LAWS HOLD\n") << std::flush;
}

} // namespace takt::app
