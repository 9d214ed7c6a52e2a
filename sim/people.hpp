#pragma once

#include <memory>
#include <vector>

#include "sim/attendance.hpp"
#include "sim/customers.hpp"
#include "sim/inspectors.hpp"
#include "sim/newspaper.hpp"
#include "sim/suppliers.hpp"
#include "sim/technicians.hpp"
#include "sim/warehouse.hpp"

namespace takt::sim {

/// Everybody who has to do with the plant, and what they hear of it. One thread acts, by one HTTP connection; another
/// reads the event stream.
class people {
public:
    people(const std::string& url, const std::string& token, const plant::file& plant, const scenario& how,
           std::function<instant()> now, floor& machines);
    ~people();

    void start();
    void stop();

    /// A machine has broken down. From any thread.
    void call_technician(const machine_id& machine, milliseconds work, const std::string& what);
    figures counted() const;

private:
    void begin();
    void look_around();
    void arrive(const std::string& document);

    const std::string url_, token_;
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
    std::unique_ptr<newspaper> news_;
};

} // namespace takt::sim
