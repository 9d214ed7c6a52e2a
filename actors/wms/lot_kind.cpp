#include "actors/make_kind.hpp"
#include "actors/wms/lot.hpp"

template takt::kind_ops takt::make_kind<takt::lot::kind>();
