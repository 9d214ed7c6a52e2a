#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateways/equipment_link.hpp"
#include "messages/plant/plant.hpp"
#include "sim/dice.hpp"
#include "sim/scenario.hpp"

namespace takt::sim {

/// One machine with its controller, as physics: it does the jobs it was told to do, in random times, breaks down,
/// makes scrap, gets warm and draws power. It knows no clock, no thread and no node: the same seed and the same inputs
/// at the same times give the same reports.
///
///     idle --job--> starting --> set-up --> execute --> idle
///                                  └── broken ──┴──repaired──┘      (set-up and run go on where they stopped)
///
/// Jobs of a batch that come while the furnace is being loaded share one run; other jobs wait their turn. A job that
/// went on before a restart makes the rest of its pieces: counts are of the whole job.
class machine_model {
public:
    machine_model(const plant::machine& what, meter_id meter, const scenario& how, instant now);

    // Inputs. Each is at `now`, which never goes back; call advance first and after.
    void assign(const equipment::assignment& what, instant now);
    void withdraw(const mes::run_ref& job);
    /// Only these jobs, and no others.
    void synchronise(const std::vector<equipment::assignment>& all, bool down, instant now);
    /// Someone presses the stop button: the job ends after the piece in work, with fewer pieces than ordered. A batch
    /// is not stopped.
    void stop_after_piece() { stop_wanted_ = true; }
    void repair();
    /// A command of machine/…, answered and obeyed as PackML says. A number that it has had is confirmed again, no
    /// more. Known set-points: `speed_ratio`, 0.1 to 1.5 of the planned speed.
    void control(const machine::control_order& what, instant now);
    /// Maintenance: no new job begins until it ends. Only while idle.
    void begin_maintenance() { in_maintenance_ = true; }
    void end_maintenance(bool renewed)
    {
        in_maintenance_ = false;
        if (renewed) new_life();
    }

    /// When something happens by itself next; nothing while it waits for an input.
    std::optional<instant> next() const;
    /// Everything that happens up to `now`, as door commands of machine/… in order.
    void advance(instant now, std::vector<message>& reports);
    /// Telemetry as of the last advance.
    void measure(std::vector<scada::sample>& out);
    /// Of the last measurement.
    double measured_kw() const { return measured_kw_; }

    const machine_id& key() const { return what_.key; }
    bool idle() const { return jobs_.empty() && !down_; }
    bool held() const { return state_ == machine::packml_state::held; }
    bool busy() const { return step_ != step::none; }
    bool down() const { return down_; }
    bool in_maintenance() const { return in_maintenance_; }
    /// How long the repair takes that it waits for.
    milliseconds repair_time() const { return milliseconds{static_cast<std::int64_t>(repair_ms_)}; }
    const std::string& failure() const { return failure_; }

    struct figures {
        std::uint64_t jobs_begun = 0, jobs_ended = 0, pieces = 0, scrap = 0, breakdowns = 0;
    };
    const figures& counted() const { return counted_; }

private:
    enum class step { none, starting, setup, running };
    struct job {
        equipment::assignment told;
        dice chances;
        std::int64_t reported = 0; ///< pieces
    };

    /// On its way from one state to another by command.
    struct acting {
        machine::control_action action;
        double left_ms;
    };

    bool stands() const { return down_ || in_maintenance_ || halt_ || acting_; }
    std::int64_t pieces_of(const job& j) const { return j.told.job.quantity.whole(); }
    double step_left() const { return step_length_ - step_done_; }
    void pass(double ms);
    void begin_work();
    void begin_step(step which);
    void begin_piece();
    void take_into_load();
    void join_load();
    void confirm(job& j);
    void finish_step();
    void finish_piece();
    void finish_batch();
    void end_load();
    void break_down();
    void new_life();
    void say_progress();
    std::string why_not(const machine::control_order& what) const;
    void begin_control(const machine::control_order& what);
    void end_acting();
    void give_up_load();
    void say_parameters();
    void change_state(machine::packml_state to, std::string reason = {});
    double power_kw();
    double speed() const { return set_points_.at("speed_ratio"); }
    double tag_value(const machine::limit& tag);
    double noise(double spread) { return 1.0 + spread * noise_.normal(); }

    plant::machine what_;
    meter_id meter_;
    scenario how_;
    dice noise_; ///< of measured values; nothing hangs on it

    instant now_;
    double fraction_ms_ = 0; ///< of now_
    std::vector<job> jobs_;  ///< the first load_ of them are in work
    std::size_t load_ = 0;
    step step_ = step::none;
    double step_length_ = 0, step_done_ = 0; ///< ms
    bool stop_wanted_ = false;
    double since_progress_ = 0; ///< ms of running
    machine::packml_state state_ = machine::packml_state::idle;

    bool down_ = false, in_maintenance_ = false;
    std::string failure_;
    double life_ = 0, life_left_ = 0; ///< ms of running until it breaks
    double repair_ms_ = 0;
    std::uint64_t failures_ = 0;
    dice failure_chances_;

    double energy_kwh_ = 0; ///< of the load
    double heat_ = 0;       ///< 0 cold to 1 as hot as running makes it

    double measured_kw_ = 0;

    std::int64_t controlled_ = 0; ///< number of the last command
    std::optional<acting> acting_;
    std::optional<machine::packml_state> halt_; ///< held, suspended, stopped or aborted, by command
    std::string recipe_;
    std::map<std::string, double> set_points_{{"speed_ratio", 1.0}};
    std::vector<message> unsaid_; ///< what commands were answered since the last advance

    std::vector<message>* reports_ = nullptr;
    figures counted_;
};

} // namespace takt::sim
