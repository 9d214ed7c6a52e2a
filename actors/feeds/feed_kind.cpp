#include "actors/feeds/feed.hpp"
#include "actors/make_kind.hpp"

template takt::kind_ops takt::make_kind<takt::feed::kind>();
