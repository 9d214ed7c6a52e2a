#include <algorithm>
#include <map>

#include "gateways/plant/plant_areas.hpp"
#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_write.hpp"
#include "messages/crm/customer.hpp"
#include "messages/ems/demand.hpp"
#include "messages/erp/material.hpp"
#include "messages/hrm/operator.hpp"
#include "messages/mes/schedule.hpp"
#include "messages/plm/product.hpp"
#include "messages/scm/supplier.hpp"
#include "messages/wms/bin.hpp"

namespace takt::plant {
namespace {

/// FNV-1a over the file as it would be written, so that white space and the order of members do not matter.
std::string content_hash(const file& f)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (const char c : to_json(f)) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) text += hex[(hash >> static_cast<unsigned>(shift)) & 15U];
    return text;
}

bool sells(const material& m, const supplier_id& supplier)
{
    return std::find(m.alternative_suppliers.begin(), m.alternative_suppliers.end(), supplier) !=
           m.alternative_suppliers.end();
}

class definer {
public:
    explicit definer(const file& f) : file_(f), sender_("plant/" + content_hash(f))
    {
        for (const auto& plan : f.inspection_plans) plans_[plan.key] = plan;
        for (const auto& a : f.assets)
            if (a.level == eam::asset_level::unit) assets_[a.machine] = a.key;
        for (const auto& m : f.machines) areas_[m.key] = area_of(f, m.work_center);
    }

    std::vector<runtime::envelope> run()
    {
        for (const auto& key : areas_of(file_)) tell_schedule(key);
        for (const auto& b : file_.bins) tell(b.key.text, takt::bin::define{b.zone});
        for (const auto& s : file_.suppliers) tell_supplier(s);
        for (const auto& a : file_.assets) tell_asset(a);
        for (const auto& m : file_.machines) tell_machine(m);
        for (const auto& m : file_.meters)
            tell(m.key.text, takt::meter::define{m.machine, file_.time_zone, file_.base_price_per_kwh, file_.tariff});
        for (const auto& g : file_.grid_connections) tell(g.key, takt::demand::define{g.limit_kw, g.window_ms, g.area});
        for (const auto& one : file_.operators)
            tell(one.key.text, operator_::define{one.name, one.skills, one.shifts, one.team, one.area});
        for (const auto& p : file_.products) tell_product(p);
        for (const auto& m : file_.materials) tell_material(m);
        for (const auto& p : file_.playbooks) tell(p.kind, p.what);
        for (const auto& c : file_.customers) tell(c.key.text, takt::customer::define{c.name, c.country});
        for (auto& [item, how] : at_last_) tell(item, std::move(how));
        return std::move(all_);
    }

private:
    template <class Command> void tell(std::string_view key, Command command)
    {
        runtime::envelope one;
        one.target = entity_ref(kind_name<Command>(), key);
        one.command = make_message(std::move(command));
        one.sender = sender_;
        one.sequence = all_.size() + 1;
        all_.push_back(std::move(one));
    }

    void tell_schedule(const std::string& area);
    void tell_supplier(const supplier& s);
    void tell_asset(const asset& a);
    void tell_machine(const machine& m);
    void tell_product(const product& p);
    void tell_material(const material& m);
    void tell_planning(takt::material::define how, const item_id& item, const planning& p,
                       const std::vector<opening_lot>& stock);
    std::optional<qms::inspection_plan> plan(const std::string& key) const
    {
        const auto found = plans_.find(key);
        if (found == plans_.end()) return std::nullopt;
        return found->second;
    }

    const file& file_;
    std::string sender_;
    std::map<std::string, qms::inspection_plan> plans_;
    std::map<std::string, asset_id> assets_;
    std::map<std::string, std::string> areas_; ///< of machines
    std::vector<std::pair<std::string, takt::material::define>> at_last_;
    std::vector<runtime::envelope> all_;
};

void definer::tell_schedule(const std::string& area)
{
    schedule::define command{file_.scheduling, {}, {}, {}};
    command.zone = file_.time_zone;
    command.holidays = file_.holidays;
    command.shifts = file_.shifts;
    command.setup_matrices = file_.setup_matrices;
    for (const auto& t : file_.tools)
        if (const auto used_in = areas_of(file_, t); used_in.empty() || used_in.contains(area))
            command.tools.push_back(t);
    command.transport_times = file_.transport_times;
    for (const auto& c : file_.power_caps)
        if (c.area == area) command.power_caps.push_back(c);
    command.tariff = file_.tariff;
    command.base_price_per_kwh = file_.base_price_per_kwh;
    tell(area, std::move(command));
}

