#include "actors/core/dead_letter.hpp"

namespace takt::dead_letter {
namespace {

decision not_open(const state& s)
{
    if (s.target.empty()) return decision::refuse("unknown_dead_letter", "there is no such dead letter");
    return decision::refuse("already_settled", "this dead letter is already " + std::string(enum_name(s.status)));
}

bool open(const state& s) { return !s.target.empty() && s.status == status::open; }

} // namespace

decision decide(const state& s, const keep& c, const context& about)
{
    if (!s.target.empty()) return {};
    return std::move(decision().emit(kept{c.target, c.sender, c.command, c.reason, c.detail, about.now}));
}

decision decide(const state& s, const retry&, const context& about)
{
    if (!open(s)) return not_open(s);
    return std::move(decision().emit(retried{about.now}).send(s.target, make_message(s.command)));
}

decision decide(const state& s, const discard& c, const context& about)
{
    if (!open(s)) return not_open(s);
    return std::move(decision().emit(discarded{c.reason, about.now}));
}

void apply(state& s, const kept& e)
{
    s.target = e.target;
    s.sender = e.sender;
    s.command = e.command;
    s.reason = e.reason;
    s.detail = e.detail;
    s.kept_at = e.at;
}

void apply(state& s, const retried& e)
{
    s.status = status::retried;
    s.settled_at = e.at;
}

void apply(state& s, const discarded& e)
{
    s.status = status::discarded;
    s.settled_at = e.at;
}

} // namespace takt::dead_letter
