#include "actors/scada/detect/check.hpp"

#include <algorithm>
#include <set>

#include "actors/scada/detect/expression.hpp"
#include "messages/core/id.hpp"

namespace takt::detect {
namespace {

constexpr int group_most = 10'000, learn_most = 100'000;

class detector_check {
public:
    detector_check(const scada::detector& d, std::string at, problems& found) : d_(d), at_(std::move(at)), found_(found)
    {
    }

    void run()
    {
        expect(valid_key(d_.tag), "tag", "must be a tag: 1 to 80 of A-Z a-z 0-9 . _ : -");
        expect(valid_key(scada::key_of(d_)), "key", "must be a key: 1 to 80 of A-Z a-z 0-9 . _ : -");
        expect(d_.on_delay_ms.count() >= 0, "on_delay_ms", "must not be negative");
        expect(d_.off_delay_ms.count() >= 0, "off_delay_ms", "must not be negative");
        expect(d_.dead_band >= 0, "dead_band", "must not be negative");
        expect(!d_.low || !d_.high || *d_.low < *d_.high, "low", "must be less than high");
        switch (d_.rule) {
        case scada::rule::limit: bounds(); break;
        case scada::rule::rate: bounds(); break;
        case scada::rule::stuck:
        case scada::rule::silence: window(); break;
        case scada::rule::ewma:
            chart();
            expect(d_.weight > 0 && d_.weight <= 1, "weight", "must be more than 0 and at most 1");
            expect(d_.width > 0, "width", "must be more than 0");
            break;
        case scada::rule::cusum:
            chart();
            expect(d_.slack >= 0, "slack", "must not be negative");
            expect(d_.decision > 0, "decision", "must be more than 0");
            break;
        case scada::rule::nelson:
            chart();
            expect(std::all_of(d_.tests.begin(), d_.tests.end(), [](int t) { return t >= 1 && t <= 8; }), "tests",
                   "must be of 1 to 8");
            break;
        case scada::rule::energy_per_piece:
            expect(valid_key(d_.counter), "counter", "must be the tag that counts pieces");
            [[fallthrough]];
        case scada::rule::cycle_time:
            bounds();
            learning(d_.target.has_value());
            expect(!d_.target || *d_.target > 0, "target", "must be more than 0");
            break;
        case scada::rule::wear:
            expect(d_.low.has_value() != d_.high.has_value(), "high", "must be given, or else low");
            window();
            expect(d_.horizon_ms.count() >= 0, "horizon_ms", "must not be negative");
            break;
        }
    }

private:
    void expect(bool holds, const std::string& member, const std::string& detail)
    {
        if (!holds) found_.push_back({at_ + "/" + member, detail});
    }
    void bounds() { expect(d_.low || d_.high, "high", "must be given, or low, or both"); }
    void window() { expect(d_.window_ms.count() > 0, "window_ms", "must be more than 0"); }
    void learning(bool known)
    {
        expect(known || (d_.learn >= 2 && d_.learn <= learn_most), "learn", "must be from 2 to 100000");
        expect(d_.group >= 1 && d_.group <= group_most, "group", "must be from 1 to 10000");
    }
    void chart()
    {
        learning(d_.target && d_.sigma);
        expect(!d_.sigma || *d_.sigma > 0, "sigma", "must be more than 0");
    }

    const scada::detector& d_;
    std::string at_;
    problems& found_;
};

} // namespace

problems check(const std::vector<scada::detector>& detectors, const std::vector<scada::computed_tag>& computed)
{
    problems found;
    std::set<std::string> keys, made;
    for (std::size_t i = 0; i < detectors.size(); ++i) {
        const auto at = "#/detectors/" + std::to_string(i);
        detector_check(detectors[i], at, found).run();
        if (!keys.insert(scada::key_of(detectors[i])).second)
            found.push_back({at + "/key", "'" + scada::key_of(detectors[i]) + "' is there twice"});
    }
    for (const auto& c : computed) made.insert(c.tag);
    if (made.size() != computed.size()) found.push_back({"#/computed", "a tag is computed twice"});
    for (std::size_t i = 0; i < computed.size(); ++i) {
        const auto at = "#/computed/" + std::to_string(i);
        if (!valid_key(computed[i].tag))
            found.push_back({at + "/tag", "must be a tag: 1 to 80 of A-Z a-z 0-9 . _ : -"});
        const auto how = expression::parse(computed[i].expression);
        if (!how) {
            found.push_back({at + "/expression", how.error().front().detail});
            continue;
        }
        if (how->tags().empty()) found.push_back({at + "/expression", "names no tag"});
        for (const auto& tag : how->tags())
            if (made.count(tag) != 0) found.push_back({at + "/expression", "'" + tag + "' is computed itself"});
    }
    return found;
}

} // namespace takt::detect
