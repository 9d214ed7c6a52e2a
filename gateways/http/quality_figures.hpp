#pragma once

#include "actors/anomaly/anomaly.hpp"
#include "actors/qms/corrective_action.hpp"
#include "actors/qms/inspection.hpp"
#include "gateways/http/certificate.hpp"

/// The quality of a period: what was inspected, what was not as it should be, and what became of it. Pure.
namespace takt::http {

struct judged_lots {
    static constexpr std::string_view doc = "Lots that were judged, and pieces that were looked at.";
    std::int64_t lots = 0, rejected = 0, inspected = 0, defects = 0;
    double acceptance = 0;    ///< share of the lots
    double defective_ppm = 0; ///< of the pieces
};
BOOST_DESCRIBE_STRUCT(judged_lots, (), (lots, rejected, inspected, defects, acceptance, defective_ppm))

struct judged_series {
    static constexpr std::string_view doc = "The lots of one item by one plan, of one supplier or made here.";
    std::string series; ///< key of the sampling
    judged_lots figures;
};
BOOST_DESCRIBE_STRUCT(judged_series, (), (series, figures))

struct quality_report {
    static constexpr std::string_view doc = "Quality of a period: inspections, non-conformances, cases, actions.";
    instant from, to;
    judged_lots incoming, in_process, all;
    std::vector<judged_series> series;                                                           ///< the worst first
    std::int64_t nonconformances_opened = 0, nonconformances_done = 0, nonconformances_open = 0; ///< open: at the end
    std::map<std::string, std::int64_t> dispositions;                ///< decided in the period, by what was decided
    std::int64_t cases_opened = 0, cases_closed = 0, cases_open = 0; ///< of quality
    std::optional<milliseconds> mean_time_to_close_ms;
    std::int64_t actions_opened = 0, actions_closed = 0, actions_open = 0, actions_overdue = 0;
};
BOOST_DESCRIBE_STRUCT(quality_report, (),
                      (from, to, incoming, in_process, all, series, nonconformances_opened, nonconformances_done,
                       nonconformances_open, dispositions, cases_opened, cases_closed, cases_open,
                       mean_time_to_close_ms, actions_opened, actions_closed, actions_open, actions_overdue))

/// Adds one entity at a time; `report()` when all have been.
class quality_figures {
public:
    quality_figures(instant from, instant to);

    void add(const inspection::state& s);
    void add(const nonconformance::state& s);
    void add(const anomaly::state& s);
    void add(const corrective_action::state& s);
    quality_report report();

private:
    bool in(std::optional<instant> at) const { return at && *at >= report_.from && *at < report_.to; }

    quality_report report_;
    std::map<std::string, judged_lots> series_;
    milliseconds closing_{0};
};

} // namespace takt::http
