#include <set>

#include "gateways/plant/plant_areas.hpp"
#include "gateways/plant/plant_check_parts.hpp"
#include "scheduling/calendar.hpp"

/// Setup matrices, tools, transport times and power caps: what they say about each other and the rest.
namespace takt::plant {
namespace {

class constraint_check {
public:
    constraint_check(const file& f, problems& found) : file_(f), found_(found) {}

    void run()
    {
        each(file_.setup_matrices, "#/setup_matrices", [&](const mes::setup_matrix& x, const std::string& at) {
            once(matrices_, x.key, at + "/key");
            std::set<std::pair<std::string, std::string>> pairs;
            each(x.changes, at + "/changes", [&](const mes::setup_change& c, const std::string& one) {
                expect(pairs.emplace(c.from, c.to).second, one, "names its pair again");
                expect(c.setup_time_ms.count() >= 0, one + "/setup_time_ms", "must not be negative");
            });
        });
        each(file_.tools, "#/tools", [&](const mes::tool& t, const std::string& at) {
            once(tools_, t.key, at + "/key");
            expect(t.count >= 1, at + "/count", "must be 1 or more");
        });
        for (const auto& w : file_.work_centers) homes_.insert(w.key.text);
        each(file_.transport_times, "#/transport_times", [&](const mes::transport_time& t, const std::string& at) {
            expect(homes_.count(t.from.text) != 0, at + "/from", "names no work center of this plant");
            expect(homes_.count(t.to.text) != 0, at + "/to", "names no work center of this plant");
            expect(t.time_ms.count() >= 0, at + "/time_ms", "must not be negative");
        });
        each(file_.power_caps, "#/power_caps", [&](const mes::power_cap& c, const std::string& at) {
            expect(scheduling::minutes_of_day(c.start).has_value(), at + "/start",
                   "is not a time of day such as 06:00");
            expect(scheduling::minutes_of_day(c.end).has_value(), at + "/end", "is not a time of day such as 06:00");
            for (const auto& m : file_.machines)
                expect(m.rated_power_kw <= c.kw || area_of(file_, m.work_center) != c.area, at + "/kw",
                       "is less than one machine draws");
        });
        each(file_.machines, "#/machines", [&](const machine& m, const std::string& at) {
            expect(m.setup_matrix.empty() || matrices_.count(m.setup_matrix) != 0, at + "/setup_matrix",
                   "names no setup matrix of this plant");
        });
        each(file_.products, "#/products", [&](const product& p, const std::string& at) {
            each(p.routing, at + "/routing", [&](const routing_step& s, const std::string& step) { check(s, step); });
        });
    }

private:
    void check(const routing_step& s, const std::string& path)
    {
        expect(!s.within_ms || s.within_ms->count() > 0, path + "/within_ms", "must be more than 0");
        each(s.modes, path + "/modes", [&](const plm::operation_mode& m, const std::string& at) {
            expect(m.tool.empty() || tools_.count(m.tool) != 0, at + "/tool", "names no tool of this plant");
        });
    }

    void expect(bool good, const std::string& path, const char* otherwise)
    {
        if (!good) found_.push_back({path, otherwise});
    }
    void once(std::set<std::string>& known, const std::string& key, const std::string& path)
    {
        expect(valid_key(key), path, "is not a key: 1 to 80 of A-Z a-z 0-9 . _ : -");
        expect(known.insert(key).second, path, "is there twice");
    }

    const file& file_;
    problems& found_;
    std::set<std::string> matrices_, tools_, homes_;
};

} // namespace

void check_constraints(const file& f, problems& found) { constraint_check(f, found).run(); }

} // namespace takt::plant
