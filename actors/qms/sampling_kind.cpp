#include "actors/make_kind.hpp"
#include "actors/qms/sampling.hpp"

template takt::kind_ops takt::make_kind<takt::sampling::kind>();
