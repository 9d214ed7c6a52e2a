#include "sim/scenario.hpp"
#include "messages/core/json_read.hpp"

#include <array>
#include <fstream>
#include <sstream>

namespace takt::sim {
namespace {

void must(problems& wrong, bool holds, std::string_view member, std::string_view what)
{
    if (!holds) wrong.push_back({"#/" + std::string(member), std::string(what)});
}

problems check(const scenario& s)
{
    problems wrong;
    constexpr std::string_view share = "must be from 0 to 1";
    constexpr std::string_view factor = "must be 0 or more";
    constexpr std::string_view positive = "must be more than 0";
    const auto is_share = [](double v) { return v >= 0 && v <= 1; };
    must(wrong, !s.orders_per_day || *s.orders_per_day >= 0, "orders_per_day", factor);
    must(wrong, s.opening_orders >= 0 && s.opening_orders <= 100'000, "opening_orders", "must be from 0 to 100000");
    must(wrong, s.quantity_factor > 0, "quantity_factor", positive);
    must(wrong, s.due_days_minimum > 0, "due_days_minimum", positive);
    must(wrong, s.due_days_maximum >= s.due_days_minimum, "due_days_maximum", "must not be below due_days_minimum");
    must(wrong, is_share(s.urgent_share), "urgent_share", share);
    must(wrong, s.run_time_factor > 0, "run_time_factor", positive);
    must(wrong, s.scrap_factor >= 0, "scrap_factor", factor);
    must(wrong, s.failure_factor >= 0, "failure_factor", factor);
    must(wrong, s.repair_factor > 0, "repair_factor", positive);
    must(wrong, s.late_factor >= 0, "late_factor", factor);
    must(wrong, s.short_factor >= 0, "short_factor", factor);
    must(wrong, s.defect_factor >= 0, "defect_factor", factor);
    must(wrong, is_share(s.process_defect_rate), "process_defect_rate", share);
    must(wrong, is_share(s.absence_rate), "absence_rate", share);
    must(wrong, is_share(s.lateness_share), "lateness_share", share);
    must(wrong, is_share(s.mistake_rate), "mistake_rate", share);
    must(wrong, s.pick_seconds > 0, "pick_seconds", positive);
    must(wrong, s.sample_interval_ms >= milliseconds{100}, "sample_interval_ms", "must be at least 100");
    must(wrong, s.progress_interval_ms >= milliseconds{1000}, "progress_interval_ms", "must be at least 1000");
    must(wrong, !s.duration_ms || *s.duration_ms > milliseconds{0}, "duration_ms", positive);
    return wrong;
}

std::vector<std::filesystem::path> folders()
{
    std::vector<std::filesystem::path> all{"sim/scenarios"};
    std::error_code none;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", none);
    if (none) return all;
    const auto beside = program.parent_path();
    all.push_back(beside / "sim/scenarios");
    all.push_back(beside.parent_path() / "sim/scenarios");
    all.push_back(beside.parent_path() / "share/takt/scenarios");
    return all;
}

std::optional<std::filesystem::path> find_file(const std::string& name)
{
    if (name.find('/') != std::string::npos || name.ends_with(".json")) return name;
    for (const auto& folder : folders()) {
        auto path = folder / (name + ".json");
        if (std::filesystem::exists(path)) return path;
    }
    return std::nullopt;
}

} // namespace

checked<scenario> read_scenario(std::string_view text)
{
    auto s = read_json_text<scenario>(text, strictness::at_the_door);
    if (!s) return s;
    if (auto wrong = check(*s); !wrong.empty()) return wrong;
    return s;
}

checked<scenario> load_scenario(const std::string& name)
{
    const auto path = find_file(name);
    if (!path) {
        if (name == "normal") return scenario{};
        return problems{{"#", "there is no scenario '" + name + "' in sim/scenarios; give a path to a file"}};
    }
    std::ifstream file(*path);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return problems{{"#", "'" + path->string() + "' cannot be read"}};
    return read_scenario(text.str());
}

} // namespace takt::sim
