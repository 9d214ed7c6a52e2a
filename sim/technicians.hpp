#pragma once

#include "sim/crew.hpp"

namespace takt::sim {

/// Maintenance: repairs what is broken, and does what is due when the machine stands idle. Out of hours a breakdown
/// waits until somebody on call has come.
class technicians final : public trade {
public:
    technicians(world& w, crew& people);

    void hear(const news_item& news) override;
    void look_around() override;

    /// A machine waits for this much work.
    void called(const machine_id& machine, milliseconds work, const std::string& what);

private:
    void repair(const machine_id& machine, milliseconds work, const std::string& person, const crew::done& done);
    void maintain(const std::string& asset, const std::string& plan);
    void service(const std::string& asset, const plant::asset& what, const eam::maintenance_plan& plan,
                 const std::string& person, const crew::done& done);
    const plant::asset* find_asset(const std::string& key) const;

    world& world_;
    crew& people_;
};

} // namespace takt::sim
