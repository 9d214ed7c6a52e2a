#include "sim/spread.hpp"

#include "actors/mes/work_order.hpp"
#include "actors/wms/lot.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/core/json_read.hpp"

namespace takt::sim {
namespace {

constexpr double hour_ms = 3'600'000;

double pieces(takt::quantity q) { return static_cast<double>(q.thousandths) / 1000; }

} // namespace

spread::spread(virtual_plant& plant) : plant_(plant), from_(plant.node().now())
{
    facts_ = plant.node().subscribe([this](const runtime::facts& all) {
        for (const auto& f : *all) take(f);
    });
}

void spread::take(const runtime::fact& f)
{
    ledger_.take(f);
    if (f.entity.kind() == "anomaly" && f.type == "quarantine_ended") {
        const auto e = read_json_text<anomaly::quarantine_ended>(f.data, strictness::from_storage);
        if (e && e->accepted) found_good_.insert(e->what.path());
    }
    if (f.entity.kind() != "machine") return;
    const std::string machine(f.entity.key());
    if (f.type == "went_down") breakdowns_.push_back({machine, f.at});
    if (f.type == "went_down" || f.type == "blocked") stands_since_.try_emplace(machine, f.at);
    // One that is repaired goes on only when nobody blocks it, and the other way round: it counts until the first.
    if (f.type != "came_up" && f.type != "unblocked") return;
    const auto since = stands_since_.find(machine);
    if (since == stands_since_.end()) return;
    downtime_ += f.at - since->second;
    stands_since_.erase(since);
}

/// Work orders that a machine had in work when it broke.
std::set<std::string> spread::suspect_work_orders()
{
    std::set<std::string> all;
    auto& host = plant_.node().host();
    const std::string prefix = "work_order/";
    for (auto i = host.paths().lower_bound(prefix); i != host.paths().end() && i->starts_with(prefix); ++i) {
        const auto& w = host.state<work_order::state>(entity_ref(*i));
        for (const auto& o : w.operations)
            for (const auto& b : breakdowns_)
                if (o.machine.text == b.machine && o.started && *o.started <= b.at && (!o.ended || *o.ended >= b.at))
                    all.insert(i->substr(prefix.size()));
    }
    return all;
}

/// What of its pieces went to customers, by itself or in other things, and was not found good on the way.
double spread::shipped_of(const std::string& work_order, std::set<std::string>& seen) // NOLINT(misc-no-recursion)
{
    if (!seen.insert(work_order).second || found_good_.contains("work_order/" + work_order)) return 0;
    auto& host = plant_.node().host();
    const auto lot = host.state<work_order::state>({"work_order", work_order}).lot;
    if (!lot || found_good_.contains("lot/" + lot->text)) return 0;
    double sum = 0;
    for (const auto& u : host.state<lot::state>({"lot", lot->text}).uses) {
        if (u.purpose == wms::issue_purpose::ship) sum += pieces(u.quantity);
        if (u.purpose == wms::issue_purpose::consume && u.reference.kind() == "work_order")
            sum += shipped_of(std::string(u.reference.key()), seen);
    }
    return sum;
}

spread_figures spread::so_far()
{
    const auto now = plant_.node().now();
    spread_figures out;
    out.breakdowns = static_cast<std::int64_t>(breakdowns_.size());
    auto down = downtime_;
    for (const auto& [machine, since] : stands_since_) down += now - since;
    out.downtime_h = static_cast<double>(down.count()) / hour_ms;
    const auto suspect = suspect_work_orders();
    out.suspect_work_orders = static_cast<std::int64_t>(suspect.size());
    std::set<std::string> seen;
    for (const auto& w : suspect) out.suspect_pieces_shipped += shipped_of(w, seen);
    out.cases = http::figures_of(ledger_.cases(), from_, now + milliseconds(1));
    return out;
}

} // namespace takt::sim
