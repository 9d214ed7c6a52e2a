#pragma once

#include "actors/kind.hpp"

namespace takt {

/// All kinds of entities of a plant: the one place where a kind is registered.
kind_registry all_kinds();

} // namespace takt
