#include "actors/anomaly/anomaly.hpp"

namespace takt::anomaly {
namespace {

constexpr std::size_t timeline_max = 50;

bool is_open(const state& s) { return s.status == case_status::open || s.status == case_status::acknowledged; }

void note(state& s, instant at, std::string what)
{
    if (s.timeline.size() == timeline_max) s.timeline.erase(s.timeline.begin());
    s.timeline.push_back({at, std::move(what)});
}

} // namespace

decision decide(const state& s, const raise& what, const context& about)
{
    if (what.type.empty()) return decision::refuse("type_missing", "an anomaly has a type", "type");
    if (key_of(what.type, what.source) != about.self.key())
        return decision::refuse("wrong_key", "this anomaly is anomaly/" + key_of(what.type, what.source), "source");
    decision d;
    if (is_open(s))
        d.emit(recurred{what.severity, what.detail, about.now});
    else
        d.emit(opened{s.number + 1, what.source, what.type, what.severity, what.detail, about.now});
    return d;
}

decision decide(const state& s, const acknowledge& what, const context& about)
{
    if (what.by.empty()) return decision::refuse("name_missing", "say who takes care", "by");
    if (!is_open(s)) return decision::refuse("not_open", "no case is open at " + about.self.path());
    decision d;
    if (s.status == case_status::open) d.emit(acknowledged{what.by, about.now});
    return d;
}

decision decide(const state& s, const close& what, const context& about)
{
    decision d;
    if (is_open(s)) d.emit(closed{what.cause, what.detail, about.now});
    return d;
}

void apply(state& s, const opened& e)
{
    s = {};
    s.status = case_status::open;
    s.number = e.number;
    s.source = e.source;
    s.type = e.type;
    s.severity = e.severity;
    s.detail = e.detail;
    s.occurrences = 1;
    s.opened_at = e.at;
    note(s, e.at, "opened: " + e.detail);
}

void apply(state& s, const recurred& e)
{
    ++s.occurrences;
    s.severity = std::max(s.severity, e.severity);
    s.detail = e.detail;
    note(s, e.at, "again: " + e.detail);
}

void apply(state& s, const acknowledged& e)
{
    s.status = case_status::acknowledged;
    s.acknowledged_by = e.by;
    note(s, e.at, "acknowledged by " + e.by);
}

void apply(state& s, const closed& e)
{
    s.status = case_status::closed;
    s.cause = e.cause;
    s.closed_at = e.at;
    note(s, e.at, "closed: " + e.cause + (e.detail.empty() ? "" : ", " + e.detail));
}

} // namespace takt::anomaly
