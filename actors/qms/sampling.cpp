#include "actors/qms/sampling.hpp"

#include <algorithm>

#include "actors/qms/sampling_plan.hpp"
#include "messages/anomaly/quality.hpp"
#include "messages/qms/control_chart.hpp"
#include "messages/qms/corrective_action.hpp"
#include "messages/scm/supplier.hpp"

namespace takt::sampling {
namespace {

constexpr std::size_t latest_most = 50;
constexpr std::ptrdiff_t looked_back = 10, repeated = 3; ///< so many of the last so many lots ask for a root cause
constexpr const char* discontinued = "inspection_discontinued"; ///< symptom

std::int64_t pieces(takt::quantity amount) { return std::max<std::int64_t>(1, (amount.thousandths + 999) / 1000); }

/// A decision in the making, with the state as it will be.
struct judging {
    state s;
    const context& about;
    decision d;

    template <class Event> void happen(Event e)
    {
        apply(s, e);
        d.emit(std::move(e));
    }
    void switch_to(qms::severity to, std::string why)
    {
        const auto case_key = anomaly::key_of("quality", about.self);
        if (to == qms::severity::discontinued)
            d.send(case_key, anomaly::raise{about.self, discontinued, anomaly::severity::critical, why});
        if (s.switching.severity == qms::severity::discontinued)
            d.send(case_key, anomaly::clear{discontinued, "", why});
        happen(switched{s.switching.severity, to, std::move(why), about.now});
    }
    void switch_if_due()
    {
        if (const auto change = qms::due(s.switching)) switch_to(change->to, change->why);
    }
};

void report_rejected(judging& j, const note_result& what)
{
    anomaly::report_nonconforming report;
    report.source = j.about.self;
    report.what = {what.origin,  what.operation,  what.item,      what.quantity,
                   j.s.supplier, what.inspection, what.inspected, what.defects};
    report.detail = std::to_string(what.defects) + " defects in " + std::to_string(what.inspected) + " of " +
                    what.item.text + " in " + what.origin.path() + ", accepted are " +
                    std::to_string(what.plan.accept_number);
    j.d.send(anomaly::key_of("quality", j.about.self), std::move(report));
}

/// A failure that keeps coming back has a root cause: somebody is to find it.
void ask_for_corrective_action(judging& j, const item_id& item)
{
    const auto& latest = j.s.latest;
    const auto first = std::ssize(latest) > looked_back ? latest.end() - looked_back : latest.begin();
    const auto bad = std::count_if(first, latest.end(), [](const judged_lot& l) { return !l.accepted; });
    if (bad < repeated) return;
    corrective_action::open what;
    what.about = j.about.self;
    what.problem = std::to_string(bad) + " of the last " + std::to_string(latest.end() - first) + " lots of " +
                   item.text + (j.s.supplier ? " from " + j.s.supplier->text : "") + " were not accepted";
    j.d.send("CA-" + std::string(j.about.self.key()), std::move(what));
}

/// Every characteristic has its chart, and so has the share of defective pieces.
void chart_results(judging& j, const note_result& what)
{
    const std::string series(j.about.self.key());
    j.d.send(series + ":defective", control_chart::add_count{series, what.inspection, what.inspected, what.defects});
    for (const auto& m : what.measurements)
        for (const auto& c : what.plan.characteristics)
            if (c.name == m.characteristic)
                j.d.send(series + ":" + c.name, control_chart::add_values{series, what.inspection, c, m.values});
}

void tell_watchers(judging& j, bool accepted)
{
    const auto watchers = j.s.watchers; // ending one changes it
    for (const auto& w : watchers) {
        if (accepted && w.accepted < w.lots) continue;
        if (w.asker.kind() == "corrective_action")
            j.d.send(w.asker.key(), corrective_action::note_next_lots{w.number, w.accepted});
        else
            j.d.send(w.asker.key(), anomaly::note_next_lots{w.number, w.accepted});
        j.happen(watch_ended{w.asker});
    }
}

} // namespace

decision decide(const state& s, const inspect& what, const context& about)
{
    decision d;
    if (s.item.empty()) d.emit(begun{what.what.item, what.what.plan.key, what.supplier});
    auto order = what.what;
    order.series = std::string(about.self.key());
    if (auto& plan = order.plan; plan.aql) {
        order.drawn = qms::draw(pieces(order.quantity), plan.level, *plan.aql, s.switching.severity);
        plan.sample_size = order.drawn->sample_size;
        plan.accept_number = order.drawn->accept_number;
    }
    d.send(what.inspection.text, std::move(order));
    return d;
}

decision decide(const state& s, const note_result& what, const context& about)
{
    judging j{s, about, {}};
    const bool tighter = what.plan.aql && qms::accepted_one_tighter(pieces(what.quantity), what.plan.level,
                                                                    *what.plan.aql, what.defects);
    j.happen(result_noted{what.inspection, what.origin, what.drawn, what.accepted, what.inspected, what.defects,
                          tighter, about.now});
    j.switch_if_due();
    if (s.supplier)
        j.d.send(s.supplier->text,
                 supplier::book_inspection{what.inspection, what.accepted, what.inspected, what.defects});
    if (!what.accepted) {
        report_rejected(j, what);
        ask_for_corrective_action(j, what.item);
    }
    tell_watchers(j, what.accepted);
    chart_results(j, what);
    return std::move(j.d);
}

decision decide(const state& /*s*/, const watch& what, const context& /*about*/)
{
    return std::move(decision().emit(watched{what.asker, what.number, what.lots}));
}

decision decide(const state& s, const end_watch& what, const context& /*about*/)
{
    decision d;
    if (std::any_of(s.watchers.begin(), s.watchers.end(), [&](const watcher& w) { return w.asker == what.asker; }))
        d.emit(watch_ended{what.asker});
    return d;
}

decision decide(const state& s, const permit_reduced& what, const context& about)
{
    if (what.by.empty()) return decision::refuse("name_missing", "say who you are", "by");
    judging j{s, about, {}};
    if (what.steady != s.switching.steady) j.happen(reduced_permitted{what.by, what.steady});
    j.switch_if_due();
    return std::move(j.d);
}

decision decide(const state& s, const resume& what, const context& about)
{
    if (what.by.empty()) return decision::refuse("name_missing", "say who you are", "by");
    if (what.reason.empty()) return decision::refuse("reason_missing", "say what removed the cause", "reason");
    if (s.switching.severity != qms::severity::discontinued)
        return decision::refuse("not_discontinued", "inspection is " + std::string(enum_name(s.switching.severity)));
    judging j{s, about, {}};
    j.switch_to(qms::severity::tightened, what.reason + ", says " + what.by);
    return std::move(j.d);
}

void apply(state& s, const begun& e)
{
    s.item = e.item;
    s.plan = e.plan;
    s.supplier = e.supplier;
}

/// A lot that was sampled before the last switch says nothing about what is in force now.
void apply(state& s, const result_noted& e)
{
    ++s.lots;
    s.lots_rejected += e.accepted ? 0 : 1;
    s.inspected += e.inspected;
    s.defects += e.defects;
    if (s.latest.size() == latest_most) s.latest.erase(s.latest.begin());
    s.latest.push_back({e.inspection, e.origin, e.drawn, e.accepted, e.inspected, e.defects, e.at});
    for (auto& w : s.watchers) w.accepted = e.accepted ? w.accepted + 1 : 0;
    if (e.drawn && e.drawn->severity == s.switching.severity)
        qms::count(s.switching, e.accepted, e.drawn->accept_number, e.one_tighter);
}

void apply(state& s, const switched& e) { qms::switch_to(s.switching, e.to); }

void apply(state& s, const watched& e)
{
    apply(s, watch_ended{e.asker});
    s.watchers.push_back({e.asker, e.number, e.lots, 0});
}

void apply(state& s, const watch_ended& e)
{
    std::erase_if(s.watchers, [&](const watcher& w) { return w.asker == e.asker; });
}

void apply(state& s, const reduced_permitted& e) { s.switching.steady = e.steady; }

} // namespace takt::sampling
