#pragma once

#include <unordered_map>
#include <unordered_set>

#include "messages/wms/stock.hpp"
#include "sim/crew.hpp"

namespace takt::sim {

/// The warehouse's people: they pick what work orders need, line by line, put away what has come in, ship what is set
/// aside for customers, and throw out what quality has blocked. Now and then one scans the wrong lot, is refused, and
/// takes the right one.
class warehouse final : public trade {
public:
    warehouse(world& w, crew& people);

    void hear(const news_item& news) override;
    void look_around() override;

private:
    void pick(const std::string& work_order);
    void pick_line(const std::string& work_order, const crew::done& done, int lines);
    void take(const std::string& work_order, const wms::lot_amount& line, const crew::done& done, int lines);
    void look_at_order(const std::string& order);
    void ship(const std::string& order, const crew::done& done);
    void look_at_lot(const std::string& lot);
    void put_away(const std::string& lot, const crew::done& done);
    void dispose(const std::string& lot);
    std::string place_for(const std::string& item) const;

    world& world_;
    crew& people_;
    std::unordered_set<std::string> receiving_;           ///< bins
    std::unordered_map<std::string, std::string> places_; ///< item → its bin
    std::vector<std::string> raw_;                        ///< bins for what has none
};

} // namespace takt::sim
