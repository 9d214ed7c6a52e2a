#pragma once

#include <functional>
#include <memory>
#include <unordered_map>

#include "gateways/equipment_link.hpp"
#include "sim/agenda.hpp"
#include "sim/machine_model.hpp"

namespace takt::sim {

/// All machines of a plant, each with its controller, on one thread in plant time. Reports and samples go out by the
/// equipment link; people touch machines by the members below, as they would with their hands.
class floor final : public equipment::controller {
public:
    /// `broke` is called on the floor's thread when a machine has broken down and waits for `repair_time` of work.
    using on_breakdown = std::function<void(const machine_id&, milliseconds repair_time, const std::string& what)>;
    /// A machine that has been found ready, or not: on the floor's thread.
    using on_taken = std::function<void(bool taken)>;

    floor(const plant::file& plant, const scenario& how, equipment::uplink& link, on_breakdown broke,
          pace moved = pace::by_clock);
    ~floor() override;

    void start();
    void stop();

    // equipment::controller, from the link's thread.
    void synchronise(const machine_id& machine, const std::vector<equipment::assignment>& all, bool down) override;
    void assign(const machine_id& machine, const equipment::assignment& what) override;
    void withdraw(const machine_id& machine, const mes::run_ref& job) override;
    void control(const machine_id& machine, const machine::control_order& what) override;

    // What people do, from any thread.
    void press_stop(const machine_id& machine);
    void repair(const machine_id& machine);
    /// Takes the machine for maintenance if it is idle now, and says whether.
    void take_for_maintenance(const machine_id& machine, on_taken then);
    /// `renewed`: it is as good as new.
    void end_maintenance(const machine_id& machine, bool renewed);

    struct figures {
        machine_model::figures machines;
        std::uint64_t running = 0, down = 0;
    };
    figures counted() const;
    agenda& time() { return agenda_; }

private:
    struct place {
        machine_model model;
        std::uint64_t wake = 0; ///< number of the wake-up that counts; earlier ones are void
        bool known_down = false;
    };

    void with(const machine_id& machine, std::function<void(place&)> what);
    void advance(place& p);
    void measure_slice(std::size_t slice);
    void measure_connections(std::vector<scada::sample>& out) const;
    figures sum() const;

    equipment::uplink& link_;
    const scenario how_;
    std::vector<entity_ref> grid_connections_; ///< each measures all machines
    const on_breakdown broke_;
    std::vector<std::unique_ptr<place>> places_;
    std::unordered_map<std::string, place*> by_key_;
    std::vector<message> said_;

    mutable std::mutex mutex_; ///< of the figures
    figures figures_;
    agenda agenda_; ///< last: its thread uses the others
};

} // namespace takt::sim
