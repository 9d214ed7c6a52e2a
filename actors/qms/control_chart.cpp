#include "actors/qms/control_chart.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "actors/qms/spc.hpp"
#include "actors/scada/detect/nelson.hpp"
#include "messages/anomaly/anomaly.hpp"

namespace takt::control_chart {
namespace {

constexpr std::size_t points_most = 100;
constexpr std::int64_t learned_from = 20; ///< points
constexpr std::size_t sound_from = 25;
constexpr std::size_t looked_back = 14; ///< points before the newest that a test looks at
constexpr int spread_test = 9;
constexpr double beyond_three_sigma = 0.00135; ///< of a normal distribution, on one side
constexpr int means_from = 2, deviations_from = 10;

chart chart_for(const qms::characteristic& c, std::size_t values)
{
    switch (c.chart) {
    case qms::chart_kind::i_mr: return chart::i_mr;
    case qms::chart_kind::xbar_r: return chart::xbar_r;
    case qms::chart_kind::xbar_s: return chart::xbar_s;
    case qms::chart_kind::none:
    case qms::chart_kind::automatic: break;
    }
    if (values < means_from) return chart::i_mr;
    return values < deviations_from ? chart::xbar_r : chart::xbar_s;
}

/// The sigma of single values that one point shows within itself.
double sigma_of(chart kind, double spread, int size)
{
    switch (kind) {
    case chart::i_mr: return spread / qms::d2(2);
    case chart::xbar_r: return spread / qms::d2(size);
    case chart::xbar_s: return spread / qms::c4(size);
    case chart::p: break;
    }
    return 0;
}

bool shows_spread(const state& s, int size) { return s.chart == chart::i_mr ? !s.points.empty() : size >= means_from; }

/// The standard deviation of a point of this size.
double deviation(const state& s, int size)
{
    if (s.chart == chart::p) return std::sqrt(*s.centre * (1 - *s.centre) / size);
    return *s.sigma / std::sqrt(static_cast<double>(s.chart == chart::i_mr ? 1 : size));
}

qms::control_limits spread_limits(const state& s, int size)
{
    if (s.chart == chart::xbar_s) return qms::deviation_limits(*s.sigma, size);
    return qms::range_limits(*s.sigma, s.chart == chart::i_mr ? 2 : size);
}

/// Which test the newest point fails. A share fails the first if so many defective pieces are as unlikely as a value
/// beyond three sigma: fewer than usual are no trouble, and of small samples most have none.
int failed_test(const state& s, const plotted& p)
{
    if (s.chart == chart::p)
        return qms::as_many_or_more(std::lround(p.value * p.size), p.size, *s.centre) < beyond_three_sigma ? 1 : 0;
    if (!p.z) return p.value != *s.centre ? 1 : 0; // nothing ever varied
    detect::nelson_tests tests;
    const std::vector<int> wanted;
    const auto first = s.points.size() > looked_back ? s.points.size() - looked_back : 0;
    for (auto i = first; i < s.points.size(); ++i)
        if (s.points[i].z) tests.add(*s.points[i].z, wanted);
    if (const int failed = tests.add(*p.z, wanted); failed != 0) return failed;
    const bool too_wide = shows_spread(s, p.size) && p.spread > spread_limits(s, p.size).upper;
    return too_wide ? spread_test : 0;
}

std::string words(const state& s, const plotted& p)
{
    const auto what = p.test == spread_test ? std::string("the spread is above its limit")
                                            : "test " + std::to_string(p.test) + " of Nelson";
    return s.characteristic + ": " + what + " at " + std::to_string(p.value) + ", centre " + std::to_string(*s.centre);
}

/// A decision in the making, with the chart as it will be.
struct plotting {
    state s;
    const context& about;
    decision d;

    template <class Event> void happen(Event e)
    {
        apply(s, e);
        d.emit(std::move(e));
    }

    void plot(plotted p)
    {
        p.at = about.now;
        if (s.centre) {
            if (const double by = deviation(s, p.size); by > 0) p.z = (p.value - *s.centre) / by;
            p.test = failed_test(s, p);
        }
        tell(p);
        happen(p);
        if (!s.centre && s.all.points >= learned_from) learn();
    }

private:
    /// The series' case hears when the process leaves control, and when the next point finds it there again.
    void tell(const plotted& p)
    {
        const entity_ref source("sampling", s.series);
        const auto symptom = "spc." + s.characteristic;
        const auto key = anomaly::key_of(symptom, source);
        const bool was_out = !s.points.empty() && s.points.back().test != 0;
        if (p.test != 0)
            d.send(key, anomaly::raise{source, symptom, anomaly::severity::warning, words(s, p), {}});
        else if (was_out)
            d.send(key, anomaly::clear{symptom, "", "in control again"});
    }