void definer::tell_supplier(const supplier& s)
{
    takt::supplier::define command{s.name, s.lead_time_ms, {}};
    for (const auto& m : file_.materials)
        if (m.supplier == s.key || sells(m, s.key)) command.offers.push_back({m.key, m.unit_cost});
    tell(s.key.text, std::move(command));
}

void definer::tell_asset(const asset& a)
{
    takt::asset::define command;
    command.name = a.name.empty() ? a.key.text : a.name;
    command.machine = a.machine;
    if (const auto found = areas_.find(a.machine); found != areas_.end()) command.area = found->second;
    command.plans = a.maintenance;
    command.level = a.level;
    command.parent = a.parent;
    command.criticality = a.criticality;
    command.life = a.life;
    command.spares = a.spares;
    command.labour_rate_per_hour = file_.maintenance_rate_per_hour;
    command.downtime_cost_per_hour = a.downtime_cost_per_hour;
    command.expected_life = a.expected_life;
    tell(a.key.text, std::move(command));
}

void definer::tell_machine(const machine& m)
{
    takt::machine::define command;
    command.name = m.name;
    command.area = areas_.at(m.key);
    command.work_center = m.work_center;
    command.capacity = m.capacity;
    command.shifts = m.shifts;
    command.rated_power_kw = m.rated_power_kw;
    command.setup_matrix = m.setup_matrix;
    if (const auto found = assets_.find(m.key); found != assets_.end()) command.asset = found->second;
    command.limits = m.limits;
    command.detectors = m.detectors;
    command.computed = m.computed;
    tell(m.key.text, std::move(command));
}

void definer::tell_product(const product& p)
{
    takt::product::define command;
    command.revision = p.revision;
    command.name = p.name;
    command.finished = p.finished;
    command.area = area_of(file_, p);
    command.bom = p.bom;
    for (const auto& step : p.routing)
        command.routing.push_back({step.operation, step.name, step.work_center, step.modes, step.setup_family,
                                   step.batch, step.interruptible, plan(step.inspection), step.within_ms, step.rework});
    command.staging_bin = p.staging_bin;
    command.output_bin = p.output_bin;
    command.scrap_allowance = p.scrap_allowance;
    tell(p.key.text, std::move(command));

    takt::material::define how;
    how.name = p.name;
    how.unit = p.unit;
    how.source = takt::material::source::make;
    how.lead_time_ms = p.lead_time_ms;
    how.receiving_bin = p.output_bin;
    how.unit_cost = p.unit_cost;
    tell_planning(std::move(how), p.key, p.planning, p.stock);
}

void definer::tell_material(const material& m)
{
    takt::material::define how;
    how.name = m.name;
    how.unit = m.unit;
    how.source = takt::material::source::buy;
    how.supplier = m.supplier;
    how.alternative_suppliers = m.alternative_suppliers;
    for (const auto& s : file_.suppliers)
        if (s.key == m.supplier) how.lead_time_ms = m.lead_time_ms.value_or(s.lead_time_ms);
    how.receiving_bin = m.receiving_bin;
    how.inspection = plan(m.inspection);
    how.unit_cost = m.unit_cost;
    tell_planning(std::move(how), m.key, m.planning, m.stock);
}

void definer::tell_planning(takt::material::define how, const item_id& item, const planning& p,
                            const std::vector<opening_lot>& stock)
{
    how.safety_stock = p.safety_stock;
    how.lot_minimum = p.lot_minimum;
    how.lot_multiple = p.lot_multiple;
    how.lot_maximum = p.lot_maximum;
    // The safety stock comes last of all, when the opening lots have arrived in their bins: before, the ledger would
    // see nothing there and order it.
    auto first = how;
    if (!stock.empty()) first.safety_stock = {};
    tell(item.text, std::move(first));
    for (const auto& lot : stock)
        tell(item.text, takt::material::open_stock{lot.lot, lot.quantity, lot.bin, lot.expiry});
    if (!stock.empty() && p.safety_stock > quantity{}) at_last_.emplace_back(item.text, std::move(how));
}

} // namespace

std::vector<runtime::envelope> definitions(const file& f) { return definer(f).run(); }

} // namespace takt::plant
