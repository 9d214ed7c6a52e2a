#include "actors/make_kind.hpp"
#include "actors/qms/control_chart.hpp"

template takt::kind_ops takt::make_kind<takt::control_chart::kind>();
