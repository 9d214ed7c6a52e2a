#include "sim/virtual_plant.hpp"

#include <stdexcept>

#include "gateways/plant/plant_file.hpp"
#include "sim/floor.hpp"
#include "sim/people.hpp"

namespace takt::sim {
namespace {

std::optional<instant> earlier(std::optional<instant> a, std::optional<instant> b)
{
    if (!a || !b) return a ? a : b;
    return std::min(*a, *b);
}

} // namespace

struct virtual_plant::parts {
    template <class Beginning> parts(const kind_registry& kinds, plant::file p, scenario s, Beginning from)
        : plant(std::move(p)),
          how(std::move(s)),
          node(kinds, std::move(from)),
          door(node),
          link(equipment::port_to(node)),
          machines(
              plant, how, link,
              [this](const machine_id& m, milliseconds work, const std::string& what) {
                  everybody.call_technician(m, work, what);
              },
              pace::by_hand),
          everybody(
              way_into(node), plant, how, [this] { return node.now(); }, machines, pace::by_hand)
    {
    }

    void begin()
    {
        if (std::exchange(begun, true)) return;
        std::vector<machine_id> all;
        for (const auto& m : plant.machines) all.push_back(m.key);
        machines.start();
        link.attach_by_hand(machines, all);
        everybody.start();
    }

    /// Everything that is due now, until nobody has anything to do.
    void work()
    {
        bool any = true;
        while (any) {
            any = link.work();
            any = machines.time().run_until(node.now()) || any;
            any = everybody.time().run_until(node.now()) || any;
        }
    }

    const plant::file plant;
    const scenario how;
    runtime::replay_node node;
    http::direct_door door;
    equipment::link link;
    floor machines;
    people everybody;
    bool begun = false;
};

virtual_plant::virtual_plant(const kind_registry& kinds, plant::file plant, scenario how, instant start)
    : parts_(std::make_unique<parts>(kinds, std::move(plant), std::move(how), start))
{
}

virtual_plant::virtual_plant(const kind_registry& kinds, plant::file plant, scenario how,
                             std::shared_ptr<const runtime::past> before)
    : parts_(std::make_unique<parts>(kinds, std::move(plant), std::move(how), std::move(before)))
{
}

virtual_plant::~virtual_plant() = default;

void virtual_plant::define()
{
    for (auto& definition : plant::definitions(parts_->plant)) {
        const auto entity = definition.target.path();
        const auto a = parts_->node.ask(std::move(definition));
        if (a.result != runtime::outcome::accepted)
            throw std::runtime_error("cannot define " + entity + ": " + a.reason + ", " + a.detail);
    }
}

void virtual_plant::run_until(instant when)
{
    auto& p = *parts_;
    p.begin();
    p.work();
    while (const auto next = earlier(p.node.next_due(), earlier(p.machines.time().next(), p.everybody.time().next()))) {
        if (*next > when) break;
        p.node.advance_to(*next);
        p.work();
    }
    p.node.advance_to(when);
    p.work();
}

runtime::replay_node& virtual_plant::node() { return parts_->node; }
http::direct_door& virtual_plant::door() { return parts_->door; }
figures virtual_plant::counted() const { return figures_of(parts_->everybody, parts_->machines, parts_->link); }

} // namespace takt::sim
