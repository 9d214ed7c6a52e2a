#include <algorithm>
#include <set>

#include "gateways/plant/plant_file.hpp"

namespace takt::plant {
namespace {

/// One repetition of a plant: everything that it owns gets a suffix, and what it shares keeps its key.
class repetition {
public:
    repetition(const file& original, int number) : original_(original), suffix_(":" + std::to_string(number))
    {
        for (const auto& m : original.materials) shared_.insert(m.key);
        for (const auto& a : original.assets)
            if (a.machine.empty()) shared_.insert(a.key);
    }

    void add_machines(file& to, std::size_t count) const
    {
        for (std::size_t i = 0; i < count; ++i) to.machines.push_back(own(original_.machines[i]));
        std::set<std::string> there;
        for (std::size_t i = 0; i < count; ++i) there.insert(original_.machines[i].key);
        for (const auto& a : original_.assets)
            if (there.count(a.machine) != 0) to.assets.push_back(own_asset(a));
        for (const auto& m : original_.meters)
            if (there.count(m.machine) != 0) to.meters.push_back(on_own_machine(m));
    }

    void add_everything_else(file& to) const
    {
        for (const auto& one : original_.operators) to.operators.push_back(own(one));
        for (const auto& b : original_.bins) to.bins.push_back(own(b));
        for (const auto& p : original_.products) to.products.push_back(own_product(p));
        for (auto d : original_.demand) {
            rename(d.product);
            to.demand.push_back(std::move(d));
        }
        for (std::size_t i = 0; i < original_.materials.size(); ++i)
            stock_more(to.materials[i], original_.materials[i]);
        for (std::size_t i = 0; i < original_.tools.size(); ++i) to.tools[i].count += original_.tools[i].count;
        for (std::size_t i = 0; i < original_.power_caps.size(); ++i) to.power_caps[i].kw += original_.power_caps[i].kw;
        to.orders_per_day += original_.orders_per_day;
    }

private:
    template <class Tag> void rename(id<Tag>& key) const { key.text += suffix_; }
    template <class Thing> Thing own(Thing one) const
    {
        rename(one.key);
        return one;
    }
    template <class Thing> Thing on_own_machine(Thing one) const
    {
        rename(one.machine);
        return own(std::move(one));
    }

    asset own_asset(asset a) const
    {
        if (a.parent && shared_.count(*a.parent) == 0) rename(*a.parent);
        return on_own_machine(std::move(a));
    }

    product own_product(product p) const
    {
        rename(p.key);
        rename(p.staging_bin);
        rename(p.output_bin);
        for (auto& line : p.bom)
            if (shared_.count(line.item) == 0) rename(line.item);
        for (auto& step : p.routing)
            for (auto& mode : step.modes) rename(mode.machine);
        for (auto& lot : p.stock) {
            rename(lot.lot);
            rename(lot.bin);
        }
        return p;
    }

    static void stock_more(material& shared, const material& original)
    {
        shared.planning.safety_stock += original.planning.safety_stock;
        shared.planning.lot_minimum += original.planning.lot_minimum;
        shared.planning.lot_maximum += original.planning.lot_maximum;
        for (std::size_t i = 0; i < original.stock.size(); ++i) shared.stock[i].quantity += original.stock[i].quantity;
    }

    const file& original_;
    std::string suffix_;
    std::set<std::string> shared_;
};

} // namespace

file scaled(const file& f, int machines)
{
    file larger = f;
    const auto wanted = static_cast<std::size_t>(std::max(machines, 0));
    for (int number = 2; !f.machines.empty() && larger.machines.size() < wanted; ++number) {
        const repetition next(f, number);
        const std::size_t missing = wanted - larger.machines.size();
        next.add_machines(larger, std::min(missing, f.machines.size()));
        if (missing >= f.machines.size()) next.add_everything_else(larger);
    }
    return larger;
}

} // namespace takt::plant
