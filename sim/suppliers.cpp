#include "sim/suppliers.hpp"

#include <algorithm>

namespace takt::sim {
namespace {

constexpr double minute_ms = 60'000;
constexpr std::int64_t hour_ms = 3'600'000;

std::string path_of(const std::string& key) { return "/api/v1/purchase_order/" + key; }

bool over(const suppliers::order_view& o)
{
    using enum purchase_order::purchase_status;
    return o.status == none || o.status == received || o.status == closed_short;
}

milliseconds scaled(milliseconds d, double factor)
{
    return milliseconds{static_cast<std::int64_t>(static_cast<double>(d.count()) * factor)};
}

} // namespace

suppliers::suppliers(world& w, crew& dock) : world_(w), dock_(dock)
{
    for (const auto& s : w.plant.suppliers) suppliers_[s.key.text] = &s;
    for (const auto& m : w.plant.materials) materials_[m.key.text] = &m;
}

suppliers::course suppliers::course_of(const plant::supplier_behaviour& how, const scenario& s, dice chances,
                                       instant created, instant due, milliseconds lead_time, takt::quantity quantity,
                                       bool pieces)
{
    course c;
    c.confirms = created + milliseconds{static_cast<std::int64_t>(chances.between(5, 90) * minute_ms)};
    c.promised = std::max(created + scaled(lead_time, chances.between(0.85, 1.0)), due - milliseconds{24 * hour_ms});
    c.late = chances.chance(std::min(1.0, how.late_share * s.late_factor));
    const auto by = c.late ? scaled(lead_time, 0.05 + 0.3 * chances.exponential())
                           : milliseconds{-static_cast<std::int64_t>(chances.between(0, 4) * hour_ms)};
    c.arrives = std::max(c.confirms, c.promised + by);
    if (chances.chance(std::min(1.0, how.short_share * s.short_factor))) {
        const double share = chances.between(0.5, 0.95);
        auto first = takt::quantity{static_cast<std::int64_t>(static_cast<double>(quantity.thousandths) * share)};
        if (pieces) first = takt::quantity::of(first.whole());
        if (first > takt::quantity{}) c.first = first;
    }
    c.rest_follows = chances.chance(0.6);
    c.rest_after = milliseconds{static_cast<std::int64_t>(chances.between(10, 50) * hour_ms)};
    return c;
}

void suppliers::hear(const news_item& news)
{
    if (news.entity.kind() != "purchase_order") return;
    if (news.type == "created") take_up(std::string(news.entity.key()));
    if (news.type == "expedited") hurry(std::string(news.entity.key()));
}

void suppliers::look_around()
{
    world_.node.list("/api/v1/purchase_orders?status=open,confirmed,partially_received",
                     [this](const boost::json::object& o) {
                         const auto* key = o.if_contains("key");
                         if (key != nullptr && key->is_string()) take_up(std::string(key->get_string()));
                     });
}

std::optional<suppliers::order_view> suppliers::look(const std::string& key) const
{
    return world_.node.read<order_view>(path_of(key));
}

std::optional<suppliers::course> suppliers::find_course(const std::string& key, const order_view& o) const
{
    const auto who = suppliers_.find(o.supplier.text);
    const auto what = materials_.find(o.item.text);
    if (who == suppliers_.end()) return std::nullopt;
    const bool known = what != materials_.end();
    const auto lead =
        known ? what->second->lead_time_ms.value_or(who->second->lead_time_ms) : who->second->lead_time_ms;
    return course_of(who->second->behaviour, world_.how, world_.chances(key, "delivery"), o.created_at, o.due, lead,
                     o.quantity, known && what->second->unit == "pcs");
}

void suppliers::take_up(const std::string& key)
{
    if (known_.contains(key)) return;
    const auto o = look(key);
    if (!o || over(*o)) return;
    const auto c = find_course(key, *o);
    if (!c) return;
    known_.insert(key);
    if (!o->confirmed) world_.time.at(c->confirms, [this, key, date = c->promised] { confirm(key, date); });
    // A supplier who will be late mostly says so, on the day.
    if (c->late && c->arrives > c->promised && o->received == takt::quantity{})
        world_.time.at(c->promised - milliseconds{2 * hour_ms}, [this, key, date = c->arrives] { confirm(key, date); });
    const auto arrives = o->received > takt::quantity{} ? c->arrives + c->rest_after : c->arrives;
    world_.time.at(arrives, [this, key] { arrive(key); });
}

/// Somebody asked where it is: two of three suppliers send what they have by express, once.
void suppliers::hurry(const std::string& key)
{
    const auto o = look(key);
    const auto c = o && !over(*o) ? find_course(key, *o) : std::nullopt;
    if (!c || !hurried_.insert(key).second || !world_.chances(key, "express").of(1).chance(2.0 / 3)) return;
    const auto now = world_.time.now();
    const auto left = c->arrives - now;
    if (left < milliseconds{2 * hour_ms}) return; // it is on the road
    const auto date = now + milliseconds{left.count() / 2};
    confirm(key, date);
    world_.time.at(date, [this, key] { arrive(key); });
}

void suppliers::confirm(const std::string& key, instant date)
{
    const auto o = look(key);
    if (!o || over(*o) || o->confirmed == date) return;
    world_.node.tell(key, purchase_order::confirm{date}, "sim/confirm/" + key + '/' + std::to_string(date.ms));
}

void suppliers::arrive(const std::string& key)
{
    const auto rank = world_.time.now().ms - 10 * 24 * hour_ms; // a lorry at the dock waits for nobody
    dock_.send("unload/" + key, rank, [this, key](const std::string& person, crew::done done) {
        auto chances = world_.chances(key, "unloading");
        world_.time.in(seconds_ms(60 * chances.between(4, 15)),
                       [this, key, done = std::move(done), person] { unload(key, done); });
    });
}

void suppliers::unload(const std::string& key, const crew::done& done)
{
    const auto o = look(key);
    const auto c = o && !over(*o) ? find_course(key, *o) : std::nullopt;
    if (!c) return done();
    const auto open = o->quantity - o->received;
    const bool first_part = c->first && o->received == takt::quantity{};
    const auto identity = "sim/receive/" + key + '/' + std::to_string(o->received.thousandths);
    if (c->first && !first_part && !c->rest_follows) {
        world_.node.tell(key, purchase_order::close_short{"the supplier cannot deliver the rest"}, identity);
        return done();
    }
    const auto amount = first_part ? *c->first : open;
    const auto number =
        world_.chances(key, "lot").of(static_cast<std::uint64_t>(o->received.thousandths)).whole(10000, 99999);
    const purchase_order::receive command{amount, std::nullopt, o->supplier.text + '-' + std::to_string(number),
                                          std::nullopt};
    const auto a = world_.node.tell(key, command, identity);
    if (a.ok()) {
        world_.count(&figures::deliveries);
        if (c->late) world_.count(&figures::late_deliveries);
        if (first_part) world_.count(&figures::short_deliveries);
    }
    if (first_part) world_.time.in(c->rest_after, [this, key] { arrive(key); });
    done();
}

} // namespace takt::sim
