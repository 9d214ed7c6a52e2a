#pragma once

#include "persistence/store.hpp"
#include "runtime/outbox.hpp"

/// How derived data stands in the store's families.
namespace takt::runtime {

std::string effect_key(const std::string& sender, std::uint64_t sequence);
std::string timer_key(const std::string& entity, const std::string& name);
std::string effect_value(const outbox::owed& e);
std::string timer_value(const armed_timer& t);
/// Adds all that the outbox family holds.
void load_outbox(const persistence::store& disk, outbox& into);

/// What derived data must know of a record in the journal. Most records only say who sent their command, which is read
/// from the head of the line; those with effects or timers are read whole.
commit_note note_of_line(std::string_view line);

/// One entry of the index: positions of an entity's records, ascending.
persistence::change index_entry(const std::string& entity, const std::vector<std::uint64_t>& positions);
void read_index_entry(std::string_view value, std::vector<std::uint64_t>& into);

} // namespace takt::runtime
