#pragma once

#include "messages/core/document.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// Commands that nobody could take: kept where a person sees them, and can send them again or put them away.
namespace takt::dead_letter {

struct keep {
    static constexpr std::string_view doc =
        "From the runtime: a command that its entity refused, could not read, or threw at.";
    entity_ref target;
    std::string sender;
    document command;
    std::string reason; ///< refused, failed, unreadable
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(keep, (), (target, sender, command, reason, detail))

struct retry {
    static constexpr std::string_view doc = "Send the command again, as a new one.";
};
BOOST_DESCRIBE_STRUCT(retry, (), ())

struct discard {
    static constexpr std::string_view doc = "Put the command away for good.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(discard, (), (reason))

struct kept {
    entity_ref target;
    std::string sender;
    document command;
    std::string reason, detail;
    instant at;
};
BOOST_DESCRIBE_STRUCT(kept, (), (target, sender, command, reason, detail, at))

struct retried {
    instant at;
};
BOOST_DESCRIBE_STRUCT(retried, (), (at))

struct discarded {
    std::string reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(discarded, (), (reason, at))

} // namespace takt::dead_letter
