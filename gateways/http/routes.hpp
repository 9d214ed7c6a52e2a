#pragma once

#include "gateways/http/door.hpp"
#include "gateways/http/router.hpp"

namespace takt::http {

/// Everything that can be asked of a node, in one table.
router make_routes(door& d);

} // namespace takt::http
