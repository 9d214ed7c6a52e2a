#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "messages/core/id.hpp"

/// Traces: all that one command from outside, one due timer or one batch of telemetry set in motion, over all entities.
/// Ids and the header are those of W3C Trace Context.
namespace takt::runtime {

/// 16 bytes; all zero: none.
struct trace_id {
    std::uint64_t high = 0, low = 0;
    explicit operator bool() const { return (high | low) != 0; }
    friend auto operator<=>(const trace_id&, const trace_id&) = default;
};

/// What a command knows of the trace that it belongs to.
struct trace_context {
    trace_id id;
    std::uint64_t parent = 0; ///< span of the caller outside that sent it; 0: nobody said
    friend bool operator==(const trace_context&, const trace_context&) = default;
};

/// One that nobody else has: random, drawn without a lock.
trace_id new_trace();
/// A timer begins a trace of its own, the same one if it must be fired again after a crash.
trace_id trace_of_timer(const entity_ref& entity, std::uint64_t timer);

/// 32 lower-case hexadecimal digits.
std::string to_text(const trace_id& id);
std::optional<trace_id> read_trace_id(std::string_view text);
/// 16 of them, for spans.
std::string span_text(std::uint64_t span);

/// As a record keeps it: the id and, if there is one, "-" and the parent's span.
void append_text(std::string& out, const trace_context& trace);
/// None if the text is none.
trace_context read_trace(std::string_view text);

/// The header `traceparent`: 00-<id>-<span>-<flags>. Nothing if it is not well formed.
std::optional<trace_context> read_traceparent(std::string_view header);
std::string traceparent(const trace_id& id, std::uint64_t span);

/// The span of one handled command, from what identifies it, so that sender, receiver and reader agree on it.
std::uint64_t span_of(const trace_id& id, const entity_ref& target, std::string_view sender, std::uint64_t sequence);

} // namespace takt::runtime
