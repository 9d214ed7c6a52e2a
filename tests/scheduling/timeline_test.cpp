#include "scheduling/timeline.hpp"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

using namespace takt::scheduling;

namespace {

/// The same as a list that is searched from its beginning.
class plain_timeline {
public:
    explicit plain_timeline(const working_hours& own) : own_(own) {}

    void insert(time_ms start, time_ms end, int run)
    {
        all_.push_back({start, end, 0, run});
        std::sort(all_.begin(), all_.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
    }
    void erase(int run)
    {
        all_.erase(std::find_if(all_.begin(), all_.end(), [&](const auto& b) { return b.run == run; }));
    }
    timeline::gap free_from(time_ms t, time_ms work) const
    {
        timeline::gap found;
        found.start = t;
        for (const auto& b : all_) {
            if (b.end <= t) {
                found.before = b.run;
                continue;
            }
            if (b.start > found.start && own_.between(found.start, b.start) >= work) {
                found.end = b.start;
                found.after = b.run;
                found.after_end = b.end;
                return found;
            }
            found.start = b.end;
            found.before = b.run;
        }
        return found;
    }
    bool free(time_ms start, time_ms end) const
    {
        return std::all_of(all_.begin(), all_.end(), [&](const auto& b) { return b.end <= start || end <= b.start; });
    }
    const std::vector<timeline::booking>& all() const { return all_; }

private:
    const working_hours& own_;
    std::vector<timeline::booking> all_;
};

} // namespace

TEST_CASE("a timeline finds the room that a plain list finds, whatever was booked and taken out", "[timeline]")
{
    calendar shifts;
    for (time_ms d = 0; d < 200; ++d) shifts.push_back({d * 100 + 20, d * 100 + 80});
    const working_hours own(shifts);
    for (unsigned seed = 1; seed <= 5; ++seed) {
        std::mt19937 dice(seed);
        const auto number = [&](int below) { return static_cast<time_ms>(dice() % static_cast<unsigned>(below)); };
        timeline quick(&own);
        plain_timeline plain(own);
        for (int step = 0; step < 3000; ++step) {
            const time_ms start = number(19'000), end = start + 1 + number(12);
            if (number(100) < 70 && plain.free(start, end)) {
                quick.insert(start, end, step);
                plain.insert(start, end, step);
            } else if (number(100) < 30 && !plain.all().empty()) {
                const auto gone = plain.all()[static_cast<std::size_t>(number(static_cast<int>(plain.all().size())))];
                quick.erase(gone.start, gone.run);
                plain.erase(gone.run);
            }
            const time_ms work = 1 + number(60);
            const auto a = quick.free_from(start, work), b = plain.free_from(start, work);
            INFO("seed " << seed << ", step " << step);
            REQUIRE(a.start == b.start);
            REQUIRE(a.end == b.end);
            REQUIRE(a.before == b.before);
            REQUIRE(a.after == b.after);
        }
    }
}

TEST_CASE("nights are no room", "[timeline]")
{
    const working_hours own({{0, 10}, {100, 110}});
    timeline line(&own);
    line.insert(4, 8, 1);
    line.insert(101, 110, 2);
    CHECK(line.free_from(0, 3).start == 0);
    CHECK(line.free_from(4, 3).start == 8); // two before the night, one in the morning
    CHECK(line.free_from(4, 4).start == 110);
}
