#include "sim/technicians.hpp"

#include <algorithm>
#include <array>

#include "messages/eam/maintenance_order.hpp"
#include "messages/mes/machine.hpp"
#include "sim/floor.hpp"

namespace takt::sim {
namespace {

constexpr milliseconds until_on_call_comes{45 * 60'000};
constexpr milliseconds look_again{5 * 60'000};        ///< when the machine is at work
constexpr milliseconds somebody_notices{30 * 60'000}; ///< a broken machine that nobody was sent to

struct order_view {
    maintenance_order::order_status status = maintenance_order::order_status::none;
    machine_id machine;
    std::string person;
    std::string plan;
    milliseconds duration_ms{0};
};
BOOST_DESCRIBE_STRUCT(order_view, (), (status, machine, person, plan, duration_ms))

struct machine_view {
    bool up = true;
};
BOOST_DESCRIBE_STRUCT(machine_view, (), (up))

std::string path_of(const std::string& order) { return "/api/v1/maintenance_order/" + order; }

} // namespace

technicians::technicians(world& w, crew& people) : world_(w), people_(people) {}

void technicians::hear(const news_item& news)
{
    if (news.entity.kind() != "maintenance_order") return;
    const std::string key(news.entity.key());
    if (news.type == "released") return find_somebody(key);
    if (news.type != "assigned") return;
    if (const auto e = read_json<maintenance_order::assigned>(news.data, strictness::from_storage))
        go_to(key, e->person);
}

void technicians::look_around()
{
    world_.node.list("/api/v1/maintenance_orders?status=waiting,assigned,in_progress", [this](const auto& o) {
        const auto seen = read_json<order_view>(o, strictness::from_storage);
        const auto* key = o.if_contains("key");
        if (!seen || key == nullptr || !key->is_string()) return;
        const std::string order(key->get_string());
        if (seen->status == maintenance_order::order_status::waiting)
            find_somebody(order);
        else
            go_to(order, seen->person);
    });
}

void technicians::called(const machine_id& machine, milliseconds work, const std::string& what)
{
    world_.count(&figures::breakdowns);
    broken_[machine.text] = {work, what};
    world_.time.in(somebody_notices, [this, machine] { wait_for_order(machine); });
}

/// Where nobody orders maintenance, somebody sees in the end that the machine stands.
void technicians::wait_for_order(const machine_id& machine)
{
    const auto found = broken_.find(machine.text);
    if (found == broken_.end()) return;
    bool ordered = false;
    world_.node.list("/api/v1/maintenance_orders?status=waiting_parts,waiting,assigned,in_progress&machine=" +
                         machine.text,
                     [&](const auto&) { ordered = true; });
    if (ordered) return world_.time.in(somebody_notices, [this, machine] { wait_for_order(machine); });
    const auto work = found->second.work;
    people_.send("repair/" + machine.text, 0, [this, machine, work](const std::string&, const crew::done& done) {
        world_.time.in(work, [this, machine, done] {
            if (broken_.erase(machine.text) > 0) world_.machines.repair(machine);
            done();
        });
    });
}

/// While nobody of the crew is there, whoever is on call is sent for; not for what was planned.
void technicians::find_somebody(const std::string& order)
{
    if (people_.anybody_there()) return; // the plant chooses
    world_.time.in(until_on_call_comes, [this, order] {
        const auto seen = world_.node.read<order_view>(path_of(order));
        if (seen && seen->status == maintenance_order::order_status::waiting && seen->plan.empty())
            go_to(order, "on-call");
    });
}

void technicians::go_to(const std::string& order, const std::string& person)
{
    if (!going_.emplace(order, person).second) return;
    const auto way = world_.chances(order, "way").of(1).between(2, 8);
    world_.time.in(seconds_ms(way * 60), [this, order, person] { do_order(order, person); });
}

void technicians::do_order(const std::string& order, const std::string& person)
{
    const auto seen = world_.node.read<order_view>(path_of(order));
    const auto begun = world_.node.tell(order, maintenance_order::start{person}, "sim/start/" + order + '/' + person);
    if (!seen || !begun.ok()) {
        going_.erase(order);
        return;
    }
    errand what{order, person, seen->machine, seen->plan, {}};
    auto chances = world_.chances(order, "adjusting").of(1);
    what.work = seen->plan.empty()
                    ? seconds_ms(chances.between(10, 30) * 60)
                    : seconds_ms(static_cast<double>(seen->duration_ms.count()) / 1000 * chances.log_normal(0.2));
    if (broken_.contains(seen->machine.text))
        repair(what);
    else
        look_at(what);
}

void technicians::repair(const errand& what)
{
    const auto known = broken_[what.machine.text];
    world_.time.in(known.work, [this, what, cause = known.what] {
        broken_.erase(what.machine.text);
        world_.machines.repair(what.machine);
        world_.count(&figures::repairs);
        if (what.plan.empty()) return report(what, cause);
        look_at(what); // what they came for
    });
}

/// What is due, or something about it is not right though it runs.
void technicians::look_at(const errand& what)
{
    world_.machines.take_for_maintenance(what.machine, [this, what](bool taken) {
        world_.time.soon([this, what, taken] { // back on the people's thread
            if (broken_.contains(what.machine.text)) return repair(what);
            if (!taken) return world_.time.in(look_again, [this, what] { look_at(what); });
            world_.time.in(what.work, [this, what] {
                world_.machines.end_maintenance(what.machine, renews(what));
                world_.count(&figures::maintenance);
                report(what, what.plan.empty() ? "adjusted" : "as planned");
            });
        });
    });
}

bool technicians::renews(const errand& what) const
{
    for (const auto& a : world_.plant.assets)
        for (const auto& plan : a.maintenance)
            if (a.machine == what.machine && plan.key == what.plan) return plan.renews;
    return false;
}

/// Somebody else had reported it down: it is not in the technician's hands that it broke, but that it works again.
void technicians::say_it_works(const machine_id& machine)
{
    const auto seen = world_.node.read<machine_view>("/api/v1/machine/" + machine.text);
    if (seen && !seen->up && !broken_.contains(machine.text))
        world_.node.tell(machine.text, takt::machine::report_up{},
                         "sim/works/" + machine.text + '/' + std::to_string(world_.time.now().ms));
}

void technicians::report(const errand& what, const std::string& cause)
{
    if (what.plan.empty()) say_it_works(what.machine);
    world_.node.tell(what.order, maintenance_order::report_done{what.person, cause, {}}, "sim/done/" + what.order);
    going_.erase(what.order);
}

} // namespace takt::sim
