#include "actors/make_kind.hpp"
#include "actors/plm/product.hpp"

template takt::kind_ops takt::make_kind<takt::product::kind>();
