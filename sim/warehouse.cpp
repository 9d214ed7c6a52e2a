#include "sim/warehouse.hpp"

#include "messages/erp/order.hpp"
#include "messages/mes/work_order.hpp"
#include "messages/wms/bin.hpp"
#include "messages/wms/lot.hpp"

namespace takt::sim {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr int lines_at_once_most = 200; ///< of a pick list that never ends, as somebody blocks every lot

struct work_order_view {
    work_order::work_order_status status = work_order::work_order_status::none;
    bool held = false;
    int priority = 5;
    instant due;
    std::vector<wms::lot_amount> to_pick;
};
BOOST_DESCRIBE_STRUCT(work_order_view, (), (status, held, priority, due, to_pick))

struct order_view {
    order::order_status status = order::order_status::none;
    takt::quantity quantity, allocated, shipped;
    instant due;
    int priority = 5;
};
BOOST_DESCRIBE_STRUCT(order_view, (), (status, quantity, allocated, shipped, due, priority))

struct lot_view {
    item_id item;
    wms::lot_status status = wms::lot_status::unrestricted;
    takt::quantity on_hand;
    std::map<bin_id, takt::quantity> bins;
    std::optional<supplier_id> supplier;
};
BOOST_DESCRIBE_STRUCT(lot_view, (), (item, status, on_hand, bins, supplier))

/// Small ranks first: priority weighs as much as a day. What is ready for a customer goes before all picking.
std::int64_t rank_of(int priority, instant due) { return due.ms - priority * 24 * hour_ms; }
constexpr std::int64_t ships_first = -30 * 24 * hour_ms;

bool pickable(const work_order_view& w)
{
    using enum work_order::work_order_status;
    return !w.held && !w.to_pick.empty() && (w.status == released || w.status == staged || w.status == in_progress);
}

/// All that is still wanted is there; or it is getting late, and a part is better than nothing.
bool shippable(const order_view& o, instant now)
{
    if (o.allocated <= takt::quantity{}) return false;
    return o.shipped + o.allocated >= o.quantity || now >= o.due - milliseconds{2 * hour_ms};
}

std::string key_in(const boost::json::object& o)
{
    const auto* key = o.if_contains("key");
    return key != nullptr && key->is_string() ? std::string(key->get_string()) : std::string();
}

} // namespace

warehouse::warehouse(world& w, crew& people) : world_(w), people_(people)
{
    for (const auto& b : w.plant.bins) {
        if (b.zone == "receiving") receiving_.insert(b.key.text);
        if (b.zone == "raw") raw_.push_back(b.key.text);
    }
    for (const auto& m : w.plant.materials)
        if (!m.stock.empty() && !receiving_.contains(m.stock.front().bin.text))
            places_[m.key.text] = m.stock.front().bin.text;
}

void warehouse::hear(const news_item& news)
{
    const std::string key(news.entity.key());
    const auto kind = news.entity.kind();
    if (kind == "work_order" && (news.type == "released" || news.type == "pick_declined")) return pick(key);
    if (kind == "order" && (news.type == "allocated" || news.type == "shipment_short")) return look_at_order(key);
    if (kind != "lot") return;
    if (news.type == "created" || news.type == "status_changed") look_at_lot(key);
    if (news.type == "disposal_declined") dispose(key);
}

void warehouse::look_around()
{
    world_.node.list("/api/v1/work_orders?status=released,staged,in_progress", [this](const boost::json::object& o) {
        const auto* lines = o.if_contains("to_pick");
        if (lines != nullptr && lines->is_array() && !lines->get_array().empty()) pick(key_in(o));
    });
    world_.node.list("/api/v1/orders?status=open,allocated,partially_shipped",
                     [this](const boost::json::object& o) { look_at_order(key_in(o)); });
    for (const auto& bin : receiving_) {
        const auto json = world_.node.get("/api/v1/bin/" + bin);
        const auto* whole = json.if_object();
        const auto* contents = whole == nullptr ? nullptr : whole->if_contains("contents");
        if (contents == nullptr || !contents->is_object()) continue;
        for (const auto& lot : contents->get_object()) look_at_lot(std::string(lot.key()));
    }
}

void warehouse::pick(const std::string& work_order)
{
    const auto seen = world_.node.read<work_order_view>("/api/v1/work_order/" + work_order);
    if (!seen || !pickable(*seen)) return;
    people_.send("pick/" + work_order, rank_of(seen->priority, seen->due),
                 [this, work_order](const std::string&, crew::done done) { pick_line(work_order, done, 0); });
}

void warehouse::pick_line(const std::string& work_order, const crew::done& done, int lines)
{
    const auto seen = world_.node.read<work_order_view>("/api/v1/work_order/" + work_order);
    if (!seen || !pickable(*seen) || lines >= lines_at_once_most) return done();
    const auto line = seen->to_pick.front();
    auto chances = world_.chances(work_order + '/' + line.lot.text, "picking");
    world_.time.in(seconds_ms(world_.how.pick_seconds * chances.log_normal(0.5)),
                   [this, work_order, line, done, lines] { take(work_order, line, done, lines); });
}

