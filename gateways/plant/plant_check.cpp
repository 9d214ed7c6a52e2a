#include <algorithm>
#include <map>
#include <set>

#include "actors/qms/sampling_plan.hpp"
#include "actors/scada/detect/check.hpp"
#include "gateways/feeds/dictionary.hpp"
#include "gateways/plant/plant_check_parts.hpp"
#include "gateways/plant/plant_file.hpp"
#include "scheduling/calendar.hpp"

namespace takt::plant {
namespace {

using keys = std::set<std::string>;

/// Collects problems while it walks through the sections; `at_` is where it stands.
class cross_check {
public:
    explicit cross_check(const file& f) : file_(f) {}

    problems run()
    {
        gather_keys();
        check_calendar();
        check_machines();
        check_people();
        check_suppliers_and_materials();
        check_products();
        check_circles();
        check_customers();
        check_constraints(file_, found_);
        check_assets(file_, found_);
        check_areas(file_, found_);
        for (auto& p : takt::feeds::check(file_)) found_.push_back(std::move(p));
        return std::move(found_);
    }

private:
    void complain(const std::string& path, std::string detail) { found_.push_back({"#" + path, std::move(detail)}); }
    void expect(bool good, const std::string& path, const char* otherwise)
    {
        if (!good) complain(path, otherwise);
    }
    void refer(const keys& known, const std::string& key, const std::string& path, const char* what)
    {
        if (known.count(key) == 0) complain(path, "'" + key + "' names no " + what + " of this plant");
    }
    void refer_if_given(const keys& known, const std::string& key, const std::string& path, const char* what)
    {
        if (!key.empty()) refer(known, key, path, what);
    }

    /// The keys of a section; each must be fit for an address and stand there once.
    template <class Section> void gather(keys& known, const Section& section, const std::string& path)
    {
        for (std::size_t i = 0; i < section.size(); ++i) gather_one(known, section[i].key, at(path, i) + "/key");
    }
    void gather_one(keys& known, const std::string& key, const std::string& path)
    {
        if (!valid_key(key))
            complain(path, "'" + key + "' is not a key: 1 to 80 of A-Z a-z 0-9 . _ : -");
        else if (!known.insert(key).second)
            complain(path, "'" + key + "' is there twice");
    }
    static std::string at(const std::string& path, std::size_t i) { return path + "/" + std::to_string(i); }

    void gather_keys();
    void check_calendar();
    void check_shift_keys(const std::vector<std::string>& used, const std::string& path);
    void check_machines();
    void check_detectors(const machine& m, const std::string& path);
    void check_behaviour(const machine_behaviour& b, const std::string& path);
    void check_people();
    void check_suppliers_and_materials();
    void check_planning(const planning& p, const std::string& path);
    void check_stock(const std::vector<opening_lot>& stock, const std::string& path);
    void check_inspection_plans();
    void check_products();
    void check_routing(const product& p, const std::string& path);
    void check_step(const routing_step& step, const std::string& path);
    void check_circles();
    bool reaches(const std::string& item, const std::string& wanted, keys& seen) const;
    void check_customers();

