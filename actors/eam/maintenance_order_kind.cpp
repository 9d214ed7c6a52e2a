#include "actors/eam/maintenance_order.hpp"
#include "actors/make_kind.hpp"

template takt::kind_ops takt::make_kind<takt::maintenance_order::kind>();
