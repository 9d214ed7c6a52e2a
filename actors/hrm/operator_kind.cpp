#include "actors/hrm/operator.hpp"
#include "actors/make_kind.hpp"

template takt::kind_ops takt::make_kind<takt::operator_::kind>();
