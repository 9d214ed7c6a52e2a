#include "actors/anomaly/anomaly_parts.hpp"

/// What events make of a case of quality.
namespace takt::anomaly {
namespace {

/// Of a long trace the timeline tells the beginning; all of it is in `origins`.
constexpr std::size_t origins_told = 20;

/// More is to be held, traced and disposed of than when these steps ended.
void reopen_steps(case_file& s)
{
    for (auto& one : s.steps)
        if (one.status == step_status::done && one.what != step_kind::verify) one.status = step_status::waiting;
}

std::string quantity_of(const nonconforming& n)
{
    std::string text = to_string(n.quantity) + " of " + n.item.text;
    if (!n.operation.empty()) text += ", operation " + n.operation;
    return text;
}

/// Who supplied what is bad, or the machine that made it.
std::string cause_of(const case_file& s, const take_origin& origin)
{
    const auto bad = std::find_if(s.quality.bad.begin(), s.quality.bad.end(),
                                  [&](const bad_pieces& b) { return b.what.what == origin.what; });
    if (bad == s.quality.bad.end()) return {};
    if (origin.supplier) return "supplier " + origin.supplier->text;
    for (const auto& w : origin.work)
        if (w.operation == bad->what.operation) return "operation " + w.operation + " at " + w.machine.text;
    return {};
}

std::string words(const take_origin& o)
{
    std::string text = o.what.path();
    if (!o.made_by.empty()) text += " from " + o.made_by.path();
    if (o.supplier) text += " of " + o.supplier->text;
    if (!o.supplier_lot.empty()) text += ", their lot " + o.supplier_lot;
    for (const auto& w : o.work) {
        text += "; " + w.operation + " at " + w.machine.text;
        if (!w.person.empty()) text += " by " + w.person.text;
    }
    for (std::size_t i = 0; i < o.parents.size(); ++i) text += (i == 0 ? "; of " : ", ") + o.parents[i].lot.text;
    return text;
}

} // namespace

void apply(state& s, const nonconforming_found& e)
{
    const auto same = std::find_if(s.quality.bad.begin(), s.quality.bad.end(), [&](const bad_pieces& b) {
        return b.what.what == e.what.what && b.what.operation == e.what.operation && !b.done;
    });
    if (same != s.quality.bad.end()) return;
    s.quality.bad.push_back({e.what, {}, {}, false});
    reopen_steps(s);
    note(s, e.at, e.what.what.path() + " is bad: " + quantity_of(e.what),
         e.what.inspection ? "inspection/" + e.what.inspection->text : s.source.path(), e.what.what);
}

void apply(state& s, const nonconformance_opened& e)
{
    for (auto& b : s.quality.bad)
        if (b.what.what == e.what && b.nonconformance.empty()) {
            b.nonconformance = e.nonconformance;
            break;
        }
    note(s, e.at, "non-conformance " + e.nonconformance, "playbook/" + s.kind,
         entity_ref("nonconformance", e.nonconformance));
}

void apply(state& s, const nonconformance_noted& e)
{
    for (auto& b : s.quality.bad) {
        if (b.nonconformance != e.what.nonconformance) continue;
        b.done = e.what.done;
        if (!e.what.done) b.disposition = e.what.words;
    }
    note(s, e.at, e.what.nonconformance + ": " + e.what.words, e.what.by,
         entity_ref("nonconformance", e.what.nonconformance));
}

void apply(state& s, const origin_sought& e)
{
    s.quality.origins_sought.push_back(e.what.path());
    ++s.quality.origins_unanswered;
}

void apply(state& s, const origin_found& e)
{
    --s.quality.origins_unanswered;
    s.quality.origins.push_back(e.what);
    if (auto cause = cause_of(s, e.what); !cause.empty()) s.cause = std::move(cause);
    const bool first = s.quality.origins.size() <= origins_told;
    if (first) note(s, e.at, words(e.what), e.what.what.path(), e.what.what);
}

void apply(state& s, const suspected& e)
{
    if (std::find(s.quality.suspects.begin(), s.quality.suspects.end(), e.what) == s.quality.suspects.end())
        s.quality.suspects.push_back(e.what);
    reopen_steps(s);
    note(s, e.at, e.what.path() + " may be bad too", e.by, e.what);
}

} // namespace takt::anomaly
