#include "sim/way_in.hpp"

#include <algorithm>

#include "gateways/http/direct.hpp"
#include "sim/newspaper.hpp"

namespace takt::sim {
namespace {

constexpr auto longest_wait = std::chrono::seconds(10);

std::string joined(const std::vector<std::string>& words)
{
    std::string all;
    for (const auto& w : words) all.append(all.empty() ? "" : ",").append(w);
    return all;
}

bool contains(const std::vector<std::string>& all, std::string_view one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::optional<news_item> read_news(const std::string& document)
{
    auto json = parse_json(document);
    if (!json || !json->is_object()) return std::nullopt;
    const auto& o = json->get_object();
    const auto* entity = o.if_contains("entity");
    const auto* type = o.if_contains("type");
    const auto* data = o.if_contains("data");
    if (entity == nullptr || !entity->is_string() || type == nullptr || !type->is_string() || data == nullptr)
        return std::nullopt;
    return news_item{entity_ref(std::string(entity->get_string())), std::string(type->get_string()), *data};
}

} // namespace

way_in way_to(const std::string& url, const std::string& token)
{
    auto client = std::make_shared<http::client>(url, token, longest_wait);
    way_in way;
    way.exchange = [client](const auto& method, const auto& target, const auto& body, const auto& headers) {
        return client->send(method, target, body, headers);
    };
    way.listen = [url, token](const topics& about, auto take, auto missed) {
        auto read = [take = std::move(take)](const std::string& document) {
            if (auto news = read_news(document)) take(std::move(*news));
        };
        return std::make_shared<newspaper>(url, token, "kind=" + joined(about.kinds) + "&type=" + joined(about.types),
                                           std::move(read), std::move(missed));
    };
    return way;
}

way_in way_into(runtime::node& node)
{
    auto door = std::make_shared<http::direct_door>(node);
    way_in way;
    way.exchange = [door](const auto& method, const auto& target, const auto& body, const auto& headers) {
        return door->send(method, target, body, headers);
    };
    way.listen = [&node](const topics& about, auto take, const auto&) {
        return node.subscribe([about, take = std::move(take)](const runtime::facts& all) {
            for (const auto& f : *all) {
                if (!contains(about.kinds, f.entity.kind()) || !contains(about.types, f.type)) continue;
                if (auto data = parse_json(f.data)) take({f.entity, f.type, std::move(*data)});
            }
        });
    };
    return way;
}

} // namespace takt::sim
