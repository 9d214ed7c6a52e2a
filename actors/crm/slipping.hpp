#pragma once

#include "actors/crm/customer.hpp"

/// Whether what a customer wants comes when it is wanted: all that comes later is one case of that customer.
namespace takt::customer {

/// The promise of an order is new.
void watch_promise(decision& d, const open_order& known, const order_id& order, instant promised, const context& about);
/// The order is over.
void end_slip(decision& d, const open_order& known, const order_id& order, const std::string& how,
              const context& about);

} // namespace takt::customer
