#include "actors/make_kind.hpp"
#include "actors/mes/work_order.hpp"

template takt::kind_ops takt::make_kind<takt::work_order::kind>();
