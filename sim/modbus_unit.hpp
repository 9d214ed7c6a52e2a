#pragma once

#include <optional>
#include <vector>

#include "messages/core/message.hpp"
#include "messages/mes/machine_control.hpp"
#include "messages/plant/plant.hpp"
#include "messages/scada/sample.hpp"

struct _modbus_mapping_t; // libmodbus

namespace takt::sim {

/// The registers of one simulated device, as the plant file says. No connection; not thread-safe.
class modbus_unit {
public:
    explicit modbus_unit(const plant::modbus_device& what);
    ~modbus_unit();
    modbus_unit(const modbus_unit&) = delete;
    modbus_unit& operator=(const modbus_unit&) = delete;

    /// Machines with a state register: they are commanded by registers.
    std::vector<machine_id> driven() const;
    /// Puts a measured value where it belongs; false if no register has it.
    bool take(const scada::sample& s);
    /// A report of a machine that is driven; false if it is none of registers.
    bool take(const machine_id& machine, const message& report);

    struct order {
        machine_id machine;
        machine::control_order what; ///< without number and due
    };
    /// What was written into command and set-point registers since the last call. A command register is 0 again then,
    /// as PackML's CntrlCmd is when it has been taken.
    std::vector<order> written();

    _modbus_mapping_t* mapping() { return mapping_; }

private:
    struct place {
        plant::modbus_register what;
        double scale = 1, offset = 0; ///< of the sample, from the raw value
        std::optional<double> set;    ///< set-points: as last read or told
    };
    void put(const place& p, double raw);
    double get(const place& p) const;

    int base_;
    std::vector<place> places_;
    _modbus_mapping_t* mapping_;
};

} // namespace takt::sim