    const file& file_;
    problems found_;
    keys shifts_, areas_, skills_, work_centers_, machines_, operators_, assets_, meters_, suppliers_, bins_, plans_,
        items_, finished_, customers_, lots_, qualified_;
    std::map<std::string, std::string> work_center_of_;
    std::map<std::string, const product*> products_;
};

void cross_check::gather_keys()
{
    gather(shifts_, file_.shifts, "/shifts");
    gather(areas_, file_.areas, "/areas");
    gather(skills_, file_.skills, "/skills");
    gather(work_centers_, file_.work_centers, "/work_centers");
    gather(machines_, file_.machines, "/machines");
    gather(operators_, file_.operators, "/operators");
    gather(assets_, file_.assets, "/assets");
    gather(meters_, file_.meters, "/meters");
    gather(suppliers_, file_.suppliers, "/suppliers");
    gather(bins_, file_.bins, "/bins");
    gather(plans_, file_.inspection_plans, "/inspection_plans");
    gather(items_, file_.materials, "/materials");
    gather(items_, file_.products, "/products");
    gather(customers_, file_.customers, "/customers");
    for (const auto& m : file_.machines) work_center_of_[m.key] = m.work_center;
    for (const auto& p : file_.products) {
        products_[p.key] = &p;
        if (p.finished) finished_.insert(p.key);
    }
    for (const auto& one : file_.operators) qualified_.insert(one.skills.begin(), one.skills.end());
}

void cross_check::check_calendar()
{
    const hrm::work_calendar whole{file_.time_zone, file_.shifts, file_.holidays};
    for (const auto& [member, detail] : scheduling::check(whole)) complain(member, detail);
    for (std::size_t i = 0; i < file_.tariff.size(); ++i) {
        const auto& window = file_.tariff[i];
        const auto path = at("/tariff", i);
        const auto is_clock = [](const std::string& text) { return scheduling::minutes_of_day(text).has_value(); };
        expect(is_clock(window.start), path + "/start", "is not a time of day such as 06:00");
        expect(is_clock(window.end), path + "/end", "is not a time of day such as 06:00");
        expect(window.price_per_kwh >= 0, path + "/price_per_kwh", "must not be negative");
    }
    expect(file_.base_price_per_kwh >= 0, "/base_price_per_kwh", "must not be negative");
}

void cross_check::check_shift_keys(const std::vector<std::string>& used, const std::string& path)
{
    for (std::size_t i = 0; i < used.size(); ++i) refer(shifts_, used[i], at(path + "/shifts", i), "shift");
}

void cross_check::check_machines()
{
    for (std::size_t i = 0; i < file_.machines.size(); ++i) {
        const auto& m = file_.machines[i];
        const auto path = at("/machines", i);
        refer(work_centers_, m.work_center, path + "/work_center", "work center");
        check_shift_keys(m.shifts, path);
        expect(m.capacity >= 1, path + "/capacity", "must be 1 or more");
        expect(m.rated_power_kw >= 0, path + "/rated_power_kw", "must not be negative");
        for (std::size_t l = 0; l < m.limits.size(); ++l) {
            const auto& [tag, low, high] = m.limits[l];
            expect(!tag.empty(), at(path + "/limits", l) + "/tag", "must not be empty");
            expect(low || high, at(path + "/limits", l), "needs low or high");
            expect(!low || !high || *low < *high, at(path + "/limits", l) + "/low", "must be less than high");
        }
        check_detectors(m, path);
        check_behaviour(m.behaviour, path + "/behaviour");
    }
    keys metered;
    for (std::size_t i = 0; i < file_.meters.size(); ++i) {
        const auto path = at("/meters", i) + "/machine";
        refer(machines_, file_.meters[i].machine, path, "machine");
        expect(metered.insert(file_.meters[i].machine).second, path, "has another meter already");
    }
}

void cross_check::check_detectors(const machine& m, const std::string& path)
{
    for (const auto& [pointer, detail] : detect::check(m.detectors, m.computed))
        complain(path + pointer.substr(1), detail);
}

void cross_check::check_behaviour(const machine_behaviour& b, const std::string& path)
{
    expect(b.scrap_rate >= 0 && b.scrap_rate <= 0.5, path + "/scrap_rate", "must be from 0 to 0.5");
    expect(b.run_time_spread >= 0 && b.run_time_spread <= 1, path + "/run_time_spread", "must be from 0 to 1");
    expect(b.time_between_failures_ms.count() > 0, path + "/time_between_failures_ms", "must be more than 0");
    expect(b.time_to_repair_ms.count() > 0, path + "/time_to_repair_ms", "must be more than 0");
    expect(b.failure_shape > 0, path + "/failure_shape", "must be more than 0");
    expect(b.idle_power_kw >= 0, path + "/idle_power_kw", "must not be negative");
}

void cross_check::check_people()
{
    for (std::size_t i = 0; i < file_.operators.size(); ++i) {
        const auto& one = file_.operators[i];
        const auto path = at("/operators", i);
        for (std::size_t s = 0; s < one.skills.size(); ++s)
            refer(skills_, one.skills[s], at(path + "/skills", s), "skill");
        check_shift_keys(one.shifts, path);
    }
}

void cross_check::check_suppliers_and_materials()
{
    for (std::size_t i = 0; i < file_.grid_connections.size(); ++i) {
        const auto& g = file_.grid_connections[i];
        const auto path = at("/grid_connections", i);
        expect(valid_key(g.key), path + "/key", "must be a key: 1 to 80 of A-Z a-z 0-9 . _ : -");
        expect(g.limit_kw > 0, path + "/limit_kw", "must be more than 0");
        expect(g.window_ms >= milliseconds{60'000}, path + "/window_ms", "must be at least a minute");
    }
    for (std::size_t i = 0; i < file_.suppliers.size(); ++i) {
        const auto& s = file_.suppliers[i];
        const auto path = at("/suppliers", i);
        expect(s.lead_time_ms.count() > 0, path + "/lead_time_ms", "must be more than 0");
        const auto is_share = [](double x) { return x >= 0 && x <= 1; };
        expect(is_share(s.behaviour.late_share), path + "/behaviour/late_share", "must be from 0 to 1");
        expect(is_share(s.behaviour.short_share), path + "/behaviour/short_share", "must be from 0 to 1");
        expect(is_share(s.behaviour.defect_rate), path + "/behaviour/defect_rate", "must be from 0 to 1");
    }
    check_inspection_plans();
    for (std::size_t i = 0; i < file_.materials.size(); ++i) {
        const auto& m = file_.materials[i];
        const auto path = at("/materials", i);
        refer(suppliers_, m.supplier, path + "/supplier", "supplier");
        for (std::size_t s = 0; s < m.alternative_suppliers.size(); ++s) {
            const auto there = at(path + "/alternative_suppliers", s);
            refer(suppliers_, m.alternative_suppliers[s], there, "supplier");
            expect(m.alternative_suppliers[s] != m.supplier, there, "is the supplier already");
        }
        refer(bins_, m.receiving_bin, path + "/receiving_bin", "bin");
        refer_if_given(plans_, m.inspection, path + "/inspection", "inspection plan");
        expect(!m.lead_time_ms || m.lead_time_ms->count() > 0, path + "/lead_time_ms", "must be more than 0");
        expect(m.unit_cost >= 0, path + "/unit_cost", "must not be negative");
        check_planning(m.planning, path + "/planning");
        check_stock(m.stock, path + "/stock");
    }
}

void cross_check::check_planning(const planning& p, const std::string& path)
{
    const quantity none;
    expect(p.safety_stock >= none, path + "/safety_stock", "must not be negative");
    expect(p.lot_minimum >= none, path + "/lot_minimum", "must not be negative");
    expect(p.lot_multiple >= none, path + "/lot_multiple", "must not be negative");
    expect(p.lot_maximum == none || p.lot_maximum >= std::max(p.lot_minimum, p.lot_multiple), path + "/lot_maximum",
           "must be 0, or at least lot_minimum and lot_multiple");
}

void cross_check::check_stock(const std::vector<opening_lot>& stock, const std::string& path)
{
    for (std::size_t i = 0; i < stock.size(); ++i) {
        gather_one(lots_, stock[i].lot, at(path, i) + "/lot");
        refer(bins_, stock[i].bin, at(path, i) + "/bin", "bin");
        expect(stock[i].quantity > quantity{}, at(path, i) + "/quantity", "must be more than 0");
    }
}

void cross_check::check_inspection_plans()
{
    for (std::size_t i = 0; i < file_.inspection_plans.size(); ++i) {
        const auto& plan = file_.inspection_plans[i];
        const auto path = at("/inspection_plans", i);
        if (plan.aql)
            expect(qms::is_aql(*plan.aql), path + "/aql", "must be one of the standard's: 0.010, 0.015 ... 1000");
        expect(plan.sample_size >= 1, path + "/sample_size", "must be 1 or more");
        expect(plan.accept_number >= 0 && plan.accept_number < std::max(plan.sample_size, 1), path + "/accept_number",
               "must be 0 or more and less than sample_size");
        for (std::size_t c = 0; c < plan.characteristics.size(); ++c) {
            const auto& one = plan.characteristics[c];
            const auto here = at(path + "/characteristics", c);
            expect(!one.name.empty(), here + "/name", "must not be empty");
            expect(!one.lower || !one.upper || *one.lower < *one.upper, here + "/lower", "must be less than upper");
        }
    }
}

void cross_check::check_products()
{
    for (std::size_t i = 0; i < file_.products.size(); ++i) {
        const auto& p = file_.products[i];
        const auto path = at("/products", i);
        refer(bins_, p.staging_bin, path + "/staging_bin", "bin");
        refer(bins_, p.output_bin, path + "/output_bin", "bin");
        expect(!p.revision.empty(), path + "/revision", "must not be empty");
        expect(p.scrap_allowance >= 0 && p.scrap_allowance <= 0.5, path + "/scrap_allowance", "must be from 0 to 0.5");
        expect(p.lead_time_ms.count() >= 0, path + "/lead_time_ms", "must not be negative");
        expect(p.unit_cost >= 0, path + "/unit_cost", "must not be negative");
        check_planning(p.planning, path + "/planning");
        check_stock(p.stock, path + "/stock");
        for (std::size_t line = 0; line < p.bom.size(); ++line) {
            refer(items_, p.bom[line].item, at(path + "/bom", line) + "/item", "material or product");
            expect(p.bom[line].quantity_per > quantity{}, at(path + "/bom", line) + "/quantity_per",
                   "must be more than 0");
        }
        check_routing(p, path + "/routing");
    }
}

void cross_check::check_routing(const product& p, const std::string& path)
{
    expect(!p.routing.empty(), path, "needs a step");
    keys operations;
    for (std::size_t i = 0; i < p.routing.size(); ++i) {
        gather_one(operations, p.routing[i].operation, at(path, i) + "/operation");
        check_step(p.routing[i], at(path, i));
        for (const auto& again : p.routing[i].rework)
            if (operations.count(again) == 0) complain(at(path, i) + "/rework", "names no operation before it");
    }
}

void cross_check::check_step(const routing_step& step, const std::string& path)
{
    refer(work_centers_, step.work_center, path + "/work_center", "work center");
    refer_if_given(plans_, step.inspection, path + "/inspection", "inspection plan");
    expect(!step.modes.empty(), path + "/modes", "needs a machine");
    keys used;
    for (std::size_t i = 0; i < step.modes.size(); ++i) {
        const auto& mode = step.modes[i];
        const auto here = at(path + "/modes", i);
        refer(machines_, mode.machine, here + "/machine", "machine");
        const auto home = work_center_of_.find(mode.machine);
        if (home != work_center_of_.end() && home->second != step.work_center.text)
            complain(here + "/machine", "stands in work center '" + home->second + "'");
        expect(used.insert(mode.machine).second, here + "/machine", "is named twice in this step");
        refer_if_given(skills_, mode.skill, here + "/skill", "skill");
        if (skills_.count(mode.skill) != 0 && qualified_.count(mode.skill) == 0)
            complain(here + "/skill", "no operator has '" + mode.skill + "'");
        expect(mode.run_time_ms.count() > 0, here + "/run_time_ms", "must be more than 0");
        expect(mode.setup_time_ms.count() >= 0, here + "/setup_time_ms", "must not be negative");
    }
}

void cross_check::check_circles()
{
    for (std::size_t i = 0; i < file_.products.size(); ++i) {
        const auto& p = file_.products[i];
        for (std::size_t line = 0; line < p.bom.size(); ++line) {
            keys seen;
            if (!reaches(p.bom[line].item, p.key, seen)) continue;
            complain(at(at("/products", i) + "/bom", line) + "/item",
                     "'" + p.bom[line].item.text + "' is itself made of '" + p.key.text + "'");
        }
    }
}

bool cross_check::reaches(const std::string& item, const std::string& wanted, keys& seen) const
{
    if (item == wanted) return true;
    const auto made = products_.find(item);
    if (made == products_.end() || !seen.insert(item).second) return false;
    return std::any_of(made->second->bom.begin(), made->second->bom.end(),
                       [&](const plm::bom_line& line) { return reaches(line.item, wanted, seen); });
}

void cross_check::check_customers()
{
    for (std::size_t i = 0; i < file_.demand.size(); ++i) {
        const auto& d = file_.demand[i];
        const auto path = at("/demand", i);
        refer(finished_, d.product, path + "/product", "finished product");
        expect(d.share > 0, path + "/share", "must be more than 0");
        expect(d.quantity_minimum >= 1, path + "/quantity_minimum", "must be 1 or more");
        expect(d.quantity_maximum >= d.quantity_minimum, path + "/quantity_maximum",
               "must be quantity_minimum or more");
    }
    expect(file_.orders_per_day >= 0, "/orders_per_day", "must not be negative");
}

} // namespace

problems check(const file& f) { return cross_check(f).run(); }

} // namespace takt::plant
