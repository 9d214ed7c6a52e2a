#include "gateways/http/quality_figures.hpp"

#include <algorithm>

namespace takt::http {
namespace {

constexpr double million = 1e6;

void count(judged_lots& figures, const inspection::state& s)
{
    ++figures.lots;
    figures.rejected += s.status == inspection::inspection_status::rejected ? 1 : 0;
    figures.inspected += s.inspected;
    figures.defects += s.defects;
}

void finish(judged_lots& f)
{
    if (f.lots > 0) f.acceptance = 1 - static_cast<double>(f.rejected) / static_cast<double>(f.lots);
    if (f.inspected > 0) f.defective_ppm = million * static_cast<double>(f.defects) / static_cast<double>(f.inspected);
}

} // namespace

quality_figures::quality_figures(instant from, instant to)
{
    report_.from = from;
    report_.to = to;
}

void quality_figures::add(const inspection::state& s)
{
    if (!in(s.decided_at)) return;
    count(report_.all, s);
    count(s.origin.kind() == "lot" ? report_.incoming : report_.in_process, s);
    if (!s.series.empty()) count(series_[s.series], s);
}

void quality_figures::add(const nonconformance::state& s)
{
    if (s.status == nonconformance::status::none || s.opened_at >= report_.to) return;
    report_.nonconformances_opened += in(s.opened_at) ? 1 : 0;
    report_.nonconformances_done += in(s.done_at) ? 1 : 0;
    report_.nonconformances_open += s.done_at && *s.done_at < report_.to ? 0 : 1;
    if (in(s.disposed_at)) ++report_.dispositions[std::string(enum_name(*s.chosen))];
}

void quality_figures::add(const anomaly::state& s)
{
    if (s.kind != "quality" || s.opened >= report_.to) return;
    report_.cases_opened += in(s.opened) ? 1 : 0;
    report_.cases_open += s.closed && *s.closed < report_.to ? 0 : 1;
    if (!in(s.closed)) return;
    ++report_.cases_closed;
    closing_ += *s.closed - s.opened;
}

void quality_figures::add(const corrective_action::state& s)
{
    if (s.status == corrective_action::status::none || s.opened_at >= report_.to) return;
    report_.actions_opened += in(s.opened_at) ? 1 : 0;
    report_.actions_closed += in(s.closed_at) ? 1 : 0;
    const bool open = !s.closed_at || *s.closed_at >= report_.to;
    report_.actions_open += open ? 1 : 0;
    report_.actions_overdue += open && s.overdue ? 1 : 0;
}

quality_report quality_figures::report()
{
    for (auto* f : {&report_.incoming, &report_.in_process, &report_.all}) finish(*f);
    for (auto& [key, figures] : series_) {
        finish(figures);
        report_.series.push_back({key, figures});
    }
    std::stable_sort(report_.series.begin(), report_.series.end(), [](const auto& a, const auto& b) {
        return a.figures.acceptance != b.figures.acceptance ? a.figures.acceptance < b.figures.acceptance
                                                            : a.figures.defective_ppm > b.figures.defective_ppm;
    });
    if (report_.cases_closed > 0) report_.mean_time_to_close_ms = closing_ / report_.cases_closed;
    return std::move(report_);
}

} // namespace takt::http
