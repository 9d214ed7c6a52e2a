#include "actors/feeds/feed.hpp"

#include "messages/anomaly/anomaly.hpp"
#include "messages/anomaly/coordination.hpp"

namespace takt::feed {
namespace {

constexpr const char* trouble = "silent_feed";
constexpr const char* silence_timer = "silence";
constexpr milliseconds grace{30'000}; ///< what is back sooner is no case

} // namespace

decision decide(const state& s, const report& what, const context& about)
{
    decision d;
    if (what.online) {
        if (s.online) return d;
        d.emit(found{s.lost_at ? about.now - *s.lost_at : milliseconds{0}, about.now});
        d.cancel_timer(silence_timer);
        if (s.silent)
            d.send(anomaly::key_of(trouble, about.self), anomaly::clear{trouble, "back", "values come again"});
        return d;
    }
    if (s.lost_at) return d;
    d.emit(lost{what.detail, about.now});
    d.set_timer(silence_timer, about.now + grace, check_silence{s.losses + 1});
    return d;
}

decision decide(const state& s, const check_silence& what, const context& about)
{
    decision d;
    if (s.online || s.silent || what.loss != s.losses) return d;
    d.emit(fell_silent{about.now});
    d.send(anomaly::key_of(trouble, about.self),
           anomaly::raise{about.self, trouble, anomaly::severity::warning, s.detail});
    return d;
}

decision decide(const state& s, const restart& /*what*/, const context& about)
{
    decision d;
    d.emit(restart_requested{about.sender, about.now});
    if (const auto key = anomaly::case_of(about.sender); !key.empty())
        d.send(key, anomaly::note_step{anomaly::step_kind::restart_feed, true,
                                       s.online ? "is back already" : "the gateway connects anew"});
    return d;
}

void apply(state& s, const lost& e)
{
    s.online = false;
    s.detail = e.detail;
    s.lost_at = e.at;
    ++s.losses;
}

void apply(state& s, const found& e)
{
    s.online = true;
    s.silent = false;
    s.lost_at.reset();
    s.silent_ms += e.silent_ms;
}

void apply(state& s, const fell_silent& /*e*/) { s.silent = true; }
void apply(state& s, const restart_requested& /*e*/) { ++s.restarts; }

} // namespace takt::feed
