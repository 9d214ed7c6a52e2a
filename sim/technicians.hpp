#pragma once

#include "sim/crew.hpp"

namespace takt::sim {

/// Maintenance: does the maintenance orders that people are given. Out of hours a breakdown waits until somebody on
/// call has come; what was planned waits for the crew.
class technicians final : public trade {
public:
    technicians(world& w, crew& people);

    void hear(const news_item& news) override;
    void look_around() override;

    /// A machine is broken; it needs this much work.
    void called(const machine_id& machine, milliseconds work, const std::string& what);

private:
    struct fault {
        milliseconds work{0};
        std::string what;
    };

    struct errand {
        std::string order, person;
        machine_id machine;
        std::string plan; ///< empty: a repair
        milliseconds work{0};
    };

    void wait_for_order(const machine_id& machine);
    void find_somebody(const std::string& order);
    void go_to(const std::string& order, const std::string& person);
    void do_order(const std::string& order, const std::string& person);
    void repair(const errand& what);
    void look_at(const errand& what);
    bool renews(const errand& what) const;
    void say_it_works(const machine_id& machine);
    void report(const errand& what, const std::string& cause);

    world& world_;
    crew& people_;
    std::map<std::string, fault> broken_;      ///< by machine
    std::map<std::string, std::string> going_; ///< order → who
};

} // namespace takt::sim
