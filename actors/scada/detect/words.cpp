#include "actors/scada/detect/words.hpp"

#include <array>
#include <cstdio>

namespace takt::detect {
namespace {

std::string number(double x)
{
    std::array<char, 32> text{};
    const int n = std::snprintf(text.data(), text.size(), "%.6g", x);
    return {text.data(), static_cast<std::size_t>(n)};
}

std::string bounds(const judgement& j)
{
    std::string text;
    if (j.low) text += ", low limit " + number(*j.low);
    if (j.high) text += ", high limit " + number(*j.high);
    return text;
}

std::string_view nelson_test(int test)
{
    constexpr std::array<std::string_view, 9> in_words{"",
                                                       "beyond three sigma",
                                                       "nine in a row on one side of the centre",
                                                       "six in a row rising or falling",
                                                       "fourteen in a row up and down",
                                                       "two of three beyond two sigma on one side",
                                                       "four of five beyond one sigma on one side",
                                                       "fifteen in a row within one sigma",
                                                       "eight in a row beyond one sigma"};
    return in_words[static_cast<std::size_t>(test)];
}

} // namespace

std::string in_words(const scada::detector& d, const judgement& j, double value)
{
    const double statistic = j.statistic.value_or(value);
    switch (d.rule) {
    case scada::rule::limit: return d.tag + " is " + number(value) + bounds(j);
    case scada::rule::rate: return d.tag + " changes by " + number(statistic) + " a second" + bounds(j);
    case scada::rule::stuck: return d.tag + " has not moved from " + number(value) + " for " + number(statistic) + " s";
    case scada::rule::silence: return d.tag + " has told nothing for " + number(statistic) + " s";
    case scada::rule::ewma: return "the moving average of " + d.tag + " is " + number(statistic) + bounds(j);
    case scada::rule::cusum:
        return d.tag + " has shifted " + (statistic > 0 ? "up" : "down") + ": its cumulative sum is " +
               number(std::abs(statistic)) + ", limit " + number(j.high.value_or(0));
    case scada::rule::nelson:
        return d.tag + " is " + number(value) + ", " + number(statistic) + " sigma from its centre; test " +
               std::to_string(j.test) + ": " + std::string(nelson_test(j.test));
    case scada::rule::energy_per_piece: return "a piece takes " + number(statistic) + " kWh" + bounds(j);
    case scada::rule::cycle_time: return "a piece takes " + number(statistic) + " s" + bounds(j);
    case scada::rule::wear: break;
    }
    std::string text = d.tag + " is " + number(value) + bounds(j);
    if (j.forecast) text += ", reached at " + to_rfc3339(*j.forecast);
    return text;
}

} // namespace takt::detect
