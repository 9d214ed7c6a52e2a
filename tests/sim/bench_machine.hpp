#pragma once

#include "messages/core/json_write.hpp"
#include "sim/machine_model.hpp"

namespace takt::sim::test {

inline constexpr instant monday_six{1'767'589'200'000}; // 2026-01-05T05:00:00Z

inline plant::machine lathe()
{
    plant::machine m;
    m.key = "T-101";
    m.work_center = "turning";
    m.rated_power_kw = 14;
    m.limits = {{"spindle_temperature_celsius", std::nullopt, 78}};
    m.behaviour.scrap_rate = 0;
    m.behaviour.time_between_failures_ms = std::chrono::hours(1'000'000);
    return m;
}

inline equipment::assignment job(std::int64_t pieces, std::int64_t run = 1)
{
    equipment::assignment a;
    a.job.work_order = "WO-1";
    a.job.operation = "10";
    a.job.run = run;
    a.job.item = "SHAFT";
    a.job.quantity = quantity::of(pieces);
    a.job.machine = "T-101";
    a.job.setup_time_ms = std::chrono::minutes(10);
    a.job.run_time_ms = std::chrono::minutes(3);
    return a;
}

/// A machine on its own bench: inputs at times of one's choice, and everything it says.
class machine_bench {
public:
    explicit machine_bench(const plant::machine& what = lathe(), const scenario& how = {})
        : model(what, "W-T-101", how, monday_six)
    {
    }

    void assign(const equipment::assignment& a)
    {
        model.assign(a, now);
        model.advance(now, said);
    }
    /// Follows the machine from wake-up to wake-up, as the floor does.
    void run_for(milliseconds time)
    {
        const auto end = now + time;
        while (true) {
            const auto next = model.next();
            if (!next || *next > end) break;
            now = std::max(now, *next);
            model.advance(now, said);
        }
        now = end;
        model.advance(now, said);
    }
    template <class Report> std::vector<Report> all() const
    {
        std::vector<Report> found;
        for (const auto& m : said)
            if (const auto* one = m.as<Report>()) found.push_back(*one);
        return found;
    }
    std::string transcript() const
    {
        std::string text;
        for (const auto& m : said) {
            text.append(m.type().name).append(1, ' ');
            m.write(text);
            text += '\n';
        }
        return text;
    }

    instant now = monday_six;
    machine_model model;
    std::vector<message> said;
};

} // namespace takt::sim::test
