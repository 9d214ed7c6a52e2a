#include "sim/technicians.hpp"

#include <algorithm>
#include <array>

#include "messages/eam/asset.hpp"
#include "messages/eam/maintenance_order.hpp"
#include "sim/floor.hpp"

namespace takt::sim {
namespace {

constexpr milliseconds until_on_call_comes{45 * 60'000};
constexpr milliseconds look_again{5 * 60'000};        ///< when the machine is at work
constexpr milliseconds somebody_notices{30 * 60'000}; ///< a broken machine that nobody was sent to

struct plan_view {
    std::int64_t open_order = 0;
};
BOOST_DESCRIBE_STRUCT(plan_view, (), (open_order))

struct order_view {
    maintenance_order::order_status status = maintenance_order::order_status::none;
    machine_id machine;
    std::string person;
};
BOOST_DESCRIBE_STRUCT(order_view, (), (status, machine, person))

std::string path_of(const std::string& order) { return "/api/v1/maintenance_order/" + order; }

struct asset_view {
    std::map<std::string, plan_view> plans;
};
BOOST_DESCRIBE_STRUCT(asset_view, (), (plans))

} // namespace

technicians::technicians(world& w, crew& people) : world_(w), people_(people) {}

void technicians::hear(const news_item& news)
{
    const std::string key(news.entity.key());
    if (news.entity.kind() == "maintenance_order") {
        if (news.type == "created") return find_somebody(key);
        if (news.type != "assigned") return;
        if (const auto e = read_json<maintenance_order::assigned>(news.data, strictness::from_storage))
            go_to(key, e->person);
        return;
    }
    if (news.entity.kind() != "asset" || news.type != "maintenance_due") return;
    const auto* event = news.data.if_object();
    const auto* plan = event == nullptr ? nullptr : event->if_contains("plan");
    if (plan != nullptr && plan->is_string()) maintain(key, std::string(plan->get_string()));
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
    for (const auto& a : world_.plant.assets) {
        const auto seen = world_.node.read<asset_view>("/api/v1/asset/" + a.key.text);
        if (!seen) continue;
        for (const auto& [plan, how] : seen->plans)
            if (how.open_order > 0) maintain(a.key.text, plan);
    }
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
    world_.node.list("/api/v1/maintenance_orders?status=waiting,assigned,in_progress&machine=" + machine.text,
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

/// While nobody of the crew is there, whoever is on call is sent for.
void technicians::find_somebody(const std::string& order)
{
    if (people_.anybody_there()) return; // the plant chooses
    world_.time.in(until_on_call_comes, [this, order] {
        const auto seen = world_.node.read<order_view>(path_of(order));
        if (seen && seen->status == maintenance_order::order_status::waiting) go_to(order, "on-call");
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
    if (broken_.contains(seen->machine.text))
        repair(order, seen->machine, person);
    else
        look_at(order, seen->machine, person);
}

void technicians::repair(const std::string& order, const machine_id& machine, const std::string& person)
{
    const auto what = broken_[machine.text];
    world_.time.in(what.work, [this, order, machine, person, cause = what.what] {
        broken_.erase(machine.text);
        world_.machines.repair(machine);
        world_.count(&figures::repairs);
        report(order, person, cause);
    });
}

/// It runs, but something about it is not right.
void technicians::look_at(const std::string& order, const machine_id& machine, const std::string& person)
{
    world_.machines.take_for_maintenance(machine, [this, order, machine, person](bool taken) {
        world_.time.soon([this, order, machine, person, taken] { // back on the people's thread
            if (broken_.contains(machine.text)) return repair(order, machine, person);
            if (!taken)
                return world_.time.in(look_again, [this, order, machine, person] { look_at(order, machine, person); });
            const auto work = world_.chances(order, "adjusting").of(1).between(10, 30);
            world_.time.in(seconds_ms(work * 60), [this, order, machine, person] {
                world_.machines.end_maintenance(machine);
                world_.count(&figures::maintenance);
                report(order, person, "adjusted");
            });
        });
    });
}

void technicians::report(const std::string& order, const std::string& person, const std::string& cause)
{
    world_.node.tell(order, maintenance_order::report_done{person, cause, {}}, "sim/done/" + order);
    going_.erase(order);
}

const plant::asset* technicians::find_asset(const std::string& key) const
{
    const auto& all = world_.plant.assets;
    const auto found = std::find_if(all.begin(), all.end(), [&](const plant::asset& a) { return a.key.text == key; });
    return found == all.end() ? nullptr : &*found;
}

void technicians::maintain(const std::string& asset, const std::string& plan)
{
    const auto* what = find_asset(asset);
    if (what == nullptr) return;
    const auto found = std::find_if(what->maintenance.begin(), what->maintenance.end(),
                                    [&](const eam::maintenance_plan& p) { return p.key == plan; });
    if (found == what->maintenance.end()) return;
    people_.send("maintain/" + asset + '/' + plan, world_.time.now().ms,
                 [this, asset, what, plan_found = &*found](const std::string& person, const crew::done& done) {
                     service(asset, *what, *plan_found, person, done);
                 });
}

void technicians::service(const std::string& asset, const plant::asset& what, const eam::maintenance_plan& plan,
                          const std::string& person, const crew::done& done)
{
    auto started = [this, asset, &what, &plan, person, done](bool taken) {
        if (!taken) { // at work: somebody comes again later
            done();
            return world_.time.in(look_again, [this, asset, key = plan.key] { maintain(asset, key); });
        }
        auto chances =
            world_.chances(asset + '/' + plan.key, "service").of(static_cast<std::uint64_t>(world_.time.now().ms));
        const auto work = seconds_ms(static_cast<double>(plan.duration_ms.count()) / 1000 * chances.log_normal(0.2));
        world_.time.in(work, [this, asset, &what, &plan, person, done] {
            world_.machines.end_maintenance(what.machine);
            const asset::report_maintenance_done report{plan.key, person, {}};
            const auto identity = "sim/maintain/" + asset + '/' + plan.key + '/' + std::to_string(world_.time.now().ms);
            if (world_.node.tell(asset, report, identity).ok()) world_.count(&figures::maintenance);
            done();
        });
    };
    world_.machines.take_for_maintenance(what.machine, [this, started](bool taken) {
        world_.time.soon([started, taken] { started(taken); }); // back on the people's thread
    });
}

} // namespace takt::sim
