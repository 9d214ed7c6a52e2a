#include "gateways/http/case_figures.hpp"

#include "messages/anomaly/anomaly.hpp"
#include "messages/core/json_read.hpp"

namespace takt::http {
namespace {

constexpr std::size_t facts_at_a_time = 1000;

template <class Event> std::optional<Event> read(const runtime::fact& f)
{
    auto e = read_json_text<Event>(f.data, strictness::from_storage);
    return e ? std::optional(std::move(*e)) : std::nullopt;
}

void note(case_span& one, const runtime::fact& f)
{
    if (f.type == "acknowledged" && !one.acknowledged) one.acknowledged = f.at;
    if (f.type == "escalated") ++one.escalations;
    if (f.type == "closed") {
        one.closed = f.at;
        if (const auto e = read<anomaly::closed>(f)) one.by_person = !e->by.empty();
    }
    if (f.type == "quarantined")
        if (const auto e = read<anomaly::quarantined>(f); e && e->what.stopped) {
            ++one.stopped;
            one.pieces += e->what.quantity;
        }
    if (f.type == "quarantine_ended")
        if (const auto e = read<anomaly::quarantine_ended>(f); e && !e->accepted) ++one.bad;
}

struct mean {
    double sum = 0;
    std::int64_t count = 0;
    void add(milliseconds t)
    {
        sum += static_cast<double>(t.count()) / 1000;
        ++count;
    }
    std::optional<double> value() const
    {
        return count == 0 ? std::nullopt : std::optional(sum / static_cast<double>(count));
    }
};

/// Figures of one kind, or of all, as they are summed up.
struct summing {
    case_kind_figures figures;
    mean acknowledged, closed;

    void add(const case_span& c)
    {
        ++figures.opened;
        ++(c.closed ? figures.closed : figures.open);
        figures.closed_by_people += c.by_person ? 1 : 0;
        figures.escalations += c.escalations;
        figures.stopped += c.stopped;
        figures.stopped_bad += c.bad;
        figures.pieces += c.pieces;
        if (c.acknowledged) acknowledged.add(*c.acknowledged - c.opened);
        if (c.closed) closed.add(*c.closed - c.opened);
    }
    case_kind_figures done()
    {
        figures.mtta_s = acknowledged.value();
        figures.mttr_s = closed.value();
        return figures;
    }
};

const char* age_of(milliseconds age)
{
    using std::chrono::hours;
    return age < hours(1) ? "under_1h" : age < hours(8) ? "under_8h" : age < hours(24) ? "under_24h" : "older";
}

} // namespace

void case_ledger::take(const runtime::fact& f)
{
    if (f.entity.kind() != "anomaly") return;
    auto& all = by_key_[std::string(f.entity.key())];
    if (f.type != "opened") {
        if (!all.empty()) note(all.back(), f);
        return;
    }
    auto& one = all.emplace_back();
    one.key = f.entity.key();
    one.opened = f.at;
    if (const auto e = read<anomaly::opened>(f)) {
        one.kind = e->kind;
        one.number = e->number;
        one.severity = e->severity;
    }
}

std::vector<case_span> case_ledger::cases() const
{
    std::vector<case_span> all;
    for (const auto& [key, some] : by_key_) all.insert(all.end(), some.begin(), some.end());
    return all;
}

std::vector<case_span> cases_of(runtime::node& node, instant from, instant to)
{
    std::vector<std::string> keys;
    node.list("anomaly", {}, 1, [&](const runtime::row& row) {
        keys.push_back(row.key);
        return false;
    });
    case_ledger ledger;
    for (const auto& key : keys) {
        std::uint64_t after = 0;
        for (std::size_t got = facts_at_a_time; got == facts_at_a_time;) {
            const auto facts = node.history({"anomaly", key}, after, facts_at_a_time);
            got = facts.size();
            for (const auto& f : facts) ledger.take(f);
            if (got > 0) after = facts.back().revision;
        }
    }
    auto all = ledger.cases();
    std::erase_if(all, [&](const case_span& c) { return c.opened < from || c.opened >= to; });
    return all;
}

case_figures figures_of(const std::vector<case_span>& cases, instant from, instant to)
{
    summing all;
    std::map<std::string, summing> kinds;
    case_figures out{from, to, {}, {}, {{"under_1h", 0}, {"under_8h", 0}, {"under_24h", 0}, {"older", 0}}};
    for (const auto& c : cases) {
        all.add(c);
        kinds[c.kind].add(c);
        if (!c.closed) ++out.open_by_age[age_of(to - c.opened)];
    }
    out.all = all.done();
    for (auto& [kind, sum] : kinds) out.kinds[kind] = sum.done();
    return out;
}

} // namespace takt::http
