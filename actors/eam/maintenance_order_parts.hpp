#pragma once

#include "actors/eam/maintenance_order.hpp"

/// What an order's decisions share.
namespace takt::maintenance_order {

bool is_open(const state& s);
const part_line* find_part(const state& s, const item_id& item);
takt::quantity reserved(const part_line& p);
/// What was used, from the lots that are reserved for it.
std::vector<std::pair<item_id, reserved_stock>> lots_of(const state& s, const std::vector<eam::part>& used);
decision refuse_ended(const state& s, const context& about);

/// A decision in the making, with the order as it will be after it.
class progress {
public:
    progress(const state& s, const context& about) : s_(s), about_(about) {}

    template <class Event> void emit(Event event)
    {
        apply(s_, event);
        d_.emit(std::move(event));
    }
    template <class Command> void send(std::string_view key, Command command) { d_.send(key, std::move(command)); }
    decision& out() { return d_; }
    const state& now() const { return s_; }

    void require(const item_id& item, takt::quantity quantity);
    /// Nothing more of it is needed than what has been taken.
    void release_parts();
    /// Its machine is not kept free for it any more.
    void give_up_time();
    /// Looks for a time, or for somebody, once all that it needs is there.
    decision advance();
    void release();
    decision done() { return std::move(d_); }

private:
    state s_;
    const context& about_;
    decision d_;
};

} // namespace takt::maintenance_order
