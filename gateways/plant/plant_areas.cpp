#include "gateways/plant/plant_areas.hpp"

#include <algorithm>

#include "gateways/plant/plant_check_parts.hpp"

namespace takt::plant {

std::string area_of(const file& f, const work_center_id& key)
{
    const auto found =
        std::find_if(f.work_centers.begin(), f.work_centers.end(), [&](const auto& w) { return w.key == key; });
    return found == f.work_centers.end() ? std::string(mes::whole_plant) : found->area;
}

std::vector<std::string> areas_of(const file& f)
{
    std::vector<std::string> keys;
    for (const auto& a : f.areas) keys.push_back(a.key);
    if (keys.empty()) keys.emplace_back(mes::whole_plant);
    return keys;
}

std::string area_of(const file& f, const product& p)
{
    return p.routing.empty() ? std::string(mes::whole_plant) : area_of(f, p.routing.front().work_center);
}

std::set<std::string> areas_of(const file& f, const mes::tool& t)
{
    std::set<std::string> all;
    for (const auto& p : f.products)
        for (const auto& step : p.routing)
            for (const auto& mode : step.modes)
                if (mode.tool == t.key) all.insert(area_of(f, step.work_center));
    return all;
}

namespace {

class area_check {
public:
    area_check(const file& f, problems& found) : file_(f), found_(found), areas_(areas_of(f)) {}

    void run()
    {
        each(file_.work_centers, "#/work_centers", [&](const auto& w, const auto& at) { expect_area(w.area, at); });
        each(file_.operators, "#/operators", [&](const auto& one, const auto& at) { expect_area(one.area, at); });
        each(file_.grid_connections, "#/grid_connections",
             [&](const auto& g, const auto& at) { expect_area(g.area, at); });
        each(file_.power_caps, "#/power_caps", [&](const auto& c, const auto& at) { expect_area(c.area, at); });
        each(file_.tools, "#/tools", [&](const auto& t, const auto& at) {
            expect(areas_of(file_, t).size() <= 1, at, "is used in several areas; give each a tool of its own");
        });
        each(file_.products, "#/products", [&](const product& p, const std::string& at) {
            each(p.routing, at + "/routing",
                 [&, area = area_of(file_, p)](const routing_step& s, const std::string& path) {
                     expect(area_of(file_, s.work_center) == area, path + "/work_center",
                            "stands in another area than the first step, " + area +
                                "; make what is done there a product of its own");
                     check_skills(s, area, path);
                 });
        });
    }

private:
    void expect(bool good, std::string path, std::string otherwise)
    {
        if (!good) found_.push_back({std::move(path), std::move(otherwise)});
    }
    void expect_area(const std::string& key, const std::string& path)
    {
        expect(std::find(areas_.begin(), areas_.end(), key) != areas_.end(), path + "/area",
               file_.areas.empty() ? "the plant has no areas, so this is left out"
                                   : "'" + key + "' names no area of this plant");
    }
    void check_skills(const routing_step& s, const std::string& area, const std::string& path)
    {
        if (file_.areas.empty()) return; // that somebody has it at all is checked elsewhere
        each(s.modes, path + "/modes", [&](const plm::operation_mode& m, const std::string& at) {
            const auto can = [&](const person& one) {
                return one.area == area && std::find(one.skills.begin(), one.skills.end(), m.skill) != one.skills.end();
            };
            expect(m.skill.empty() || std::any_of(file_.operators.begin(), file_.operators.end(), can), at + "/skill",
                   "nobody of area " + area + " has the skill '" + m.skill + "'");
        });
    }

    const file& file_;
    problems& found_;
    std::vector<std::string> areas_;
};

} // namespace

void check_areas(const file& f, problems& found) { area_check(f, found).run(); }

} // namespace takt::plant
