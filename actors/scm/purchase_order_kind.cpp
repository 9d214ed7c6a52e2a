#include "actors/make_kind.hpp"
#include "actors/scm/purchase_order.hpp"

template takt::kind_ops takt::make_kind<takt::purchase_order::kind>();
