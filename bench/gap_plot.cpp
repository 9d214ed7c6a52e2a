#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "bench/schedule.hpp"

namespace takt::bench {
namespace {

constexpr double width = 760, height = 420, left = 60, right = 180, top = 20, bottom = 45;

/// Where times and gaps are on the picture.
class axes {
public:
    explicit axes(const std::vector<gap_curve>& curves)
    {
        for (const auto& c : curves)
            for (const auto& [seconds, gap] : c.points) {
                first_ = std::min(first_, seconds);
                last_ = std::max(last_, seconds);
                most_ = std::max(most_, gap);
                least_ = std::min(least_, gap);
            }
    }
    double x(double seconds) const
    {
        const double part = std::log(seconds / first_) / std::max(1e-9, std::log(last_ / first_));
        return left + part * (width - left - right);
    }
    double y(double gap) const { return height - bottom - (gap - least_) / (most_ - least_) * (height - top - bottom); }
    double first() const { return first_; }
    double last() const { return last_; }
    double most() const { return most_; }
    double least() const { return least_; }

private:
    double first_ = 1, last_ = 1, most_ = 1, least_ = 0;
};

void text(std::ostream& out, double x, double y, const char* anchor, const std::string& words)
{
    out << "<text x=\"" << x << "\" y=\"" << y << "\" text-anchor=\"" << anchor << "\">";
    for (const char c : words)
        if (c == '<' || c == '>' || c == '&')
            out << '_';
        else
            out << c;
    out << "</text>\n";
}

void draw_axes(std::ostream& out, const axes& a)
{
    constexpr double low = height - bottom, word = 18;
    constexpr int steps = 5;
    out << "<g stroke=\"#ccc\">\n";
    std::ostringstream words;
    for (int i = 0; i <= steps; ++i) {
        const double gap = a.least() + (a.most() - a.least()) * i / steps;
        out << "<line x1=\"" << left << "\" x2=\"" << width - right << "\" y1=\"" << a.y(gap) << "\" y2=\"" << a.y(gap)
            << "\"/>\n";
        std::ostringstream label;
        label.precision(3);
        label << gap << " %";
        text(words, left - 6, a.y(gap) + 4, "end", label.str());
    }
    for (double t = std::pow(10, std::ceil(std::log10(a.first()) - 1e-9)); t <= a.last() * 1.001; t *= 10) {
        out << "<line x1=\"" << a.x(t) << "\" x2=\"" << a.x(t) << "\" y1=\"" << top << "\" y2=\"" << low << "\"/>\n";
        std::ostringstream label;
        label << t << " s";
        text(words, a.x(t), low + word, "middle", label.str());
    }
    out << "</g>\n" << words.str();
    text(out, (left + width - right) / 2, height - 6, "middle", "mean gap to the best known value, over time");
}

} // namespace

std::string gap_plot(const std::vector<gap_curve>& curves)
{
    constexpr std::array colours{"#1f77b4", "#d62728", "#2ca02c", "#9467bd",
                                 "#ff7f0e", "#17becf", "#8c564b", "#7f7f7f"};
    const axes a(curves);
    std::ostringstream out;
    out.precision(5);
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << width << ' ' << height
        << "\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
    draw_axes(out, a);
    for (std::size_t i = 0; i < curves.size(); ++i) {
        constexpr double line = 16;
        const auto* colour = colours[i % colours.size()];
        out << "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" << colour << "\" points=\"";
        for (const auto& [seconds, gap] : curves[i].points) out << a.x(seconds) << ',' << a.y(gap) << ' ';
        out << "\"/>\n<g fill=\"" << colour << "\">";
        text(out, width - right + 12, top + 12 + line * static_cast<double>(i), "start", curves[i].name);
        out << "</g>\n";
    }
    out << "</svg>\n";
    return out.str();
}

} // namespace takt::bench
