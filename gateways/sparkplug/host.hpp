#pragma once

#include <memory>

#include "gateways/sparkplug/edge_node.hpp"

namespace takt::sparkplug {

struct host_options {
    std::string host_id;
    milliseconds reorder_timeout{2000};  ///< 0: the broker keeps the order, so a gap is a loss
    milliseconds rebirth_interval{5000}; ///< one edge node is not asked more often
    int rebirth_requests_most = 10;      ///< without a birth; then it is left alone until it says something
    std::size_t edge_nodes_most = 2000;
    payload_limits limits{};
};

struct publication {
    std::string topic, payload;
    int qos = 0;
    bool retain = false;
};

struct subscription {
    std::string filter;
    int qos = 0;
};

struct host_outcome {
    std::vector<publication> publish;
    outcome what; ///< of all edge nodes
};

/// A Sparkplug B 3.0 host application without a connection or a clock: whoever has them tells it what comes, and does
/// what it says. Times are the host's UTC time. Not thread-safe.
class host {
public:
    explicit host(host_options o);

    // Of one connection, in this order.
    publication will(instant now);                   ///< to be given with CONNECT, now
    std::vector<subscription> subscriptions() const; ///< after CONNACK, before birth()
    publication birth() const;                       ///< says the will's time again
    publication farewell(instant now);               ///< before an intended DISCONNECT
    /// The connection broke. What the edge nodes say meanwhile is missed, so they are asked for births after the next.
    void lost_connection();

    host_outcome receive(std::string_view topic, std::string_view payload, instant now);
    /// When tick is to be called, if at all.
    std::optional<instant> next_timer() const;
    host_outcome tick(instant now);

    /// NCMD, or DCMD if `to` has a device: metrics by their names, with the types and aliases of the birth. Refused if
    /// the thing is not online, has no such metric, or the value is of another type.
    or_reason<publication> command(const thing& to, const std::vector<std::pair<std::string, value>>& metrics,
                                   instant now) const;

    /// Asks an edge node to be born anew, whatever is known of it. Nothing if it was never heard of.
    std::optional<publication> ask_birth(const std::string& group, const std::string& edge_node, instant now) const;

    const edge_node* find(const std::string& group, const std::string& edge_node) const;
    template <class Each> void for_each(Each each) const
    {
        for (const auto& [path, n] : nodes_) each(path, n.state);
    }
    const host_options& options() const { return options_; }
    std::uint64_t messages() const { return messages_; }

private:
    struct node {
        edge_node state;
        std::string group, name;
        std::optional<instant> asked_at; ///< for a rebirth
        int asked = 0;                   ///< since the last birth
    };
    std::optional<instant> due(const node& n) const;
    void ask_if_due(node& n, instant now, std::vector<publication>& out);
    publication rebirth_request(const node& n, instant now) const;
    publication state_message(bool online, instant at) const;
    host_outcome receive_state(std::string_view payload);

    host_options options_;
    instant connected_at_;
    bool leaving_ = false;
    std::map<std::string, node> nodes_;
    std::uint64_t messages_ = 0;
};

} // namespace takt::sparkplug
