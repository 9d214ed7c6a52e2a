#pragma once

#include "actors/mes/work_order.hpp"

namespace takt::work_order {

/// One decision of a work order under way: events are applied to a copy of the state as they happen, so that what
/// follows sees what went before.
class step {
public:
    step(const state& before, const context& about) : s_(before), about_(about) {}

    template <class Event> void happen(Event e)
    {
        apply(s_, e);
        d_.emit(std::move(e));
    }
    const state& now() const { return s_; }
    decision& out() { return d_; }
    decision done() { return std::move(d_); }
    work_order_id self() const { return work_order_id(about_.self.key()); }

    /// Releases, stages or breaks the kit, as its components now are.
    void check_kit();
    /// What lies at the line goes into the product, once work has begun.
    void consume_staged();
    /// A run has ended or pieces were thrown away: what is left of the operation is dispatched again, or it is
    /// finished: inspected, handed to the next operation, or the last.
    void go_on(const std::string& operation);
    /// An operation's pieces are judged good: they go on to the next operation, or are the product.
    void pass_on(const std::string& operation);
    /// Rejected pieces go through the rework route of their operation.
    void add_rework(const std::string& rejected);
    /// All that is in process, good or not yet made, is thrown away; that is its end.
    void scrap_all(const std::string& reason);
    void lift_quarantine();
    void give_up_components();

    void tell_schedule_all();
    void tell_schedule_job();
    void tell_schedule(const std::string& operation, std::int64_t run);
    void tell_supply();

private:
    void make_ready(const std::string& operation, takt::quantity amount);
    void complete();

    state s_;
    const context& about_;
    decision d_;
};

const operation* find_operation(const state& s, std::string_view key);
bool is_over(const state& s);
/// Whether any operation has ever been begun: from then on components are in the product.
bool begun(const state& s);
takt::quantity sum_of(const std::vector<wms::lot_amount>& lines, const item_id& item);
takt::quantity sum_of(const std::vector<wms::lot_amount>& lines, const lot_id& lot, const bin_id* bin);
/// Set aside, on its way, at the line or used.
takt::quantity covered(const state& s, const item_id& item);
/// When all components are expected to be there; nothing while that is not known of one.
std::optional<instant> earliest(const state& s);
takt::quantity remaining(const operation& o);
bool at_machine(const operation& o);

} // namespace takt::work_order
