#include "gateways/sparkplug/edge.hpp"

namespace takt::sparkplug {
namespace {

metric bd_seq_metric(std::uint8_t number, const std::optional<instant>& at)
{
    metric m;
    m.name = "bdSeq";
    m.type = data_type::int64;
    m.at = at;
    m.raw = std::uint64_t{number};
    return m;
}

void set(metric& m, const value& v, data_type type)
{
    auto raw = to_raw(v, type);
    if (raw)
        m.raw = std::move(*raw.ok);
    else
        m.null = true;
}

} // namespace

edge::edge(std::string group, std::string name, std::uint8_t first_bd_seq)
    : group_(std::move(group)), name_(std::move(name)), bd_seq_(first_bd_seq)
{
    parts_[""];
}

void edge::define(const std::string& device, const std::string& name, data_type type, value first)
{
    auto& p = parts_[device];
    if (!p.by_name.emplace(name, p.tags.size()).second) return;
    p.tags.push_back({name, type, std::move(first), ++aliases_});
}

publication edge::will()
{
    ++bd_seq_; // wraps at 256
    return farewell();
}

publication edge::farewell() const
{
    const topic t{message_kind::ndeath, {group_, name_, {}}};
    return {to_string(t), encode({std::nullopt, std::nullopt, {bd_seq_metric(bd_seq_, std::nullopt)}}), 1, false};
}

std::vector<subscription> edge::subscriptions() const
{
    return {{"spBv1.0/" + group_ + "/NCMD/" + name_, 1}, {"spBv1.0/" + group_ + "/DCMD/" + name_ + "/+", 1}};
}

std::vector<publication> edge::births(instant now)
{
    std::vector<publication> all;
    seq_ = 0;
    for (const auto& [device, p] : parts_) {
        payload said{now, next_seq(), {}};
        if (device.empty()) {
            said.metrics.push_back(bd_seq_metric(bd_seq_, now));
            auto& rebirth = said.metrics.emplace_back();
            rebirth.name = "Node Control/Rebirth";
            rebirth.type = data_type::boolean;
            rebirth.at = now;
            rebirth.raw = false;
        }
        for (const auto& t : p.tags) {
            auto& m = said.metrics.emplace_back();
            m.name = t.name;
            m.alias = t.alias;
            m.type = t.type;
            m.at = now;
            set(m, t.value, t.type);
        }
        const auto kind = device.empty() ? message_kind::nbirth : message_kind::dbirth;
        all.push_back({to_string(topic{kind, {group_, name_, device}}), encode(said), 0, false});
    }
    return all;
}

const edge::tag* edge::find(const std::string& device, const std::string& metric) const
{
    const auto p = parts_.find(device);
    if (p == parts_.end()) return nullptr;
    const auto t = p->second.by_name.find(metric);
    return t == p->second.by_name.end() ? nullptr : &p->second.tags[t->second];
}

bool edge::knows(const std::string& device, const std::string& metric) const { return find(device, metric) != nullptr; }

value edge::at(const std::string& device, const std::string& metric) const
{
    const auto* t = find(device, metric);
    return t == nullptr ? value{} : t->value;
}

publication edge::say(const std::string& device, const std::vector<change>& changes, instant at, bool historical)
{
    payload said{at, next_seq(), {}};
    auto& p = parts_[device];
    for (const auto& c : changes) {
        const auto found = p.by_name.find(c.metric);
        if (found == p.by_name.end()) continue;
        auto& t = p.tags[found->second];
        if (!historical) t.value = c.now;
        auto& m = said.metrics.emplace_back();
        m.alias = t.alias;
        m.at = at;
        m.historical = historical;
        set(m, c.now, t.type);
    }
    const auto kind = device.empty() ? message_kind::ndata : message_kind::ddata;
    return {to_string(topic{kind, {group_, name_, device}}), encode(said), 0, false};
}

edge::heard edge::receive(std::string_view where, std::string_view bytes) const
{
    heard h;
    const auto t = parse_topic(where);
    const bool command = t && (t->kind == message_kind::ncmd || t->kind == message_kind::dcmd);
    if (!command || t->from.group != group_ || t->from.edge_node != name_) return h;
    const auto said = decode(bytes);
    if (!said) return h;
    for (const auto& m : said.ok->metrics) {
        if (m.name == "Node Control/Rebirth") {
            h.rebirth = h.rebirth || m.raw == raw_value(true);
            continue;
        }
        const auto p = parts_.find(t->from.device);
        if (p == parts_.end()) continue;
        for (const auto& own : p->second.tags) {
            if (m.alias ? own.alias != *m.alias : own.name != m.name) continue;
            auto v = interpret(m.raw, own.type);
            if (v) h.writes.push_back({t->from.device, own.name, std::move(*v.ok)});
        }
    }
    return h;
}

} // namespace takt::sparkplug
