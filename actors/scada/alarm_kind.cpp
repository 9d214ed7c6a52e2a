#include "actors/make_kind.hpp"
#include "actors/scada/alarm.hpp"

template takt::kind_ops takt::make_kind<takt::alarm::kind>();
