#include "sim/customers.hpp"
#include "messages/core/json_write.hpp"

#include <algorithm>

#include "messages/core/log.hpp"
#include "messages/erp/order.hpp"

namespace takt::sim {
namespace {

constexpr double office_hours = 12; ///< 06:00 to 18:00
constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;
constexpr double opening_spread_seconds = 20; ///< between the orders that were in the post

} // namespace

customers::customers(world& w) : world_(w)
{
    per_hour_ = w.how.orders_per_day.value_or(w.plant.orders_per_day) / office_hours;
    for (const auto& d : w.plant.demand) shares_ += d.share;
}

void customers::begin()
{
    if (world_.plant.demand.empty() || world_.plant.customers.empty() || shares_ <= 0) return;
    const auto now = world_.time.now();
    if (world_.how.duration_ms) until_ = now + *world_.how.duration_ms;
    std::uint64_t ordered = 0;
    instant last = now - milliseconds{hour_ms};
    world_.node.list("/api/v1/orders", [&](const boost::json::object& o) {
        ++ordered;
        const auto* at = o.if_contains("placed_at");
        if (at == nullptr || !at->is_string()) return;
        if (const auto placed = parse_rfc3339(at->get_string())) last = std::max(last, *placed);
    });
    const auto opening = static_cast<std::uint64_t>(std::max(world_.how.opening_orders, 0));
    for (std::uint64_t n = ordered; n < opening; ++n)
        world_.time.in(seconds_ms(opening_spread_seconds * static_cast<double>(n - ordered + 1)),
                       [this, n] { place(n); });
    plan_next(std::max(ordered, opening), ordered == 0 ? now : last);
}

/// The instant that lies this many office hours after `from`.
instant customers::office_time(instant from, double hours)
{
    double left = hours * hour_ms;
    auto at = from.ms;
    while (true) {
        if (at + 20 * day_ms > office_end_) {
            office_end_ = at + 120 * day_ms;
            using enum hrm::weekday;
            const hrm::work_calendar pattern{world_.plant.time_zone,
                                             {{"office", {mon, tue, wed, thu, fri}, "06:00", "18:00", {}}},
                                             world_.plant.holidays};
            office_ = scheduling::working_time(pattern, at - day_ms, office_end_);
        }
        const auto open = scheduling::next_working(office_, at);
        const auto close = scheduling::end_of_shift(office_, at);
        if (!open || !close) return {at + day_ms};
        const auto there = static_cast<double>(*close - *open);
        if (left <= there) return {*open + static_cast<std::int64_t>(left)};
        left -= there;
        at = *close;
    }
}

void customers::plan_next(std::uint64_t number, instant after)
{
    if (per_hour_ <= 0) return;
    auto chances = world_.chances("order", "gap").of(number);
    const auto when = office_time(after, chances.exponential() / per_hour_);
    if (until_ && when > *until_) return;
    world_.time.at(when, [this, number, when] {
        place(number);
        plan_next(number + 1, when);
    });
}

void customers::place(std::uint64_t number)
{
    auto chances = world_.chances("order", "content").of(number);
    double pick = chances.unit() * shares_;
    const auto* wanted = &world_.plant.demand.back();
    for (const auto& d : world_.plant.demand) {
        wanted = &d;
        if ((pick -= d.share) <= 0) break;
    }
    const auto& by = world_.plant.customers[static_cast<std::size_t>(
        chances.whole(0, static_cast<std::int64_t>(world_.plant.customers.size()) - 1))];
    const auto pieces = static_cast<double>(chances.whole(wanted->quantity_minimum, wanted->quantity_maximum));
    const auto quantity = std::max<std::int64_t>(1, std::llround(pieces * world_.how.quantity_factor));
    const double days = chances.between(world_.how.due_days_minimum, world_.how.due_days_maximum);
    const auto due = world_.time.now().ms + static_cast<std::int64_t>(days * day_ms);
    order::place command{by.key,
                         wanted->product,
                         quantity::of(quantity),
                         {due - due % hour_ms + hour_ms},
                         chances.chance(world_.how.urgent_share) ? 8 : 5};
    const auto identity = "sim/order/" + std::to_string(world_.how.seed) + '/' + std::to_string(number);
    const auto a = world_.node.post("/api/v1/orders", to_json(command), identity);
    // `key_reused`: placed just before a restart, at another second.
    if (a.ok())
        world_.count(&figures::orders_placed);
    else if (a.reason != "key_reused")
        log_warning("sim_order_refused", {{"number", number}, {"detail", a.detail}});
}

} // namespace takt::sim
