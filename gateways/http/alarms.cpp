#include <algorithm>

#include "gateways/http/alarm_figures.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/paging.hpp"
#include "gateways/http/query_time.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

/// GET /api/v1/alarms/kpis: how many alarms operators had to handle.
/// GET /api/v1/alarms/groups: those that they see now, by cause.
namespace takt::http {
namespace {

using std::chrono::hours;

constexpr milliseconds usual = hours(24 * 30), lately = hours(24);
constexpr std::size_t facts_at_a_time = 1000;

struct alarm_point {
    std::string key;
    alarm::state state;
};

std::vector<alarm_point> all_points(runtime::node& node)
{
    std::vector<alarm_point> all;
    node.list("alarm", {}, 1, [&](const runtime::row& row) {
        const auto read = read_json<alarm::state>(*row.state, strictness::from_storage);
        if (read) all.push_back({row.key, *read});
        return false;
    });
    return all;
}

/// The times at which one alarm was shown, from its events.
void add_annunciations(runtime::node& node, const alarm_point& point, instant from, instant to,
                       std::vector<annunciation>& all)
{
    const auto first = all.size();
    std::uint64_t after = 0;
    while (true) {
        const auto facts = node.history({"alarm", point.key}, after, facts_at_a_time);
        for (const auto& f : facts) {
            after = f.revision;
            if (f.type == "raised") {
                const auto e = read_json_text<alarm::raised>(f.data, strictness::from_storage);
                if (e && e->annunciated) all.push_back({point.key, e->detection.priority, e->at, std::nullopt});
            } else if (f.type == "cleared" && all.size() > first && !all.back().over) {
                all.back().over = f.at;
            }
        }
        if (facts.size() < facts_at_a_time) break;
    }
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
    all.erase(std::remove_if(begin, all.end(), [&](const auto& a) { return a.at < from || a.at >= to; }), all.end());
}

std::vector<annunciation> annunciations(runtime::node& node, const std::vector<alarm_point>& points, instant from,
                                        instant to)
{
    std::vector<annunciation> all;
    for (const auto& p : points)
        if (p.state.raised_at && *p.state.raised_at >= from) add_annunciations(node, p, from, to, all);
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return all;
}

std::string kpis(runtime::node& node, std::optional<instant> asked_from, instant to, std::int64_t consoles)
{
    auto from = asked_from.value_or(to - usual);
    if (!asked_from) { // a young plant is not averaged over days on which it was not there
        const auto first = node.events_after(0, 1);
        if (!first.empty()) from = std::clamp(first.front().at, from, to - milliseconds(1));
    }
    const auto points = all_points(node);
    auto figures = figures_of(annunciations(node, points, from, to), from, to, consoles);
    for (const auto& p : points) {
        if (p.state.active && p.state.raised_at && *p.state.raised_at < from) figures.stale.push_back(p.key);
        if (p.state.shelf) figures.shelved.push_back(p.key);
        if (p.state.design) figures.suppressed.push_back(p.key);
        if (p.state.service) figures.out_of_service.push_back(p.key);
    }
    return to_json(figures);
}

std::string groups(runtime::node& node)
{
    const auto now = node.now();
    const auto points = all_points(node);
    std::vector<instant> times;
    for (const auto& a : annunciations(node, points, now - lately, now + milliseconds(1))) times.push_back(a.at);
    std::vector<std::pair<std::string, alarm::state>> states;
    for (const auto& p : points) states.emplace_back(p.key, p.state);
    return to_json(groups_of(states, times, now));
}

} // namespace

answering get_alarm_kpis(door& d, const request& r)
{
    if (d.kinds.find("alarm") == nullptr) co_return problem(404, "no_alarms", "This node has no alarms.");
    const auto to = query_time(r.where, "to");
    if (!to) co_return unprocessable(to.error());
    const auto from = query_time(r.where, "from");
    if (!from) co_return unprocessable(from.error());
    const auto until = to->value_or(d.node.now());
    if (*from && **from >= until) co_return unprocessable({{"?from", "must be before to"}});
    const auto consoles = whole_number(r.where, "consoles", 1);
    if (!consoles) co_return unprocessable(consoles.error());
    if (*consoles < 1 || *consoles > 1000) co_return unprocessable({{"?consoles", "must be from 1 to 1000"}});
    auto work = [&node = d.node, begin = *from, until, n = static_cast<std::int64_t>(*consoles)] {
        return kpis(node, begin, until, n);
    };
    co_return json(200, co_await in_background(d, std::move(work))).with("Cache-Control", "no-cache");
}

answering get_alarm_groups(door& d, const request& /*r*/)
{
    if (d.kinds.find("alarm") == nullptr) co_return problem(404, "no_alarms", "This node has no alarms.");
    auto work = [&node = d.node] { return groups(node); };
    co_return json(200, co_await in_background(d, std::move(work))).with("Cache-Control", "no-cache");
}

} // namespace takt::http
