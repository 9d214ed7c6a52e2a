#include "gateways/http/certificate.hpp"

#include <algorithm>
#include <numeric>

#include "actors/mes/work_order.hpp"

namespace takt::http {
namespace {

using inspection::inspection_status;

certified_measurement measured_of(const qms::measurement& m, const qms::inspection_plan& plan)
{
    certified_measurement all{m.characteristic, {}, {}, {}, static_cast<std::int64_t>(m.values.size()), 0, 0, 0, true};
    for (const auto& c : plan.characteristics)
        if (c.name == m.characteristic) {
            all.method = c.method;
            all.lower = c.lower;
            all.upper = c.upper;
        }
    if (m.values.empty()) return all;
    const auto [least, most] = std::minmax_element(m.values.begin(), m.values.end());
    all.least = *least;
    all.most = *most;
    all.mean = std::accumulate(m.values.begin(), m.values.end(), 0.0) / static_cast<double>(m.values.size());
    all.conforms = (!all.lower || all.least >= *all.lower) && (!all.upper || all.most <= *all.upper);
    return all;
}

certified_inspection certified(const inspection_id& key, const inspection::state& s)
{
    certified_inspection c;
    c.inspection = key;
    c.plan = s.plan.key;
    c.operation = s.operation;
    c.status = s.status;
    c.aql = s.plan.aql;
    if (s.drawn) c.severity = s.drawn->severity;
    c.sample_size = s.plan.sample_size;
    c.accept_number = s.plan.accept_number;
    c.inspected = s.inspected;
    c.defects = s.defects;
    c.inspector = s.inspector;
    c.decided_at = s.decided_at;
    for (const auto& m : s.measurements) c.measurements.push_back(measured_of(m, s.plan));
    return c;
}

class writer {
public:
    writer(const state_reader& state_of, const nonconformances& all, certificate& out)
        : state_of_(state_of), all_(all), out_(out)
    {
    }

    void add_inspection(const std::string& key)
    {
        const auto read = read_state<inspection::state>(state_of_, entity_ref("inspection", key));
        if (read && read->status != inspection_status::none)
            out_.inspections.push_back(certified(inspection_id(key), *read));
    }

    void add_work_order(const std::string& key)
    {
        const auto made = read_state<work_order::state>(state_of_, entity_ref("work_order", key));
        if (!made) return;
        out_.revision = made->revision;
        for (const auto& o : made->operations)
            if (o.inspection) add_inspection("Q-" + key + "-" + o.key);
    }

    void add_materials(const std::vector<wms::parent_lot>& parents)
    {
        for (const auto& p : parents) {
            certified_material m{p.lot, p.item, p.quantity, {}, {}, "none"};
            if (const auto lot = read_state<lot::state>(state_of_, entity_ref("lot", p.lot.text))) {
                m.supplier = lot->supplier;
                m.supplier_lot = lot->supplier_lot.value_or("");
            }
            if (const auto i = read_state<inspection::state>(state_of_, entity_ref("inspection", "Q-" + p.lot.text)))
                m.inspection = enum_name(i->status);
            out_.materials.push_back(std::move(m));
        }
    }

    void add_deviations(const entity_ref& of)
    {
        for (const auto& [key, nc] : all_)
            if (nc.what.what == of) out_.deviations.push_back({key, nc.what.detail, nc.chosen, nc.by, nc.reason});
    }

    /// A rejected inspection is made good by the disposition that follows it: a rework is inspected again.
    void judge()
    {
        const auto say = [&](std::string what) { out_.reservations.push_back(std::move(what)); };
        if (out_.status != wms::lot_status::unrestricted) say("the lot is " + std::string(enum_name(out_.status)));
        for (const auto& i : out_.inspections)
            if (i.status == inspection_status::pending) say(i.inspection.text + " is pending");
        bool undecided = false;
        for (const auto& d : out_.deviations) {
            if (!d.disposition) say(d.nonconformance + " is not decided");
            undecided = undecided || !d.disposition;
        }
        out_.conforms = out_.reservations.empty() && !undecided;
        for (const auto& d : out_.deviations)
            if (d.disposition == nonconformance::disposition::use_as_is)
                say("concession " + d.nonconformance + " by " + d.by + ": " + d.reason);
    }

private:
    const state_reader& state_of_;
    const nonconformances& all_;
    certificate& out_;
};

} // namespace

std::optional<certificate> certificate_of(const lot_id& lot, const state_reader& state_of, const nonconformances& all,
                                          instant now)
{
    const entity_ref self("lot", lot.text);
    const auto seen = read_state<lot::state>(state_of, self);
    if (!seen || seen->item.empty()) return std::nullopt;
    certificate c;
    c.lot = lot;
    c.item = seen->item;
    c.quantity = seen->created;
    c.origin = seen->origin;
    c.supplier = seen->supplier;
    c.supplier_lot = seen->supplier_lot.value_or("");
    c.made_at = seen->created_at;
    c.issued_at = now;
    c.status = seen->status;
    writer w(state_of, all, c);
    w.add_inspection("Q-" + lot.text);
    if (seen->origin.kind() == "work_order") {
        w.add_work_order(std::string(seen->origin.key()));
        w.add_deviations(seen->origin);
    }
    w.add_materials(seen->parents);
    w.add_deviations(self);
    w.judge();
    return c;
}

} // namespace takt::http
