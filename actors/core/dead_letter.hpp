#pragma once

#include "actors/kind.hpp"
#include "messages/core/dead_letter.hpp"

/// One command that nobody could take.
///
///     (new) --keep--> open --retry--> retried
///                        \--discard--> discarded
namespace takt::dead_letter {

enum class status { open, retried, discarded };
BOOST_DESCRIBE_ENUM(status, open, retried, discarded)

struct state {
    enum status status = status::open;
    entity_ref target;
    std::string sender;
    document command;
    std::string reason, detail;
    instant kept_at;
    std::optional<instant> settled_at;
};
BOOST_DESCRIBE_STRUCT(state, (), (status, target, sender, command, reason, detail, kept_at, settled_at))

decision decide(const state& s, const keep& c, const context& about);
decision decide(const state& s, const retry& c, const context& about);
decision decide(const state& s, const discard& c, const context& about);
void apply(state& s, const kept& e);
void apply(state& s, const retried& e);
void apply(state& s, const discarded& e);

struct kind {
    static constexpr std::string_view name = "dead_letter";
    static constexpr std::string_view doc =
        "A command that its entity refused or failed at; a person retries or discards it.";
    using state = dead_letter::state;
    using commands = types<keep, retry, discard>;
    using doors = types<retry, discard>;
    using events = types<kept, retried, discarded>;
};

} // namespace takt::dead_letter