/// Scans the lot and its bin; by mistake first another one.
void warehouse::take(const std::string& work_order, const wms::lot_amount& line, const crew::done& done, int lines)
{
    const auto identity = "sim/pick/" + work_order + '/' + line.lot.text + '/' + line.bin.text + '/' +
                          std::to_string(line.quantity.thousandths) + '/';
    const auto time = std::to_string(world_.time.now().ms);
    auto chances = world_.chances(work_order + '/' + line.lot.text, "mistake");
    if (chances.chance(world_.how.mistake_rate)) {
        const work_order::confirm_pick wrong{lot_id("L-" + std::to_string(chances.whole(1, 999))), line.bin,
                                             std::nullopt};
        world_.node.tell(work_order, wrong, identity + "wrong/" + time);
        world_.count(&figures::wrong_picks);
    }
    const work_order::confirm_pick right{line.lot, line.bin, line.quantity};
    const auto a = world_.node.tell(work_order, right, identity + time);
    if (a.ok()) world_.count(&figures::picks);
    // Refused: the list changed meanwhile. The next look shows the new one; a line that stays refused is left alone.
    pick_line(work_order, done, a.ok() ? lines + 1 : lines + 20);
}

void warehouse::look_at_order(const std::string& order)
{
    const auto seen = world_.node.read<order_view>("/api/v1/order/" + order);
    if (!seen || !shippable(*seen, world_.time.now())) return;
    people_.send("ship/" + order, ships_first + rank_of(seen->priority, seen->due),
                 [this, order](const std::string&, crew::done done) {
                     auto chances = world_.chances(order, "packing");
                     world_.time.in(seconds_ms(60 * chances.between(2, 6)),
                                    [this, order, done = std::move(done)] { ship(order, done); });
                 });
}

void warehouse::ship(const std::string& order, const crew::done& done)
{
    constexpr std::array<std::string_view, 4> carriers{"Alpenfracht", "Nordspedition", "Rhein Logistics",
                                                       "self pick-up"};
    const auto seen = world_.node.read<order_view>("/api/v1/order/" + order);
    if (!seen || !shippable(*seen, world_.time.now())) return done();
    auto chances = world_.chances(order, "carrier");
    const order::ship command{seen->allocated, std::string(carriers[static_cast<std::size_t>(chances.whole(0, 3))])};
    const auto identity = "sim/ship/" + order + '/' + std::to_string(seen->shipped.thousandths) + '/' +
                          std::to_string(world_.time.now().ms);
    if (world_.node.tell(order, command, identity).ok()) world_.count(&figures::shipments);
    done();
}

std::string warehouse::place_for(const std::string& item) const
{
    if (const auto found = places_.find(item); found != places_.end()) return found->second;
    if (raw_.empty()) return {};
    auto chances = dice(0, item, "place");
    return raw_[static_cast<std::size_t>(chances.whole(0, static_cast<std::int64_t>(raw_.size()) - 1))];
}

void warehouse::look_at_lot(const std::string& lot)
{
    const auto seen = world_.node.read<lot_view>("/api/v1/lot/" + lot);
    if (!seen || seen->status != wms::lot_status::unrestricted) return;
    for (const auto& [bin, amount] : seen->bins) {
        if (amount <= takt::quantity{} || !receiving_.contains(bin.text)) continue;
        people_.send("put_away/" + lot, world_.time.now().ms - 3 * 24 * hour_ms,
                     [this, lot](const std::string&, crew::done done) {
                         auto chances = world_.chances(lot, "putting away");
                         world_.time.in(seconds_ms(60 * chances.between(2, 6)),
                                        [this, lot, done = std::move(done)] { put_away(lot, done); });
                     });
        return;
    }
}

void warehouse::put_away(const std::string& lot, const crew::done& done)
{
    const auto seen = world_.node.read<lot_view>("/api/v1/lot/" + lot);
    if (!seen || seen->status != wms::lot_status::unrestricted) return done();
    const auto to = place_for(seen->item.text);
    for (const auto& [bin, amount] : seen->bins) {
        if (to.empty() || amount <= takt::quantity{} || !receiving_.contains(bin.text)) continue;
        const auto identity = "sim/put_away/" + lot + '/' + bin.text + '/' + std::to_string(world_.time.now().ms);
        const auto a = world_.node.tell(bin.text, bin::transfer{lot_id(lot), amount, bin_id(to)}, identity);
        if (a.ok()) world_.count(&figures::put_aways);
    }
    done();
}

/// What a bin did not give up when it was asked is asked for again.
void warehouse::dispose(const std::string& lot)
{
    world_.time.in(seconds_ms(900), [this, lot] {
        const auto seen = world_.node.read<lot_view>("/api/v1/lot/" + lot);
        if (!seen || seen->status != wms::lot_status::blocked || seen->on_hand <= takt::quantity{}) return;
        const auto identity = "sim/dispose/" + lot + '/' + std::to_string(world_.time.now().ms);
        if (seen->supplier)
            world_.node.tell(lot, lot::send_back{"rejected"}, identity);
        else
            world_.node.tell(lot, lot::scrap{"rejected"}, identity);
    });
}

} // namespace takt::sim
