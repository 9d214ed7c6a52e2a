#pragma once

#include <optional>
#include <string>

#include "gateways/http/kind_names.hpp"
#include "runtime/node.hpp"

/// How entities, rows and events look in answers.
namespace takt::http {

/// {"key":"M-104","entity_revision":12, …members of the state…,"live":{…}}
std::string entity_document(const kind_names& names, const kind_ops& kind, const runtime::entity_view& view);
void append_row(std::string& out, const runtime::row& row);

/// {"position":…,"entity":"machine/M-104","revision":…,"at":…,"by":…,"command":…,"type":…,"version":…,"data":{…}}
void append_fact(std::string& out, const runtime::fact& fact);

/// The strong entity tag of a revision: "\"12\"".
std::string etag(std::uint64_t revision);
/// Whether an If-Match or If-None-Match list names this revision.
bool matches(std::string_view tags, std::uint64_t revision);
/// The revision of an If-Match that names just one.
std::optional<std::uint64_t> single_tag(std::string_view tags);

/// "/api/v1/machines/M-104"
std::string location(const entity_ref& entity);

} // namespace takt::http
