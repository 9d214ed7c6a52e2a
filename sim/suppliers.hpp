#pragma once

#include <unordered_map>
#include <unordered_set>

#include "messages/scm/purchase_order.hpp"
#include "sim/crew.hpp"

namespace takt::sim {

/// Suppliers confirm what is ordered and deliver it: mostly at the date they named, sometimes late, sometimes less than
/// ordered. The dock books what has come when somebody of the warehouse is there.
class suppliers final : public trade {
public:
    suppliers(world& w, crew& dock);

    void hear(const news_item& news) override;
    void look_around() override;

    /// How one purchase order goes, by chance and nothing else.
    struct course {
        instant confirms, promised, arrives;
        bool late = false;
        std::optional<takt::quantity> first; ///< a short delivery brings only this much
        bool rest_follows = false;           ///< the rest comes later, or never
        milliseconds rest_after{0};
    };
    static course course_of(const plant::supplier_behaviour& how, const scenario& chances_of, dice chances,
                            instant created, instant due, milliseconds lead_time, takt::quantity quantity, bool pieces);

    struct order_view {
        purchase_order::purchase_status status = purchase_order::purchase_status::none;
        supplier_id supplier;
        item_id item;
        takt::quantity quantity, received;
        instant due, created_at;
        std::optional<instant> confirmed;
    };

private:
    void take_up(const std::string& key);
    void hurry(const std::string& key);
    void confirm(const std::string& key, instant date);
    void arrive(const std::string& key);
    void unload(const std::string& key, const crew::done& done);
    std::optional<course> find_course(const std::string& key, const order_view& o) const;
    std::optional<order_view> look(const std::string& key) const;

    world& world_;
    crew& dock_;
    std::unordered_map<std::string, const plant::supplier*> suppliers_;
    std::unordered_map<std::string, const plant::material*> materials_;
    std::unordered_set<std::string> known_;   ///< purchase orders that are taken up
    std::unordered_set<std::string> hurried_; ///< those that somebody has asked for
};
BOOST_DESCRIBE_STRUCT(suppliers::order_view, (),
                      (status, supplier, item, quantity, received, due, created_at, confirmed))

} // namespace takt::sim
