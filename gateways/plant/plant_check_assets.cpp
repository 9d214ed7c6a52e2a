#include <map>
#include <set>

#include "gateways/plant/plant_check_parts.hpp"

/// Assets: their tree, their machines, their plans, and the parts that they need.
namespace takt::plant {
namespace {

class asset_check {
public:
    asset_check(const file& f, problems& found) : file_(f), found_(found)
    {
        for (const auto& a : f.assets) assets_[a.key.text] = &a;
        for (const auto& m : f.machines) machines_.insert(m.key.text);
        for (const auto& m : f.materials) materials_.insert(m.key.text);
        for (const auto& s : f.skills) skills_.insert(s.key);
    }

    void run()
    {
        expect(file_.maintenance_rate_per_hour >= 0, "#/maintenance_rate_per_hour", "must not be negative");
        for (std::size_t i = 0; i < file_.assets.size(); ++i) check(file_.assets[i], at("#/assets", i));
    }

private:
    static std::string at(const std::string& path, std::size_t i) { return path + "/" + std::to_string(i); }
    void complain(const std::string& path, std::string detail) { found_.push_back({path, std::move(detail)}); }
    void expect(bool good, const std::string& path, const char* otherwise)
    {
        if (!good) complain(path, otherwise);
    }

    void check(const asset& a, const std::string& path)
    {
        if (!a.machine.empty()) {
            if (machines_.count(a.machine.text) == 0)
                complain(path + "/machine", "'" + a.machine.text + "' names no machine of this plant");
            if (a.level == eam::asset_level::unit)
                expect(maintained_.insert(a.machine.text).second, path + "/machine", "has another asset already");
        }
        expect(a.machine.empty() ? a.maintenance.empty() : a.level >= eam::asset_level::unit, path + "/machine",
               "is of units and components, and what has maintenance needs one");
        check_parent(a, path);
        expect(a.downtime_cost_per_hour >= 0, path + "/downtime_cost_per_hour", "must not be negative");
        expect(!a.expected_life || (a.expected_life->shape > 0 && a.expected_life->scale_ms.count() > 0),
               path + "/expected_life", "needs a shape and a scale_ms of more than 0");
        for (std::size_t i = 0; i < a.spares.size(); ++i) {
            const auto here = at(path + "/spares", i);
            check_part(a.spares[i].item, a.spares[i].quantity, here);
            expect(!a.spares[i].faults.empty(), here + "/faults", "names the faults that need it");
        }
        std::set<std::string> plans;
        for (std::size_t i = 0; i < a.maintenance.size(); ++i) {
            const auto here = at(path + "/maintenance", i);
            const auto& plan = a.maintenance[i];
            expect(valid_key(plan.key), here + "/key", "is not a key: 1 to 80 of A-Z a-z 0-9 . _ : -");
            expect(plans.insert(plan.key).second, here + "/key", "is there twice");
            check(plan, here);
        }
    }

    /// What an asset is a part of stands higher, so that nothing is a part of itself.
    void check_parent(const asset& a, const std::string& path)
    {
        if (!a.parent) return;
        const auto parent = assets_.find(a.parent->text);
        if (parent == assets_.end())
            complain(path + "/parent", "'" + a.parent->text + "' names no asset of this plant");
        else
            expect(parent->second->level < a.level, path + "/parent", "must be of a higher level");
    }

    void check_part(const item_id& item, quantity amount, const std::string& path)
    {
        if (materials_.count(item.text) == 0)
            complain(path + "/item", "'" + item.text + "' names no material of this plant");
        expect(amount > quantity{}, path + "/quantity", "must be more than 0");
    }

    void check(const eam::maintenance_plan& plan, const std::string& path)
    {
        expect(plan.duration_ms.count() > 0, path + "/duration_ms", "must be more than 0");
        expect(plan.every_ms || plan.every_runtime_ms || plan.every_cycles || plan.at_risk, path,
               "needs one of every_ms, every_runtime_ms, every_cycles, at_risk");
        expect(!plan.every_ms || plan.every_ms->count() > 0, path + "/every_ms", "must be more than 0");
        expect(!plan.every_runtime_ms || plan.every_runtime_ms->count() > 0, path + "/every_runtime_ms",
               "must be more than 0");
        expect(!plan.every_cycles || *plan.every_cycles > 0, path + "/every_cycles", "must be more than 0");
        expect(plan.tolerance >= 0 && plan.tolerance <= 0.5, path + "/tolerance", "must be from 0 to 0.5");
        expect(!plan.at_risk || (*plan.at_risk > 0 && *plan.at_risk < 1), path + "/at_risk", "must be between 0 and 1");
        expect(!plan.at_risk || plan.renews, path + "/renews", "must be true where the risk is what it is due by");
        expect(plan.risk_within_ms.count() > 0, path + "/risk_within_ms", "must be more than 0");
        const bool usual = plan.skill == eam::maintenance_plan{}.skill; // a plant may have nobody for it
        expect(usual || skills_.count(plan.skill) != 0, path + "/skill", "names no skill of this plant");
        for (std::size_t i = 0; i < plan.parts.size(); ++i)
            check_part(plan.parts[i].item, plan.parts[i].quantity, at(path + "/parts", i));
    }

    const file& file_;
    problems& found_;
    std::map<std::string, const asset*> assets_;
    std::set<std::string> machines_, materials_, skills_, maintained_;
};

} // namespace

void check_assets(const file& f, problems& found) { asset_check(f, found).run(); }

} // namespace takt::plant
