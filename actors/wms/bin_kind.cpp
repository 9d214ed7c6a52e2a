#include "actors/make_kind.hpp"
#include "actors/wms/bin.hpp"

template takt::kind_ops takt::make_kind<takt::bin::kind>();
