#include "app/demo_view.hpp"

#include <cstdio>
#include <iomanip>
#include <iostream>
#include <sstream>

#include <unistd.h>

namespace takt::app {
namespace {

constexpr const char* home_and_clear = "\x1b[H\x1b[2J";
constexpr const char* bold = "\x1b[1m";
constexpr const char* red = "\x1b[31m";
constexpr const char* plain_again = "\x1b[0m";
constexpr const char* hide_cursor = "\x1b[?25l";
constexpr const char* show_cursor = "\x1b[?25h";

std::string machines_line(const tally& t)
{
    std::string line;
    for (const auto& [state, count] : t.machines)
        line.append(line.empty() ? "" : "   ").append(state).append(" ").append(std::to_string(count));
    return line;
}

std::string alarm(std::uint64_t count)
{
    const auto text = std::to_string(count);
    return count == 0 ? text : std::string(red).append(text).append(plain_again);
}

std::string picture(const demo_moment& now, const tally& t)
{
    std::ostringstream out;
    out << home_and_clear << bold << now.plant << plain_again << "   " << now.plant_time << "   " << now.speed
        << "x, running " << now.running.count() << " s\n\n"
        << "  orders        received " << t.orders.received << "   open " << t.orders.open << "   shipped "
        << t.orders.shipped << "   late " << alarm(t.orders.late) << "\n"
        << "  work orders   created " << t.work_orders.created << "   released " << t.work_orders.released
        << "   in progress " << t.work_orders.in_progress << "   completed " << t.work_orders.completed << "\n"
        << "  machines      " << machines_line(t) << "\n"
        << "  stock alerts  " << alarm(t.stock_alerts) << "\n"
        << "  anomalies     open " << alarm(t.anomalies.opened - t.anomalies.closed) << "   closed "
        << t.anomalies.closed << "\n"
        << "  dead letters  " << alarm(t.dead_letters) << "\n"
        << "  events        " << now.events << "   " << std::fixed << std::setprecision(0) << now.events_per_s
        << "/s   commands " << now.commands_per_s << "/s\n\n"
        << "  " << now.url << "/api/v1/orders   /api/v1/schedule   /api/v1/events   /metrics\n"
        << "  Ctrl-C ends the demo with a report\n";
    return out.str();
}

std::string line(const demo_moment& now, const tally& t)
{
    std::ostringstream out;
    out << now.plant_time << "  orders " << t.orders.open << " open " << t.orders.shipped << " shipped "
        << t.orders.late << " late | work orders " << t.work_orders.in_progress << " in progress "
        << t.work_orders.completed << " completed | machines " << machines_line(t) << " | stock alerts "
        << t.stock_alerts << " | anomalies " << t.anomalies.opened - t.anomalies.closed << " open | " << std::fixed
        << std::setprecision(0) << now.events_per_s << " events/s | " << now.url << '\n';
    return out.str();
}

} // namespace

demo_view::demo_view() : terminal_(::isatty(STDOUT_FILENO) == 1)
{
    if (terminal_) std::cout << hide_cursor;
}

demo_view::~demo_view()
{
    if (terminal_) std::cout << show_cursor << std::flush;
}

void demo_view::show(const demo_moment& now, const tally& t)
{
    constexpr std::chrono::seconds between_lines{5};
    if (terminal_) {
        std::cout << picture(now, t) << std::flush;
        return;
    }
    const auto real = std::chrono::steady_clock::now();
    if (real - last_line_ < between_lines) return;
    last_line_ = real;
    std::cout << line(now, t) << std::flush;
}

} // namespace takt::app
