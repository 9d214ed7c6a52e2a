#include "sim/modbus_unit.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <modbus/modbus.h>

#include "actors/mes/packml.hpp"
#include "gateways/feeds/units.hpp"
#include "gateways/modbus/registers.hpp"
#include "messages/mes/machine.hpp"

namespace takt::sim {
namespace {

bool is_bit(modbus::table t) { return t == modbus::table::coil || t == modbus::table::discrete; }

std::string source_of(const machine_id& m) { return "machine/" + m.text; }

} // namespace

modbus_unit::modbus_unit(const plant::modbus_device& what) : base_(what.base)
{
    std::array<int, 4> sizes{};
    for (const auto& r : what.registers) {
        const auto unit = feeds::conversion(r.unit, r.tag);
        place p{r, unit ? unit->scale * r.scale : r.scale, unit ? unit->offset + unit->scale * r.offset : r.offset, {}};
        places_.push_back(p);
        const auto table = *modbus::table_of(r.table);
        const auto words = is_bit(table) ? 1 : static_cast<int>(modbus::words_of(*modbus::format_of(r.format)));
        auto& size = sizes.at(static_cast<std::size_t>(table));
        size = std::max(size, r.address - base_ + words);
    }
    using modbus::table;
    const auto of = [&](table t) { return sizes.at(static_cast<std::size_t>(t)); };
    mapping_ = modbus_mapping_new(of(table::coil), of(table::discrete), of(table::holding), of(table::input));
    if (mapping_ == nullptr) throw std::runtime_error("no memory for the registers of " + what.name);
}

modbus_unit::~modbus_unit() { modbus_mapping_free(mapping_); }

std::vector<machine_id> modbus_unit::driven() const
{
    std::vector<machine_id> all;
    for (const auto& p : places_)
        if (p.what.role == "state" && entity_ref(p.what.source).kind() == "machine")
            all.emplace_back(std::string(entity_ref(p.what.source).key()));
    return all;
}

/// What does not fit stays as it was.
void modbus_unit::put(const place& p, double raw)
{
    const auto table = *modbus::table_of(p.what.table);
    const auto at = static_cast<std::size_t>(p.what.address - base_);
    if (is_bit(table)) {
        (table == modbus::table::coil ? mapping_->tab_bits : mapping_->tab_input_bits)[at] = raw != 0 ? 1 : 0;
        return;
    }
    const auto format = *modbus::format_of(p.what.format);
    const bool whole = format != modbus::format::float32 && format != modbus::format::float64;
    const auto words = modbus::encode(whole ? std::round(raw) : raw, format, *modbus::order_of(p.what.order));
    if (!words) return;
    auto* registers = table == modbus::table::holding ? mapping_->tab_registers : mapping_->tab_input_registers;
    std::copy(words->begin(), words->end(), registers + at);
}

double modbus_unit::get(const place& p) const
{
    const auto at = static_cast<std::size_t>(p.what.address - base_);
    return modbus::decode(mapping_->tab_registers + at, *modbus::format_of(p.what.format),
                          *modbus::order_of(p.what.order));
}

bool modbus_unit::take(const scada::sample& s)
{
    bool mine = false;
    for (const auto& p : places_)
        if (p.what.role == "sample" && p.what.source == s.source.path() && p.what.tag == s.tag) {
            put(p, (s.value - p.offset) / p.scale);
            mine = true;
        }
    return mine;
}

bool modbus_unit::take(const machine_id& machine, const message& report)
{
    const auto source = source_of(machine);
    const auto of = [&](const std::string& role) {
        return [&, role](const place& p) { return p.what.role == role && p.what.source == source; };
    };
    if (std::none_of(places_.begin(), places_.end(), of("state"))) return false;
    if (const auto* r = report.as<machine::report_state>()) {
        for (auto& p : places_)
            if (of("state")(p)) put(p, machine::packml_number(r->state));
        return true;
    }
    if (const auto* r = report.as<machine::report_parameters>()) {
        for (auto& p : places_) {
            const auto value = r->set_points.find(p.what.tag);
            if (!of("set_point")(p) || value == r->set_points.end()) continue;
            put(p, (value->second - p.offset) / p.scale);
            p.set = get(p);
        }
        return true;
    }
    // The door itself says that a command is written.
    return report.as<machine::confirm_control>() != nullptr || report.as<machine::refuse_control>() != nullptr;
}

std::vector<modbus_unit::order> modbus_unit::written()
{
    std::vector<order> all;
    for (auto& p : places_) {
        const machine_id machine{std::string(entity_ref(p.what.source).key())};
        if (p.what.role == "command") {
            const auto action = machine::command_of(static_cast<std::int64_t>(get(p)));
            put(p, 0);
            if (action) all.push_back({machine, {0, *action, {}, {}, {}}});
        } else if (p.what.role == "set_point") {
            const double now = get(p);
            if (p.set && *p.set == now) continue;
            const bool first = !p.set;
            p.set = now;
            if (!first)
                all.push_back(
                    {machine,
                     {0, machine::control_action::set_point, {{p.what.tag, now * p.scale + p.offset}}, {}, {}}});
        }
    }
    return all;
}

} // namespace takt::sim
