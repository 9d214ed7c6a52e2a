#pragma once

#include "actors/eam/asset.hpp"
#include "actors/eam/maintenance_order.hpp"
#include "actors/hrm/roster.hpp"
#include "tests/actors/plant/floor.hpp"

namespace takt::test {

/// The shop floor with a lathe that is maintained, and Max of the maintenance crew.
struct maintained_floor : shop_floor {
    using shop_floor::shop_floor;

    void employ_max()
    {
        say("max", operator_::define{"Max", {"maintenance"}, {}, ""});
        say("max", operator_::clock_in{});
    }
    /// From 18:00 to 22:00, and always reachable.
    void employ_max_in_the_evening()
    {
        schedule::define how;
        how.zone = "UTC";
        using enum hrm::weekday;
        how.shifts = {{"late", {mon, tue, wed, thu}, "18:00", "22:00", {}}};
        say("plant", how);
        say("max", operator_::define{"Max", {"maintenance"}, {"late"}, ""});
        say("max", operator_::clock_in{});
    }
    /// Grease every ten hours; the first time is due nine hours from now.
    static eam::maintenance_plan grease()
    {
        eam::maintenance_plan p;
        p.key = "grease";
        p.task = "grease it";
        p.every_ms = std::chrono::hours(10);
        p.duration_ms = std::chrono::minutes(20);
        return p;
    }
    runtime::answer define(std::vector<eam::maintenance_plan> plans)
    {
        asset::define lathe;
        lathe.machine = "LATHE-1";
        lathe.labour_rate_per_hour = 60;
        lathe.downtime_cost_per_hour = 90;
        lathe.plans = std::move(plans);
        return say("A-LATHE-1", lathe);
    }
    void spare_part(const std::string& item, double unit_cost)
    {
        takt::material::define d;
        d.supplier = supplier_id("S-1");
        d.lead_time_ms = std::chrono::hours(24);
        d.receiving_bin = "DOCK";
        d.unit_cost = unit_cost;
        say(item, d);
    }

    const asset::state& lathe() { return host.state<asset::state>({"asset", "A-LATHE-1"}); }
    const maintenance_order::state& maintenance(const std::string& key)
    {
        return host.state<maintenance_order::state>({"maintenance_order", key});
    }
    /// Until this order is given to somebody.
    bool wait_for(const std::string& order, maintenance_order::order_status status, int minutes = 3000)
    {
        return work_until([&] { return maintenance(order).status == status; }, minutes);
    }
    void do_it(const std::string& order, int minutes)
    {
        say(order, maintenance_order::start{"max"});
        work(minutes);
        say(order, maintenance_order::report_done{"max", "as planned", "", std::nullopt});
    }
};

} // namespace takt::test
