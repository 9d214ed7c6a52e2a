#include "actors/make_kind.hpp"
#include "actors/scm/supplier.hpp"

template takt::kind_ops takt::make_kind<takt::supplier::kind>();
