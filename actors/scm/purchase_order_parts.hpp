#pragma once

#include "actors/scm/purchase_order.hpp"

/// What the files of the purchase order share.
namespace takt::purchase_order {

/// A lorry that is at the gate at the confirmed time is on time, however long the dock takes to book it.
inline constexpr milliseconds receiving_time = std::chrono::hours(1);

inline instant expected(const state& s) { return s.confirmed.value_or(s.due); }
/// Something is still to come.
bool is_open(const state& s);

/// Looks whether it has come when it should have.
void await_delivery(decision& d, instant expected);
/// All has come that will.
void end_waiting(decision& d, const state& s, const context& about);

} // namespace takt::purchase_order
