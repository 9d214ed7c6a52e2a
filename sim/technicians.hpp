#pragma once

#include "sim/crew.hpp"

namespace takt::sim {

/// Maintenance: does the maintenance orders that people are given, and what is due when the machine stands idle. Out of
/// hours a breakdown waits until somebody on call has come.
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

    void wait_for_order(const machine_id& machine);
    void find_somebody(const std::string& order);
    void go_to(const std::string& order, const std::string& person);
    void do_order(const std::string& order, const std::string& person);
    void repair(const std::string& order, const machine_id& machine, const std::string& person);
    void look_at(const std::string& order, const machine_id& machine, const std::string& person);
    void report(const std::string& order, const std::string& person, const std::string& cause);
    void maintain(const std::string& asset, const std::string& plan);
    void service(const std::string& asset, const plant::asset& what, const eam::maintenance_plan& plan,
                 const std::string& person, const crew::done& done);
    const plant::asset* find_asset(const std::string& key) const;

    world& world_;
    crew& people_;
    std::map<std::string, fault> broken_;      ///< by machine
    std::map<std::string, std::string> going_; ///< order → who
};

} // namespace takt::sim
