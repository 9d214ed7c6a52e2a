#include "actors/make_kind.hpp"
#include "actors/qms/nonconformance.hpp"

template takt::kind_ops takt::make_kind<takt::nonconformance::kind>();
