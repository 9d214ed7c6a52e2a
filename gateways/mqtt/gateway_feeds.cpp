#include "gateways/mqtt/gateway_parts.hpp"
#include "messages/core/log.hpp"
#include "messages/feeds/feed.hpp"

/// The entities feed/mqtt and feed/edge.<group>.<node> know whether anything comes; a case may have them begin anew.
namespace takt::mqtt {
namespace {

constexpr std::string_view edge_prefix = "edge.";

std::string feed_of(const std::string& group, const std::string& edge_node)
{
    return std::string(edge_prefix) + group + '.' + edge_node;
}

} // namespace

void gateway::parts::tell_feed(const std::string& feed, bool online, std::string detail)
{
    if (!valid_key(feed)) return;
    node.send({entity_ref("feed", feed), make_message(feed::report{online, std::move(detail)}), {}, 0, 0, {}}, {});
}

/// Devices come and go with their machines; a node that is gone leaves the plant blind.
void gateway::parts::tell_feed(const sparkplug::presence& of)
{
    if (!of.of.device.empty()) return;
    tell_feed(feed_of(of.of.group, of.of.edge_node), of.online, of.online ? "" : of.of.path() + " has died");
}

void gateway::parts::watch_feeds()
{
    feed_restarts = node.subscribe([this](const runtime::facts& all) {
        for (const auto& f : *all) {
            if (f.entity.kind() != "feed" || f.type != "restart_requested") continue;
            {
                const std::lock_guard lock(inbox_mutex);
                restarts.emplace_back(f.entity.key());
            }
            call_attention();
        }
    });
}

void gateway::parts::restart_feeds(const std::vector<std::string>& some)
{
    for (const auto& feed : some) {
        if (feed == broker_feed) wire.connect_at_once();
        host.for_each([&](const std::string& path, const sparkplug::edge_node&) {
            const auto slash = path.find('/');
            const auto group = path.substr(0, slash), name = path.substr(slash + 1);
            if (feed_of(group, name) != feed) return;
            log_info("feed_restarted", {{"feed", feed}});
            if (auto ask = host.ask_birth(group, name, utc())) publish({std::move(*ask)});
        });
    }
}

} // namespace takt::mqtt
