#pragma once

#include "gateways/http/door.hpp"
#include "gateways/http/exchange.hpp"

namespace takt::http {

/// An entity's answer as a response: `status` when accepted, else the problem it is.
///
///     accepted     status, {"key","entity_revision","reply"?}, ETag; Idempotency-Replayed if repeated
///     refused      409; 422 if it names a field or the key was reused; 412 if the revision is another
///     busy         503, Retry-After
///     unavailable  503, Retry-After
///     failed       500, with where its dead letter is
///
/// Each with the header `traceparent`: GET /api/v1/traces/{id} shows what came of it.
response to_response(const door& d, const entity_ref& entity, const reply& r, int status = 200);

} // namespace takt::http
