#include "actors/make_kind.hpp"
#include "actors/qms/corrective_action.hpp"

template takt::kind_ops takt::make_kind<takt::corrective_action::kind>();
