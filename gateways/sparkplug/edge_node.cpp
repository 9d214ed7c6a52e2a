#include "gateways/sparkplug/edge_node.hpp"

#include <algorithm>

namespace takt::sparkplug {
namespace {

/// A sequence number so far ahead is behind: of a message that came twice, or after it was given up.
constexpr int ahead_most = 128;

std::optional<std::uint64_t> bd_seq_of(const payload& p)
{
    for (const auto& m : p.metrics) {
        if (m.name != "bdSeq") continue;
        const auto v = interpret(m.raw, data_type::uint64);
        if (v) return std::get<std::uint64_t>(*v.ok);
    }
    return std::nullopt;
}

rejected refusal(const thing& from, std::string metric, const char* reason, std::string detail)
{
    return {from, std::move(metric), reason, std::move(detail)};
}

} // namespace

edge_node::edge_node(std::string group, std::string name) : group_(std::move(group)), name_(std::move(name)) {}

outcome edge_node::take(const topic& t, payload p, instant now, milliseconds reorder_timeout)
{
    outcome out;
    switch (t.kind) {
    case message_kind::nbirth: node_birth(p, now, out); return out;
    case message_kind::ndeath: node_death(p, now, out); return out;
    case message_kind::ncmd:
    case message_kind::dcmd: return out;
    default: break;
    }
    if (!online_) {
        ++counted_.before_birth;
        out.refused.push_back(refusal(t.from, {}, "before_birth", "the node has not been born"));
        want_rebirth(out);
        return out;
    }
    if (!p.seq || *p.seq > 255) {
        out.refused.push_back(refusal(t.from, {}, "seq_missing", "a sequence number is 0 to 255"));
        return out;
    }
    const int distance = static_cast<std::uint8_t>(*p.seq - next_seq_);
    if (distance == 0) {
        take_in_order(t, p, now, out);
        step(1);
        drain(now, out);
    } else if (distance > ahead_most || early_.contains(distance)) {
        ++counted_.repeated;
        out.refused.push_back(refusal(t.from, {}, "repeated", "seq " + std::to_string(*p.seq) + " has been"));
    } else {
        ++counted_.reordered;
        early_.emplace(distance, early{t, std::move(p)});
        if (!gap_since_) gap_since_ = now;
        if (reorder_timeout <= milliseconds{0}) {
            auto more = expire(now);
            return more;
        }
    }
    return out;
}

/// So many sequence numbers are over.
void edge_node::step(int over)
{
    next_seq_ = static_cast<std::uint8_t>(next_seq_ + over);
    if (early_.empty()) return;
    std::map<int, early> closer;
    for (auto& [distance, e] : early_) closer.emplace(distance - over, std::move(e));
    early_ = std::move(closer);
}

/// What waited for the message that has just been taken.
void edge_node::drain(instant now, outcome& out)
{
    while (!early_.empty() && early_.begin()->first == 0) {
        const auto e = std::move(early_.begin()->second);
        early_.erase(early_.begin());
        take_in_order(e.where, e.what, now, out);
        step(1);
    }
    if (early_.empty())
        gap_since_.reset();
    else if (gap_since_)
        gap_since_ = now; // another gap
}

outcome edge_node::expire(instant now)
{
    outcome out;
    if (early_.empty()) return out;
    ++counted_.gaps;
    step(early_.begin()->first);
    drain(now, out);
    want_rebirth(out);
    return out;
}

void edge_node::take_in_order(const topic& t, const payload& p, instant now, outcome& out)
{
    switch (t.kind) {
    case message_kind::dbirth: device_birth(t.from, p, now, out); break;
    case message_kind::ddeath:
        ++counted_.device_deaths;
        go_offline(t.from, p.at.value_or(now), out);
        break;
    default:
        ++counted_.data;
        data(t.from, p, out);
        break;
    }
}

void edge_node::node_birth(const payload& p, instant now, outcome& out)
{
    const auto bd_seq = bd_seq_of(p);
    if (!bd_seq || !p.seq || *p.seq > 255) {
        out.refused.push_back(
            refusal(itself(), {}, "birth_incomplete", bd_seq ? "an NBIRTH has a seq" : "an NBIRTH has a bdSeq"));
        return;
    }
    for (auto& [name, device] : devices_)
        if (!name.empty() && device.online) go_offline({group_, name_, name}, now, out);
    aliases_.clear();
    early_.clear();
    gap_since_.reset();
    learn(itself(), p, now, out);
    ++counted_.births;
    online_ = true;
    wants_rebirth_ = false;
    bd_seq_ = bd_seq;
    next_seq_ = static_cast<std::uint8_t>(*p.seq + 1);
    out.changes.push_back({itself(), true, now});
}

void edge_node::device_birth(const thing& of, const payload& p, instant now, outcome& out)
{
    if (auto& before = devices_[of.device]; before.online)
        std::erase_if(aliases_, [&](const auto& a) { return a.second.first == of.device; });
    learn(of, p, now, out);
    ++counted_.device_births;
    out.changes.push_back({of, true, now});
}

/// A birth says all of a thing's metrics; those it had before and has no more are gone.
void edge_node::learn(const thing& of, const payload& p, instant now, outcome& out)
{
    known_device device;
    for (const auto& m : p.metrics) {
        const bool usable =
            !m.name.empty() && m.type && !device.by_name.contains(m.name) && (!m.alias || !aliases_.contains(*m.alias));
        if (!usable) {
            const char* why = m.name.empty()                    ? "a birth names its metrics"
                              : !m.type                         ? "a birth says the data type"
                              : device.by_name.contains(m.name) ? "the name is there twice"
                                                                : "the alias belongs to another metric";
            out.refused.push_back(refusal(of, m.name, "bad_birth_metric", why));
            continue;
        }
        const auto index = device.metrics.size();
        device.by_name.emplace(m.name, index);
        if (m.alias) aliases_.emplace(*m.alias, std::pair(of.device, index));
        device.metrics.push_back({m.name, m.alias, *m.type, {}, std::nullopt, false});
    }
    device.online = true;
    device.since = now;
    devices_[of.device] = std::move(device);
    data(of, p, out);
}

/// By its alias, or by its name.
known_metric* edge_node::find_known(known_device& device, const std::string& name, const metric& m)
{
    const auto alias = m.alias ? aliases_.find(*m.alias) : aliases_.end();
    if (alias != aliases_.end() && alias->second.first == name) return &device.metrics[alias->second.second];
    const auto found = m.name.empty() ? device.by_name.end() : device.by_name.find(m.name);
    return found == device.by_name.end() ? nullptr : &device.metrics[found->second];
}

void edge_node::data(const thing& of, const payload& p, outcome& out)
{
    const auto device = devices_.find(of.device);
    if (device == devices_.end() || !device->second.online) {
        ++counted_.before_birth;
        out.refused.push_back(refusal(of, {}, "before_birth", "the device has not been born"));
        want_rebirth(out);
        return;
    }
    for (const auto& m : p.metrics) {
        auto* known = find_known(device->second, of.device, m);
        if (known == nullptr) {
            out.refused.push_back(refusal(of, m.name, m.alias ? "unknown_alias" : "unknown_metric",
                                          m.alias ? "alias " + std::to_string(*m.alias) : "not in its birth"));
            want_rebirth(out);
            continue;
        }
        or_reason<sparkplug::value> v{sparkplug::value{}, {}};
        if (!m.null) v = interpret(m.raw, known->type);
        if (!v) {
            out.refused.push_back(refusal(of, known->name, "unreadable_value", v.reason));
            continue;
        }
        const auto at = m.at ? m.at : p.at;
        if (!m.historical) {
            known->value = *v.ok;
            known->at = at;
            known->stale = false;
        }
        out.readings.push_back({of, known->name, std::move(*v.ok), at, m.quality, m.historical, m.transient, false});
    }
}

/// Only the will of the connection that the last birth came by counts; any other is of an earlier one.
void edge_node::node_death(const payload& p, instant now, outcome& out)
{
    const auto bd_seq = bd_seq_of(p);
    if (!online_ || !bd_seq || bd_seq != bd_seq_) {
        ++counted_.stale_deaths;
        return;
    }
    ++counted_.deaths;
    early_.clear();
    gap_since_.reset();
    for (auto& [name, device] : devices_)
        if (!name.empty() && device.online) go_offline({group_, name_, name}, now, out);
    go_offline(itself(), now, out);
    online_ = false;
    wants_rebirth_ = false;
}

void edge_node::go_offline(const thing& of, instant at, outcome& out)
{
    const auto found = devices_.find(of.device);
    if (found == devices_.end() || !found->second.online) return;
    found->second.online = false;
    found->second.since = at;
    for (auto& m : found->second.metrics) {
        m.stale = true;
        out.readings.push_back({of, m.name, m.value, at, stale_quality, false, false, true});
    }
    out.changes.push_back({of, false, at});
}

void edge_node::want_rebirth(outcome& out) { wants_rebirth_ = out.wants_rebirth = true; }

const known_metric* edge_node::find(const std::string& device, std::string_view metric) const
{
    const auto d = devices_.find(device);
    if (d == devices_.end()) return nullptr;
    const auto m = d->second.by_name.find(std::string(metric));
    return m == d->second.by_name.end() ? nullptr : &d->second.metrics[m->second];
}

} // namespace takt::sparkplug
