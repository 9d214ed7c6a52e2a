#include "actors/make_kind.hpp"
#include "tests/docs/tool/tool.hpp"

template takt::kind_ops takt::make_kind<takt::tool::kind>();
