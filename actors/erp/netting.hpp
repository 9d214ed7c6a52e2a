#pragma once

#include "actors/erp/material.hpp"

namespace takt::material {

/// One decision of the material ledger under way: events are applied to a copy of the state as they happen, so that
/// what follows sees what went before.
class netting {
public:
    netting(const state& before, const context& about) : s_(before), about_(about) {}

    template <class Event> void happen(Event e)
    {
        apply(s_, e);
        d_.emit(std::move(e));
    }
    decision& out() { return d_; }
    const state& now() const { return s_; }

    /// Takes back what is set aside of a lot in a bin beyond what lies there, from the least urgent demands.
    void trim(const lot_id& lot, const bin_id& bin);
    /// Sets aside a demand's stock elsewhere, as its lot moved, and tells it.
    void follow_move(const lot_id& lot, const bin_id& from, const bin_id& to);

    /// Brings allocations, pegs, promises and orders in line with the facts, and ends the decision.
    decision settle();

    /// Orders this much, in lots of the size the item's definition says. Empty `due`: as soon as possible.
    void order(takt::quantity amount, std::optional<instant> due, int priority);
    /// Just this much, in one supply.
    void order_one(takt::quantity amount, instant due, int priority);
    /// From this supplier, as soon as possible.
    void buy(const supplier_id& supplier, takt::quantity amount);

private:
    using demand_entry = std::pair<const std::string, demand_line>;
    /// Stock of one lot in one bin that is free to be set aside.
    struct free_stock {
        lot_id lot;
        bin_id bin;
        takt::quantity quantity;
    };
    /// What is to come, in the order of time.
    struct incoming {
        entity_ref from;
        takt::quantity quantity;
        instant date;
    };
    struct shortage {
        takt::quantity amount;
        std::optional<instant> need_by;
        int priority = 1;
    };

    void withdraw(const std::string& demand, const allocation& what);
    void take_back_impossible();
    void take_back(const lot_id& lot, takt::quantity excess);
    void take_back_excess(const std::string& demand);
    std::vector<const demand_entry*> ranked() const;
    std::vector<free_stock> free() const;
    std::vector<incoming> expected() const;
    void allocate();
    shortage peg();
    void promise(const std::string& demand, std::optional<instant> date, std::vector<material::peg> pegs);
    void order_missing(const shortage& missing);
    void watch_safety_stock();
    std::optional<shortage_found> worst_shortage() const;
    void watch_shortage();

    state s_;
    const context& about_;
    decision d_;
};

/// What is set aside for a demand, and what it still needs on top.
takt::quantity set_aside(const demand_line& d);
takt::quantity on_hand(const stock_lot& lot);
/// Whether it may be set aside for somebody: neither blocked nor expired.
bool is_usable(const stock_lot& lot, instant now);
takt::quantity still_needed(const demand_line& d);

} // namespace takt::material
