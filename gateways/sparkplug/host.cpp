#include "gateways/sparkplug/host.hpp"

#include <algorithm>
#include <iterator>

#include <boost/json/serialize.hpp>

#include "messages/core/json_read.hpp"

namespace takt::sparkplug {
namespace {

void append(outcome& to, outcome&& more)
{
    const auto move_all = [](auto& into, auto& from) {
        into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    };
    move_all(to.readings, more.readings);
    move_all(to.changes, more.changes);
    move_all(to.refused, more.refused);
    to.wants_rebirth = to.wants_rebirth || more.wants_rebirth;
}

host_outcome refuse(thing from, const char* reason, std::string detail)
{
    host_outcome out;
    out.what.refused.push_back({std::move(from), {}, reason, std::move(detail)});
    return out;
}

} // namespace

host::host(host_options o) : options_(std::move(o)) {}

publication host::state_message(bool online, instant at) const
{
    const boost::json::object body{{"online", online}, {"timestamp", at.ms}};
    return {state_topic(options_.host_id), boost::json::serialize(body), 1, true};
}

publication host::will(instant now)
{
    connected_at_ = now;
    leaving_ = false;
    return state_message(false, now);
}

std::vector<subscription> host::subscriptions() const { return {{state_topic(options_.host_id), 1}, {"spBv1.0/#", 0}}; }

publication host::birth() const { return state_message(true, connected_at_); }

publication host::farewell(instant now)
{
    leaving_ = true;
    return state_message(false, now);
}

void host::lost_connection()
{
    for (auto& [path, n] : nodes_) {
        n.asked = 0;
        n.state.doubt();
    }
}

host_outcome host::receive(std::string_view topic_text, std::string_view bytes, instant now)
{
    ++messages_;
    if (topic_text == state_topic(options_.host_id)) return receive_state(bytes);
    if (topic_text.starts_with("spBv1.0/STATE/")) return {}; // another host's
    const auto t = parse_topic(topic_text);
    if (!t) return refuse({}, "bad_topic", std::string(topic_text.substr(0, 200)));
    if (t->kind == message_kind::ncmd || t->kind == message_kind::dcmd) return {}; // from a host, perhaps this one
    auto p = decode(bytes, options_.limits);
    if (!p) return refuse(t->from, "bad_payload", p.reason);

    const auto path = t->from.group + '/' + t->from.edge_node;
    auto found = nodes_.find(path);
    if (found == nodes_.end()) {
        if (nodes_.size() == options_.edge_nodes_most)
            return refuse(t->from, "too_many_edge_nodes", "there are " + std::to_string(nodes_.size()));
        edge_node fresh(t->from.group, t->from.edge_node);
        found = nodes_.emplace(path, node{std::move(fresh), t->from.group, t->from.edge_node, std::nullopt, 0}).first;
    }
    auto& n = found->second;
    host_outcome out;
    if (n.asked >= options_.rebirth_requests_most) n.asked = options_.rebirth_requests_most - 1; // it lives
    out.what = n.state.take(*t, std::move(*p.ok), now, options_.reorder_timeout);
    if (!n.state.wants_rebirth()) n.asked = 0;
    ask_if_due(n, now, out.publish);
    return out;
}

/// The broker has published the will of an earlier connection, or somebody else has: this host is there.
host_outcome host::receive_state(std::string_view payload)
{
    host_outcome out;
    const auto json = parse_json(payload);
    const auto* body = json && json->is_object() ? &json->get_object() : nullptr;
    const auto* online = body != nullptr ? body->if_contains("online") : nullptr;
    if (online == nullptr || !online->is_bool()) return refuse({}, "bad_state", "a STATE that is not JSON with online");
    if (!online->get_bool() && !leaving_) out.publish.push_back(birth());
    return out;
}

std::optional<instant> host::due(const node& n) const
{
    std::optional<instant> at;
    if (const auto gap = n.state.gap_since()) at = *gap + options_.reorder_timeout;
    if (n.state.wants_rebirth() && n.asked < options_.rebirth_requests_most) {
        const auto ask = n.asked_at ? *n.asked_at + options_.rebirth_interval : instant{};
        at = at ? std::min(*at, ask) : ask;
    }
    return at;
}

std::optional<instant> host::next_timer() const
{
    std::optional<instant> first;
    for (const auto& [path, n] : nodes_)
        if (const auto at = due(n); at && (!first || *at < *first)) first = at;
    return first;
}

host_outcome host::tick(instant now)
{
    host_outcome out;
    for (auto& [path, n] : nodes_) {
        const auto gap = n.state.gap_since();
        if (gap && now >= *gap + options_.reorder_timeout) append(out.what, n.state.expire(now));
        ask_if_due(n, now, out.publish);
    }
    return out;
}

void host::ask_if_due(node& n, instant now, std::vector<publication>& out)
{
    if (!n.state.wants_rebirth() || n.asked >= options_.rebirth_requests_most) return;
    if (n.asked_at && now < *n.asked_at + options_.rebirth_interval) return;
    n.asked_at = now;
    ++n.asked;
    n.state.count_rebirth_request();
    out.push_back(rebirth_request(n, now));
}

std::optional<publication> host::ask_birth(const std::string& group, const std::string& edge_node, instant now) const
{
    for (const auto& [path, n] : nodes_)
        if (n.group == group && n.name == edge_node) return rebirth_request(n, now);
    return std::nullopt;
}

publication host::rebirth_request(const node& n, instant now) const
{
    metric rebirth;
    rebirth.name = "Node Control/Rebirth";
    rebirth.at = now;
    rebirth.type = data_type::boolean;
    rebirth.raw = true;
    return {to_string(topic{message_kind::ncmd, {n.group, n.name, {}}}), encode({now, std::nullopt, {rebirth}}), 0,
            false};
}

or_reason<publication> host::command(const thing& to, const std::vector<std::pair<std::string, value>>& metrics,
                                     instant now) const
{
    const auto* n = find(to.group, to.edge_node);
    if (n == nullptr || !n->online()) return {std::nullopt, to.path() + " is not online"};
    const auto device = n->devices().find(to.device);
    if (device == n->devices().end() || !device->second.online) return {std::nullopt, to.path() + " is not online"};
    payload p{now, std::nullopt, {}};
    for (const auto& [name, v] : metrics) {
        const auto* known = n->find(to.device, name);
        if (known == nullptr) return {std::nullopt, to.path() + " has no metric " + name};
        auto raw = to_raw(v, known->type);
        if (!raw) return {std::nullopt, name + ": " + raw.reason};
        metric m;
        m.at = now;
        m.alias = known->alias;
        if (!known->alias) {
            m.name = name;
            m.type = known->type; // there are edge nodes that read no value without it
        }
        m.raw = std::move(*raw.ok);
        p.metrics.push_back(std::move(m));
    }
    const auto kind = to.device.empty() ? message_kind::ncmd : message_kind::dcmd;
    return {publication{to_string(topic{kind, to}), encode(p), 0, false}, {}};
}

const edge_node* host::find(const std::string& group, const std::string& name) const
{
    const auto found = nodes_.find(group + '/' + name);
    return found == nodes_.end() ? nullptr : &found->second.state;
}

} // namespace takt::sparkplug
