#include "sim/technicians.hpp"

#include <algorithm>
#include <array>

#include "messages/anomaly/anomaly.hpp"
#include "messages/eam/asset.hpp"
#include "sim/floor.hpp"

namespace takt::sim {
namespace {

constexpr milliseconds until_on_call_comes{45 * 60'000};
constexpr milliseconds look_again{5 * 60'000}; ///< when the machine is at work

struct plan_view {
    std::int64_t open_order = 0;
};
BOOST_DESCRIBE_STRUCT(plan_view, (), (open_order))

struct asset_view {
    std::map<std::string, plan_view> plans;
};
BOOST_DESCRIBE_STRUCT(asset_view, (), (plans))

} // namespace

technicians::technicians(world& w, crew& people) : world_(w), people_(people) {}

void technicians::hear(const news_item& news)
{
    if (news.entity.kind() != "asset" || news.type != "maintenance_due") return;
    const auto* event = news.data.if_object();
    const auto* plan = event == nullptr ? nullptr : event->if_contains("plan");
    if (plan != nullptr && plan->is_string()) maintain(std::string(news.entity.key()), std::string(plan->get_string()));
}

void technicians::look_around()
{
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
    const std::string key = "repair/" + machine.text;
    const auto go = [this, machine, work](const std::string& person, const crew::done& done) {
        repair(machine, work, person, done);
    };
    if (people_.anybody_there()) return people_.send(key, 0, go);
    world_.time.in(until_on_call_comes, [go] { go("on-call", [] {}); });
    static_cast<void>(what);
}

void technicians::repair(const machine_id& machine, milliseconds work, const std::string& person,
                         const crew::done& done)
{
    const auto key = anomaly::key_of("breakdown", entity_ref("machine", machine.text));
    const auto identity = "sim/acknowledge/" + key + '/' + std::to_string(world_.time.now().ms);
    world_.node.tell(key, anomaly::acknowledge{person}, identity);
    world_.time.in(work, [this, machine, done] {
        world_.machines.repair(machine);
        world_.count(&figures::repairs);
        done();
    });
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
