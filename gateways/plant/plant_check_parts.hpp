#pragma once

#include "messages/core/problem.hpp"
#include "messages/plant/plant.hpp"

/// Between the files that check a plant file; nobody else includes it.
namespace takt::plant {

/// Calls `c` with each thing of a section and its JSON pointer.
template <class Thing, class Check> void each(const std::vector<Thing>& all, const std::string& path, Check c)
{
    for (std::size_t i = 0; i < all.size(); ++i) c(all[i], path + "/" + std::to_string(i));
}

/// Adds what is wrong with setup matrices, tools, transport times, power caps, and with those who name them.
void check_constraints(const file& f, problems& found);
/// Adds what is wrong with scheduling areas, and with those who belong to one.
void check_areas(const file& f, problems& found);

/// Adds what is wrong with assets: their tree, their machines, their plans, the parts that they need.
void check_assets(const file& f, problems& found);

} // namespace takt::plant
