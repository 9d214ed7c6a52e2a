#pragma once

#include <map>
#include <set>

#include "gateways/equipment_link.hpp"
#include "gateways/sparkplug/edge_node.hpp"

namespace takt::sparkplug {

/// Drives machines that are Sparkplug devices (machine_tags.hpp): compares what the plant wants with what the devices
/// say, and tells each side what is new. Pure: no clock, no I/O. Not thread-safe.
class machine_driver {
public:
    struct driven {
        machine_id machine;
        std::size_t capacity = 1;
    };
    explicit machine_driver(const std::vector<driven>& machines);

    // What the plant wants, as equipment::controller is told.
    void synchronise(const machine_id& machine, const std::vector<equipment::assignment>& all);
    void assign(const machine_id& machine, const equipment::assignment& what);
    void withdraw(const machine_id& machine, const mes::run_ref& job);
    void control(const machine_id& machine, const machine::control_order& what);

    /// What the devices say.
    void take(const outcome& o);

    struct report {
        machine_id machine;
        message what;
    };
    /// What is new for the plant, in order. Empties.
    std::vector<report> reports();

    struct write {
        thing to;
        std::vector<std::pair<std::string, value>> metrics;
    };
    /// What is to be written now: what a device has not read back is written again after a while (1 s).
    std::vector<write> writes(instant now, instant plant_time);
    /// Whether something waits to be read back.
    bool waiting() const { return !attention_.empty(); }

private:
    struct slot {
        std::optional<equipment::assignment> wanted;
        std::string text; ///< as written
        std::optional<instant> written_at;
        bool confirmed = false, running = false, done = false; ///< told to the plant
        std::int64_t good = 0, scrap = 0;
    };
    struct unit {
        std::optional<thing> where;
        bool online = false, synchronised = false;
        std::vector<slot> slots;
        std::vector<std::optional<mes::run_ref>> has; ///< what the device reads back, by slot
        std::int64_t has_order = 0;                   ///< number of the command that it reads back
        std::vector<equipment::assignment> unplaced;
        std::map<std::string, value> said;
        std::optional<machine::control_order> order;
        std::string order_text;
        std::optional<instant> order_written_at;
        bool order_confirmed = false;
        std::int64_t refused = 0;
        std::optional<std::int64_t> state;
        std::optional<bool> down;
        std::optional<machine::report_parameters> parameters;
    };

    void place(unit& u);
    void follow(const machine_id& key, unit& u);
    void follow_status(const machine_id& key, unit& u);
    void follow_slot(const machine_id& key, const unit& u, std::size_t index, slot& s);
    void follow_control(const machine_id& key, unit& u);
    static std::string text_at(const unit& u, const std::string& tag);
    static std::int64_t whole_at(const unit& u, const std::string& tag);
    static void read_back(unit& u, const std::string& metric);
    static bool lacks(const unit& u, std::size_t index);
    static bool lacks_order(const unit& u) { return u.order && !u.order_confirmed; }
    static void want(slot& s, const equipment::assignment& what);
    template <class Command> void say(const machine_id& key, Command command)
    {
        reports_.push_back({key, make_message(std::move(command))});
    }

    std::map<std::string, unit> units_;
    std::set<std::string> attention_; ///< machines that may have something to be written
    std::vector<report> reports_;
};

} // namespace takt::sparkplug
