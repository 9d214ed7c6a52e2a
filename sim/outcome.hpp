#pragma once

#include "messages/plant/outcome.hpp"
#include "sim/virtual_plant.hpp"

namespace takt::sim {

/// Begins to watch when it is made.
class observation {
public:
    observation(virtual_plant& plant, const plant::file& file);
    /// From then until now.
    plant::outcome so_far() const;

private:
    struct machine_sums {
        double setup_h = 0, run_h = 0, energy_kwh = 0;
    };
    machine_sums sum_of_machines() const;
    void count_orders(plant::outcome& out) const;
    void count_work_orders(plant::outcome& out) const;
    double machine_hours() const;

    virtual_plant& plant_;
    const plant::file& file_;
    instant from_;
    machine_sums before_;
};

} // namespace takt::sim
