#include "actors/anomaly/playbook.hpp"
#include "actors/make_kind.hpp"

template takt::kind_ops takt::make_kind<takt::playbook::kind>();
