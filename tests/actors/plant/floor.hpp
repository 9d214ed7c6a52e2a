#pragma once

#include <functional>

#include "actors/core/dead_letter.hpp"
#include "actors/erp/material.hpp"
#include "actors/erp/order.hpp"
#include "actors/hrm/operator.hpp"
#include "actors/mes/machine.hpp"
#include "actors/mes/schedule.hpp"
#include "actors/mes/work_order.hpp"
#include "actors/qms/inspection.hpp"
#include "actors/scm/purchase_order.hpp"
#include "actors/wms/bin.hpp"
#include "actors/wms/lot.hpp"
#include "runtime/replay_host.hpp"

/// A small plant in a replay host, with people and controllers that do what they are told unless a test says
/// otherwise. Shafts are turned (two lathes) from bars and ground; gears consist of a shaft and two bolts, are
/// hardened in an oven for two and inspected at the end.
namespace takt::test {

inline const instant monday = *parse_rfc3339("2026-01-05T06:00:00Z");

inline quantity pieces(std::int64_t n) { return quantity::of(n); }
inline instant in_hours(std::int64_t n) { return monday + std::chrono::hours(n); }

class shop_floor {
public:
    explicit shop_floor(std::uint64_t seed = 1, runtime::mishaps what_goes_wrong = {});

    // What a test can change about people and machines.
    std::function<std::int64_t(const mes::job_spec&)> scrap_of = [](const mes::job_spec&) { return 0; };
    std::function<std::int64_t(const inspection::state&)> defects_of = [](const inspection::state&) { return 0; };
    std::function<takt::quantity(takt::quantity open)> delivered_of = [](takt::quantity open) { return open; };
    bool ships = true;       ///< warehouse people send what is allocated
    bool picks = true;       ///< and bring kits to the line
    bool controllers = true; ///< answer

    runtime::replay_host host;

    /// Opening stock as one lot in the raw bin.
    void stock(const std::string& item, const std::string& lot, std::int64_t amount, const std::string& bin = "RAW");
    runtime::answer place(const std::string& order, const std::string& product, std::int64_t amount, instant due,
                          int priority = 5);
    /// A command as a person or a controller sends it; what happens, happens once whatever crashes in between.
    template <class Command> runtime::answer say(std::string_view key, Command command)
    {
        return ask(entity_ref(kind_name<Command>(), key), make_message(std::move(command)));
    }
    /// Lets time pass, minute by minute, with everybody doing their work.
    void work(int minutes);
    /// Works until this holds; whether it came to hold within so many minutes.
    bool work_until(const std::function<bool()>& holds, int minutes = 6000);

    const order::state& order(const std::string& key) { return host.state<order::state>({"order", key}); }
    const work_order::state& work_order(const std::string& key)
    {
        return host.state<work_order::state>({"work_order", key});
    }
    const material::state& material(const std::string& key) { return host.state<material::state>({"material", key}); }
    const lot::state& lot(const std::string& key) { return host.state<lot::state>({"lot", key}); }
    const machine::state& machine(const std::string& key) { return host.state<machine::state>({"machine", key}); }
    const schedule::state& schedule() { return host.state<schedule::state>({"schedule", "plant"}); }
    std::vector<entity_ref> all(std::string_view kind) const;

    /// Balances of all lots, bins and ledgers, and that nobody does two things; what is wrong, or nothing. Meant for
    /// when nothing is under way.
    std::string violations();

private:
    runtime::answer ask(entity_ref target, message command);
    void define_items();
    void define_resources();
    void serve_machines();
    void serve_warehouse();
    void serve_inspectors();
    void serve_suppliers();
    void report(const std::string& machine, const machine::job& job);

    std::int64_t next_ask_ = 0;
};

} // namespace takt::test
