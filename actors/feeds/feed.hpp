#pragma once

#include "actors/kind.hpp"
#include "messages/feeds/feed.hpp"

///     online --report offline--> lost --grace over--> silent (a case) --report online--> online
namespace takt::feed {

struct state {
    bool online = false;
    bool silent = false; ///< a case stands
    std::string detail;
    std::optional<instant> lost_at;
    std::int64_t losses = 0, restarts = 0;
    milliseconds silent_ms{0}; ///< of all losses that ended
};
BOOST_DESCRIBE_STRUCT(state, (), (online, silent, detail, lost_at, losses, restarts, silent_ms))

decision decide(const state&, const report&, const context&);
decision decide(const state&, const restart&, const context&);
decision decide(const state&, const check_silence&, const context&);

void apply(state&, const lost&);
void apply(state&, const found&);
void apply(state&, const fell_silent&);
void apply(state&, const restart_requested&);

struct kind {
    static constexpr std::string_view name = "feed";
    static constexpr std::string_view doc = "A connection by which the plant hears of the floor.";
    using state = feed::state;
    using commands = types<report, restart, check_silence>;
    using events = types<lost, found, fell_silent, restart_requested>;
    using doors = types<restart>;
};

} // namespace takt::feed
