#include "actors/make_kind.hpp"
#include "actors/mes/machine.hpp"

template takt::kind_ops takt::make_kind<takt::machine::kind>();
