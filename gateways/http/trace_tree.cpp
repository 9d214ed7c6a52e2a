#include "gateways/http/trace_tree.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "messages/core/json_write.hpp"

namespace takt::http {
namespace {

using runtime::record;

trace_step step_of(const runtime::trace_id& id, const record& r)
{
    trace_step s;
    s.span = runtime::span_text(runtime::span_of(id, r.entity, r.by, r.seq));
    s.entity = r.entity;
    s.command = r.command;
    s.by = r.by;
    s.at = r.at;
    s.revision = r.rev + r.events.size();
    for (const auto& e : r.events) s.events.push_back({e.type, e.v, e.data});
    for (const auto& t : r.timers)
        s.timers.push_back({t.name, t.due, runtime::to_text(runtime::trace_of_timer(r.entity, t.id))});
    if (r.refused) s.refused = trace_refusal{r.refused->reason, r.refused->detail};
    return s;
}

using effect_name = std::pair<std::string, std::uint64_t>; // sender, its number

/// Who sent what; what nobody has handled; what an entity had calculated comes back to it without a sender.
class family_finder {
public:
    explicit family_finder(const std::vector<record>& records) : records_(records)
    {
        for (std::size_t i = 0; i < records.size(); ++i)
            for (const auto& e : records[i].effects) sent_by_[{records[i].entity.path(), e.seq}] = i;
    }

    std::optional<std::size_t> parent_of(std::size_t i) const
    {
        const record& r = records_[i];
        if (!r.by.empty()) {
            const auto found = sent_by_.find({r.by, r.seq});
            return found == sent_by_.end() ? std::nullopt : std::optional(found->second);
        }
        for (std::size_t before = i; before-- > 0;)
            if (records_[before].entity == r.entity) return before;
        return std::nullopt;
    }

private:
    const std::vector<record>& records_;
    std::map<effect_name, std::size_t> sent_by_;
};

void note_waiting(const std::vector<record>& records, trace_tree& tree)
{
    std::set<effect_name> handled;
    for (const auto& r : records) handled.emplace(r.by, r.seq);
    for (std::size_t i = 0; i < records.size(); ++i)
        for (const auto& e : records[i].effects)
            if (!handled.contains({records[i].entity.path(), e.seq}))
                tree.nodes[i].step.waiting.push_back({e.to, e.type});
}

void write_node(std::string& out, const trace_tree& tree, std::size_t i)
{
    const auto& n = tree.nodes[i];
    write_json(out, n.step);
    out.pop_back();
    out += ",\"caused\":[";
    for (std::size_t c = 0; c < n.caused.size(); ++c) {
        if (c > 0) out += ',';
        write_node(out, tree, n.caused[c]);
    }
    out += "]}";
}

} // namespace

trace_tree tree_of(const runtime::trace_id& id, const runtime::traced& found)
{
    trace_tree tree;
    const family_finder family(found.records);
    std::set<std::string> entities;
    auto& sum = tree.summary;
    sum.trace = runtime::to_text(id);
    sum.started_at = sum.ended_at = found.records.front().at;
    for (std::size_t i = 0; i < found.records.size(); ++i) {
        const record& r = found.records[i];
        trace_node n{step_of(id, r), runtime::read_trace(r.trace).parent, {}};
        if (const auto parent = family.parent_of(i); parent && *parent < i) {
            const record& from = found.records[*parent];
            n.step.sent_at = from.at;
            n.parent_span = runtime::span_of(id, from.entity, from.by, from.seq);
            tree.nodes[*parent].caused.push_back(i);
        } else {
            tree.roots.push_back(i);
            if (n.parent_span != 0 && sum.parent.empty()) sum.parent = runtime::span_text(n.parent_span);
        }
        tree.nodes.push_back(std::move(n));
        sum.started_at = std::min(sum.started_at, r.at);
        sum.ended_at = std::max(sum.ended_at, r.at);
        sum.events += r.events.size();
        entities.insert(r.entity.path());
    }
    note_waiting(found.records, tree);
    sum.commands = found.records.size();
    sum.entities = entities.size();
    sum.complete = !found.more;
    sum.settled =
        std::all_of(tree.nodes.begin(), tree.nodes.end(), [](const trace_node& n) { return n.step.waiting.empty(); });
    if (const auto& armed = found.started_by)
        sum.started_by = trace_cause{runtime::to_text(runtime::read_trace(armed->trace).id), armed->entity,
                                     armed->command, armed->at};
    return tree;
}

std::string to_json_tree(const trace_tree& tree)
{
    std::string out = to_json(tree.summary);
    out.pop_back();
    out += ",\"steps\":[";
    for (std::size_t i = 0; i < tree.roots.size(); ++i) {
        if (i > 0) out += ',';
        write_node(out, tree, tree.roots[i]);
    }
    out += "]}";
    return out;
}

} // namespace takt::http
