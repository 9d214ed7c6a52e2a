#pragma once

#include <memory>
#include <set>

#include "gateways/http/case_figures.hpp"
#include "sim/virtual_plant.hpp"

namespace takt::sim {

/// What trouble did to a plant, and what was kept from going on.
struct spread_figures {
    static constexpr std::string_view doc = "What trouble did to a plant in a span of plant time.";
    std::int64_t breakdowns = 0;
    double downtime_h = 0;                ///< of all machines: broken or blocked
    std::int64_t suspect_work_orders = 0; ///< in work on a machine when it broke
    double suspect_pieces_shipped = 0;    ///< that nobody has inspected since, to customers
    http::case_figures cases;
};
BOOST_DESCRIBE_STRUCT(spread_figures, (), (breakdowns, downtime_h, suspect_work_orders, suspect_pieces_shipped, cases))

/// Watches a virtual plant from now on. What a machine has in work when it breaks is suspect until an inspection finds
/// it good; so is what has pieces of it.
class spread {
public:
    explicit spread(virtual_plant& plant);
    spread_figures so_far();

private:
    struct breakdown {
        std::string machine;
        instant at;
    };
    void take(const runtime::fact& f);
    std::set<std::string> suspect_work_orders();
    double shipped_of(const std::string& work_order, std::set<std::string>& seen);

    virtual_plant& plant_;
    instant from_;
    http::case_ledger ledger_;
    std::vector<breakdown> breakdowns_;
    std::set<std::string> found_good_;            ///< paths of what an inspection of a case accepted
    std::map<std::string, instant> stands_since_; ///< machines that are broken or blocked
    milliseconds downtime_{0};
    std::shared_ptr<void> facts_;
};

} // namespace takt::sim
