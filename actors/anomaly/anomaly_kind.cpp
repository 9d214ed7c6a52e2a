#include "actors/anomaly/anomaly.hpp"
#include "actors/make_kind.hpp"

template takt::kind_ops takt::make_kind<takt::anomaly::kind>();
