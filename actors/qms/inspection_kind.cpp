#include "actors/make_kind.hpp"
#include "actors/qms/inspection.hpp"

template takt::kind_ops takt::make_kind<takt::inspection::kind>();
