#include "actors/ems/demand.hpp"
#include "actors/make_kind.hpp"

template takt::kind_ops takt::make_kind<takt::demand::kind>();
