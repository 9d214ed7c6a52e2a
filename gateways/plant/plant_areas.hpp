#pragma once

#include <set>

#include "messages/plant/plant.hpp"

/// Which scheduling area things of a plant file belong to.
namespace takt::plant {

/// All of them; the whole plant if the file names none.
std::vector<std::string> areas_of(const file& f);
std::string area_of(const file& f, const work_center_id& key);
/// Of the machines in its routing; the whole plant if it has none.
std::string area_of(const file& f, const product& p);
/// Where products need it.
std::set<std::string> areas_of(const file& f, const mes::tool& t);

} // namespace takt::plant
