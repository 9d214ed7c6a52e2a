#include "actors/core/dead_letter.hpp"
#include "actors/make_kind.hpp"

template takt::kind_ops takt::make_kind<takt::dead_letter::kind>();