    void learn()
    {
        const auto& a = s.all;
        if (s.chart == chart::p)
            happen(limits_set{a.values > 0 ? a.defects / static_cast<double>(a.values) : 0, 0, about.now});
        else if (a.spreads > 0)
            happen(limits_set{a.mean, a.sigmas / static_cast<double>(a.spreads), about.now});
    }
};

} // namespace

decision decide(const state& s, const add_values& what, const context& about)
{
    if (what.values.empty() || what.characteristic.chart == qms::chart_kind::none) return {};
    plotting p{s, about, {}};
    if (s.series.empty())
        p.happen(begun{what.series, what.characteristic.name, chart_for(what.characteristic, what.values.size())});
    plotted one;
    one.inspection = what.inspection;
    one.lower = what.characteristic.lower;
    one.upper = what.characteristic.upper;
    one.size = static_cast<int>(what.values.size());
    one.value = std::accumulate(what.values.begin(), what.values.end(), 0.0) / one.size;
    for (const double v : what.values) one.squares += (v - one.value) * (v - one.value);
    const auto [least, most] = std::minmax_element(what.values.begin(), what.values.end());
    if (p.s.chart == chart::xbar_s && one.size > 1)
        one.spread = std::sqrt(one.squares / (one.size - 1));
    else if (p.s.chart == chart::i_mr)
        one.spread = p.s.points.empty() ? 0 : std::abs(one.value - p.s.points.back().value);
    else
        one.spread = *most - *least;
    p.plot(std::move(one));
    return std::move(p.d);
}

decision decide(const state& s, const add_count& what, const context& about)
{
    if (what.inspected <= 0) return {};
    plotting p{s, about, {}};
    if (s.series.empty()) p.happen(begun{what.series, "defective", chart::p});
    plotted one;
    one.inspection = what.inspection;
    one.size = static_cast<int>(what.inspected);
    one.value = static_cast<double>(what.defects) / static_cast<double>(what.inspected);
    p.plot(std::move(one));
    return std::move(p.d);
}

decision decide(const state& s, const restart& what, const context& about)
{
    if (what.by.empty()) return decision::refuse("name_missing", "say who you are", "by");
    if (what.reason.empty()) return decision::refuse("reason_missing", "say what is another process", "reason");
    if (s.series.empty()) return decision::refuse("not_begun", about.self.path() + " has no points");
    decision d;
    d.emit(restarted{what.by, what.reason, about.now});
    if (!s.points.empty() && s.points.back().test != 0) {
        const auto symptom = "spc." + s.characteristic;
        d.send(anomaly::key_of(symptom, {"sampling", s.series}), anomaly::clear{symptom, "", what.reason});
    }
    return d;
}

namespace {

/// Chan's sum of two samples' squared deviations.
void add(sums& a, chart kind, const plotted& p, bool spread_counts)
{
    const double before = static_cast<double>(a.values), more = p.size;
    const double off = p.value - a.mean;
    a.squares += p.squares + off * off * before * more / (before + more);
    a.mean += off * more / (before + more);
    ++a.points;
    a.values += p.size;
    a.defects += kind == chart::p ? p.value * p.size : 0;
    if (!spread_counts) return;
    ++a.spreads;
    a.sigmas += sigma_of(kind, p.spread, p.size);
}

void judge_capability(state& s)
{
    if (s.chart == chart::p || s.all.spreads == 0 || s.all.values < 2) return;
    const double within = s.all.sigmas / static_cast<double>(s.all.spreads);
    const double overall = std::sqrt(s.all.squares / static_cast<double>(s.all.values - 1));
    const auto c = qms::capability_of(s.all.mean, within, overall, s.lower, s.upper);
    s.cp = c.cp;
    s.cpk = c.cpk;
    s.pp = c.pp;
    s.ppk = c.ppk;
    const auto latest = std::min(s.points.size(), sound_from);
    s.capability_is_sound =
        latest == sound_from && std::all_of(s.points.end() - static_cast<std::ptrdiff_t>(latest), s.points.end(),
                                            [](const point& p) { return p.test == 0; });
}

} // namespace

void apply(state& s, const begun& e)
{
    s.series = e.series;
    s.characteristic = e.characteristic;
    s.chart = e.chart;
}

void apply(state& s, const plotted& e)
{
    add(s.all, s.chart, e, shows_spread(s, e.size));
    s.lower = e.lower;
    s.upper = e.upper;
    point p{e.inspection, e.at, e.size, e.value, e.spread, 0, 0, e.z, e.test};
    if (s.centre) {
        const double three = 3 * deviation(s, e.size);
        p.lower_control = s.chart == chart::p ? std::max(0.0, *s.centre - three) : *s.centre - three;
        p.upper_control = *s.centre + three;
    }
    if (s.points.size() == points_most) s.points.erase(s.points.begin());
    s.points.push_back(std::move(p));
    s.out_of_control += e.test != 0 ? 1 : 0;
    judge_capability(s);
}

void apply(state& s, const limits_set& e)
{
    s.centre = e.centre;
    s.sigma = e.sigma;
}

void apply(state& s, const restarted& /*e*/)
{
    s.centre.reset();
    s.sigma.reset();
    s.points.clear();
    s.all = {};
    s.cp = s.cpk = s.pp = s.ppk = std::nullopt;
    s.capability_is_sound = false;
}

} // namespace takt::control_chart
