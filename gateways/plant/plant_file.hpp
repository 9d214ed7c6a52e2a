#pragma once

#include <filesystem>

#include "messages/plant/plant.hpp"
#include "runtime/node.hpp"

/// The plant file as a door: it is read, checked as a whole, and becomes the commands that define the plant's entities.
namespace takt::plant {

/// Reads a file. Unknown members are refused. Everything that is wrong is told at once, each with its JSON pointer.
checked<file> load(const std::filesystem::path& path);
checked<file> read(std::string_view text);

/// What the sections say about each other: references, duplicate keys, circular bills of material, positive times.
/// `read` and `load` have checked it.
problems check(const file& f);

/// The commands that define every entity, in an order in which nothing refers to what is not yet defined: send each
/// after the answer to the one before. They have an identity made of the file's content, so that sending those of an
/// unchanged file again changes nothing. From a changed file all definitions are sent anew; opening stock that a node
/// has already is then refused as repeated.
std::vector<runtime::envelope> definitions(const file& f);

/// The plant repeated until it has this many machines, for load tests. Each repetition has machines, people, assets,
/// meters, bins and products of its own, with ":2", ":3"… after their keys; suppliers, customers and bought materials
/// are shared, with stock for all. What is left over when the number is no multiple becomes machines without work.
/// Fewer machines than the plant has: the plant as it is.
file scaled(const file& f, int machines);

/// JSON Schema 2020-12 of the file, as it stands in docs/plant.schema.json.
boost::json::object schema();

} // namespace takt::plant
