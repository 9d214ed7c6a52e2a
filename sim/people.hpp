#pragma once

#include <memory>
#include <vector>

#include "sim/attendance.hpp"
#include "sim/customers.hpp"
#include "sim/inspectors.hpp"
#include "sim/suppliers.hpp"
#include "sim/technicians.hpp"
#include "sim/warehouse.hpp"

namespace takt::sim {

/// Everybody who has to do with the plant, and what they hear of it. One thread acts; news may come on another.
class people {
public:
    people(way_in way, const plant::file& plant, const scenario& how, std::function<instant()> now, floor& machines,
           pace moved = pace::by_clock);
    ~people();

    void start();
    void stop();

    /// A machine has broken down. From any thread.
    void call_technician(const machine_id& machine, milliseconds work, const std::string& what);
    figures counted() const;
    agenda& time() { return agenda_; }

private:
    void begin();
    void look_around();
    void arrive(news_item news);

    const way_in way_;
    agenda agenda_;
    door door_;
    world world_;
    crew warehouse_crew_, inspection_crew_, maintenance_crew_;
    attendance attendance_;
    customers customers_;
    technicians technicians_;
    warehouse warehouse_;
    suppliers suppliers_;
    inspectors inspectors_;
    const std::vector<trade*> trades_;
    std::chrono::steady_clock::time_point looked_;
    std::shared_ptr<void> news_;
};

} // namespace takt::sim
