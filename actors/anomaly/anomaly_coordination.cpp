#include "actors/anomaly/anomaly_parts.hpp"
#include "messages/crm/slipping.hpp"
#include "messages/ems/demand.hpp"
#include "messages/erp/shortage.hpp"
#include "messages/feeds/feed.hpp"
#include "messages/mes/schedule.hpp"
#include "messages/mes/schedule_people.hpp"
#include "messages/scm/expedite.hpp"

/// Steps that others do. Each asks one entity, which answers with note_step when it is done, or why it cannot be. What
/// was asked for a symptom that is gone is not waited for.
namespace takt::anomaly {

namespace {

/// Whose schedule it was that missed a person: the part of the symptom's name behind the kind's.
std::string area_of(const case_file& s)
{
    const auto& symptom = s.symptoms.front().type;
    const auto dot = symptom.find('.');
    return dot == std::string::npos ? std::string(mes::whole_plant) : symptom.substr(dot + 1);
}

} // namespace

bool is_of_others(step_kind what)
{
    switch (what) {
    case step_kind::expedite:
    case step_kind::buy_elsewhere:
    case step_kind::open_shift:
    case step_kind::tell_customer:
    case step_kind::call_in:
    case step_kind::plan_without:
    case step_kind::restart_feed:
    case step_kind::shed_load: return true;
    default: return false;
    }
}

bool can_be_asked(const entity_ref& source, step_kind what)
{
    const auto kind = source.kind();
    switch (what) {
    case step_kind::expedite:
    case step_kind::buy_elsewhere: return kind == "purchase_order" || kind == "material";
    case step_kind::open_shift:
    case step_kind::tell_customer: return kind == "customer";
    case step_kind::call_in:
    case step_kind::plan_without: return kind == "operator";
    case step_kind::restart_feed: return kind == "feed";
    case step_kind::shed_load: return kind == "demand";
    default: return false;
    }
}

void progress::ask_others(step_kind what, const std::string& by)
{
    emit(step_begun{what, by, {}, about_.now});
    const std::string source(s_.source.key());
    const bool order = s_.source.kind() == "purchase_order";
    switch (what) {
    case step_kind::expedite:
        if (order)
            send(source, purchase_order::expedite{});
        else
            send(source, material::hasten{});
        break;
    case step_kind::buy_elsewhere:
        if (order)
            send(source, purchase_order::replace{});
        else
            send(source, material::buy_elsewhere{std::string(about_.self.key())});
        break;
    case step_kind::open_shift: send(mes::whole_plant, schedule::open_next_shift{}); break;
    case step_kind::tell_customer: send(source, customer::inform{}); break;
    case step_kind::call_in: send(area_of(s_), schedule::find_substitute{operator_id(source)}); break;
    case step_kind::plan_without: send(area_of(s_), schedule::plan_without{operator_id(source)}); break;
    case step_kind::restart_feed: send(source, feed::restart{}); break;
    case step_kind::shed_load: send(source, demand::relieve{s_.trace}); break;
    default: break;
    }
}

decision decide(const state& s, const note_step& what, const context& about)
{
    const auto* one = is_open(s) ? find_step(s, what.step) : nullptr;
    if (one == nullptr || one->status != step_status::begun) return {};
    progress p(s, about);
    p.emit(step_ended{what.step, !what.done, about.sender, what.detail, about.now});
    return p.advance();
}

} // namespace takt::anomaly
