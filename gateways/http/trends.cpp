#include <algorithm>

#include "gateways/http/handlers.hpp"
#include "gateways/http/paging.hpp"
#include "gateways/http/query_time.hpp"
#include "gateways/http/trends.hpp"
#include "messages/core/json_write.hpp"

/// GET /api/v1/samples: stored telemetry of one tag, or the latest value of each tag of a source.
namespace takt::http {
namespace {

constexpr std::size_t points_most = 10'000, points_usual = 1000;

struct resolution {
    std::string_view name;
    milliseconds step;  ///< 0: single samples
    milliseconds usual; ///< looked back when `from` is missing
};
constexpr std::array<resolution, 3> resolutions{{{"raw", milliseconds(0), std::chrono::hours(1)},
                                                 {"1m", std::chrono::minutes(1), std::chrono::hours(24)},
                                                 {"1h", std::chrono::hours(1), std::chrono::hours(24 * 30)}}};

struct question {
    entity_ref source;
    std::string tag;
    resolution how = resolutions[0];
    instant from, to;
    std::size_t limit = points_usual;
};

checked<question> read_question(const kind_registry& kinds, const target& where, instant now)
{
    question q;
    q.source = entity_ref(where.parameter("source").value_or(""));
    if (q.source.empty()) return problems{{"?source", "is missing: machine/M-104, for example"}};
    const auto* kind = kinds.find(q.source.kind());
    if (kind == nullptr || kind->live == nullptr || !valid_key(q.source.key()))
        return problems{{"?source", "'" + q.source.path() + "' is nothing that measures"}};
    q.tag = where.parameter("tag").value_or("");
    const auto named = where.parameter("resolution").value_or("raw");
    const auto how =
        std::find_if(resolutions.begin(), resolutions.end(), [&](const auto& one) { return one.name == named; });
    if (how == resolutions.end()) return problems{{"?resolution", "'" + named + "' is not one of raw, 1m, 1h"}};
    q.how = *how;
    const auto to = query_time(where, "to");
    if (!to) return to.error();
    q.to = to->value_or(now + milliseconds(1));
    const auto from = query_time(where, "from");
    if (!from) return from.error();
    q.from = from->value_or(q.to - q.how.usual);
    if (q.to <= q.from) return problems{{"?to", "must be after from"}};
    const auto limit = whole_number(where, "limit", points_usual);
    if (!limit) return limit.error();
    if (*limit == 0 || *limit > points_most) return problems{{"?limit", "must be from 1 to 10000"}};
    q.limit = static_cast<std::size_t>(*limit);
    return q;
}

/// One point more than asked for tells where the next page begins.
template <class Answer, class Point> std::string answer_of(const question& q, std::vector<Point> points)
{
    Answer a;
    a.source = q.source;
    a.tag = q.tag;
    a.resolution = q.how.name;
    a.from = q.from;
    a.to = q.to;
    if (points.size() > q.limit) {
        a.next_from = points[q.limit].at;
        points.resize(q.limit);
    }
    a.items = std::move(points);
    return to_json(a);
}

std::string read_trend(runtime::node& node, const question& q)
{
    if (q.tag.empty()) {
        latest_values all;
        all.source = q.source;
        for (const auto& s : node.latest(q.source)) all.items.push_back({s.tag, s.at, s.value, s.quality});
        return to_json(all);
    }
    if (q.how.step.count() > 0)
        return answer_of<trend_of_rollups>(q, node.rollups(q.source, q.tag, q.from, q.to, q.how.step, q.limit + 1));
    std::vector<measured> points;
    for (const auto& s : node.samples(q.source, q.tag, q.from, q.to, q.limit + 1))
        points.push_back({s.at, s.value, s.quality});
    return answer_of<trend_of_samples>(q, std::move(points));
}

} // namespace

answering get_samples(door& d, const request& r)
{
    auto q = read_question(d.node.kinds(), r.where, d.node.now());
    if (!q) co_return unprocessable(q.error());
    auto look = [&node = d.node, asked = std::move(*q)] { return read_trend(node, asked); };
    co_return json(200, co_await in_background(d, std::move(look))).with("Cache-Control", "no-cache");
}

} // namespace takt::http
