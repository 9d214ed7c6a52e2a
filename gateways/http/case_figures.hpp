#pragma once

#include <map>

#include "messages/anomaly/playbook.hpp"
#include "messages/core/quantity.hpp"
#include "runtime/node.hpp"

/// How well cases are handled: how many, how soon somebody takes care, how soon they are over, and what was kept from
/// going on. From the journal.
namespace takt::http {

/// One case, from its first symptom to its end.
struct case_span {
    std::string key, kind;
    std::int64_t number = 0;
    anomaly::severity severity = anomaly::severity::warning;
    instant opened;
    std::optional<instant> acknowledged, closed;
    bool by_person = false; ///< closed
    std::int64_t escalations = 0;
    std::int64_t stopped = 0, bad = 0; ///< lots and work orders; of them, those that an inspection found bad
    takt::quantity pieces;             ///< of what was stopped
};

struct case_kind_figures {
    static constexpr std::string_view doc = "How cases of one kind were handled.";
    std::int64_t opened = 0, closed = 0, open = 0;
    std::int64_t closed_by_people = 0, escalations = 0;
    std::optional<double> mtta_s; ///< mean time from opening to acknowledgement, of those acknowledged
    std::optional<double> mttr_s; ///< mean time from opening to closing, of those closed
    std::int64_t stopped = 0;     ///< lots and work orders that were quarantined
    std::int64_t stopped_bad = 0; ///< of them, those that an inspection found bad: kept from going on
    takt::quantity pieces;        ///< of what was quarantined
};
BOOST_DESCRIBE_STRUCT(case_kind_figures, (),
                      (opened, closed, open, closed_by_people, escalations, mtta_s, mttr_s, stopped, stopped_bad,
                       pieces))

struct case_figures {
    static constexpr std::string_view doc = "How cases were handled that were opened in a span of time.";
    instant from, to;
    case_kind_figures all;
    std::map<std::string, case_kind_figures> kinds;
    std::map<std::string, std::int64_t> open_by_age; ///< "under_1h", "under_8h", "under_24h", "older"
};
BOOST_DESCRIBE_STRUCT(case_figures, (), (from, to, all, kinds, open_by_age))

/// Cases as the facts of anomalies tell them, those of each anomaly in their order.
class case_ledger {
public:
    void take(const runtime::fact& f);
    std::vector<case_span> cases() const;

private:
    std::map<std::string, std::vector<case_span>> by_key_;
};

/// Every case that was opened in [from, to). Reads the histories of all anomalies.
std::vector<case_span> cases_of(runtime::node& node, instant from, instant to);
case_figures figures_of(const std::vector<case_span>& cases, instant from, instant to);

} // namespace takt::http
