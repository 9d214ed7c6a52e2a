#include "actors/make_kind.hpp"
#include "actors/mes/schedule.hpp"

template takt::kind_ops takt::make_kind<takt::schedule::kind>();
