#include "sim/inspectors.hpp"

#include <algorithm>

#include "messages/qms/nonconformance.hpp"

namespace takt::sim {
namespace {

struct inspection_view {
    inspection::inspection_status status = inspection::inspection_status::none;
    item_id item;
    takt::quantity quantity;
    qms::inspection_plan plan;
    entity_ref origin;
};
BOOST_DESCRIBE_STRUCT(inspection_view, (), (status, item, quantity, plan, origin))

struct nonconformance_view {
    nonconformance::status status = nonconformance::status::none;
    nonconformance::open what;
    nonconformance::disposition proposed = nonconformance::disposition::scrap;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(nonconformance_view, (), (status, what, proposed, detail))

constexpr double review_seconds = 900;
constexpr double concession_share = 0.12; ///< of what has a single defect

/// What a review board would say.
nonconformance::dispose decide(const nonconformance_view& seen, const std::string& person, dice chances)
{
    using enum nonconformance::disposition;
    if (!seen.detail.empty()) return {scrap, person, "the other way is not possible: " + seen.detail};
    if (seen.what.defects <= 1 && chances.between(0, 1) < concession_share)
        return {use_as_is, person, "one piece only, and the customer agrees"};
    return {seen.proposed, person, seen.what.detail};
}

/// Values of the sample: the first `defects` pieces are out of their limits.
std::vector<qms::measurement> measure(const qms::inspection_plan& plan, std::int64_t pieces, std::int64_t defects,
                                      dice chances)
{
    std::vector<qms::measurement> all;
    for (const auto& c : plan.characteristics) {
        if (!c.lower || !c.upper) continue;
        const double middle = (*c.lower + *c.upper) / 2, width = *c.upper - *c.lower;
        qms::measurement m{c.name, {}};
        for (std::int64_t i = 0; i < pieces; ++i) {
            const double off = std::clamp(chances.normal() / 9, -0.49, 0.49);
            const double value =
                i < defects && all.empty() ? *c.upper + width * chances.between(0.02, 0.2) : middle + off * width;
            m.values.push_back(std::round(value * 1e4) / 1e4);
        }
        all.push_back(std::move(m));
    }
    return all;
}

} // namespace

inspectors::inspectors(world& w, crew& people) : world_(w), people_(people)
{
    std::unordered_map<std::string, double> suppliers;
    for (const auto& s : w.plant.suppliers) suppliers[s.key.text] = s.behaviour.defect_rate;
    for (const auto& m : w.plant.materials) bought_[m.key.text] = suppliers[m.supplier.text];
}

double inspectors::defect_rate(const item_id& item, const entity_ref& origin) const
{
    const auto found = bought_.find(item.text);
    const bool incoming = origin.kind() == "lot" && found != bought_.end();
    const double rate = incoming ? found->second * world_.how.defect_factor : world_.how.process_defect_rate;
    return std::min(rate, 1.0);
}

void inspectors::hear(const news_item& news)
{
    if (news.entity.kind() == "inspection" && news.type == "created")
        send_somebody(std::string(news.entity.key()), world_.time.now());
    if (news.entity.kind() == "nonconformance") call_review(std::string(news.entity.key()), world_.time.now());
}

void inspectors::look_around()
{
    world_.node.list("/api/v1/nonconformances?status=open", [this](const boost::json::object& o) {
        const auto* key = o.if_contains("key");
        const auto* at = o.if_contains("opened_at");
        if (key == nullptr || !key->is_string() || at == nullptr || !at->is_string()) return;
        call_review(std::string(key->get_string()), parse_rfc3339(at->get_string()).value_or(instant{}));
    });
    world_.node.list("/api/v1/inspections?status=pending", [this](const boost::json::object& o) {
        const auto* key = o.if_contains("key");
        const auto* at = o.if_contains("created_at");
        if (key == nullptr || !key->is_string() || at == nullptr || !at->is_string()) return;
        send_somebody(std::string(key->get_string()), parse_rfc3339(at->get_string()).value_or(instant{}));
    });
}

void inspectors::call_review(const std::string& key, instant since)
{
    people_.send(key, since.ms, [this, key](const std::string& person, crew::done done) {
        const auto seen = world_.node.read<nonconformance_view>("/api/v1/nonconformance/" + key);
        if (!seen || seen->status != nonconformance::status::open) return done();
        const double seconds = review_seconds * world_.chances(key, "reviewing").log_normal(0.4);
        world_.time.in(seconds_ms(seconds), [this, key, person, done = std::move(done)] { review(key, person, done); });
    });
}

void inspectors::review(const std::string& key, const std::string& person, const crew::done& done)
{
    const auto seen = world_.node.read<nonconformance_view>("/api/v1/nonconformance/" + key);
    if (seen && seen->status == nonconformance::status::open) {
        const auto identity = "sim/review/" + key + '/' + std::to_string(world_.time.now().ms);
        world_.node.tell(key, decide(*seen, person, world_.chances(key, "disposition")), identity);
    }
    done();
}

void inspectors::send_somebody(const std::string& key, instant since)
{
    people_.send(key, since.ms, [this, key](const std::string& person, crew::done done) {
        const auto seen = world_.node.read<inspection_view>("/api/v1/inspection/" + key);
        if (!seen || seen->status != inspection::inspection_status::pending) return done();
        auto chances = world_.chances(key, "inspecting");
        const double seconds = 40 + 25.0 * seen->plan.sample_size * chances.log_normal(0.3);
        world_.time.in(seconds_ms(seconds),
                       [this, key, person, done = std::move(done)] { inspect(key, person, done); });
    });
}

void inspectors::inspect(const std::string& key, const std::string& person, const crew::done& done)
{
    const auto seen = world_.node.read<inspection_view>("/api/v1/inspection/" + key);
    if (!seen || seen->status != inspection::inspection_status::pending) return done();
    const auto pieces = std::min<std::int64_t>(seen->plan.sample_size, (seen->quantity.thousandths + 999) / 1000);
    const auto defects = world_.chances(key, "defects").binomial(pieces, defect_rate(seen->item, seen->origin));
    const inspection::record_result result{pieces, defects, person,
                                           measure(seen->plan, pieces, defects, world_.chances(key, "values"))};
    const auto a = world_.node.tell(key, result, "sim/inspect/" + key);
    if (a.ok()) {
        world_.count(&figures::inspections);
        world_.count(&figures::defects_found, static_cast<std::uint64_t>(defects));
    }
    done();
}

} // namespace takt::sim
