#include "bench/labelled_records.hpp"

#include <fstream>
#include <stdexcept>

namespace takt::bench {
namespace {

constexpr std::size_t columns = 14;
constexpr std::size_t first_value = 3, first_label = 9; ///< of the columns; 8 says that any label is set
constexpr std::array<const char*, 5> tags{"air_temperature_kelvin", "process_temperature_kelvin",
                                          "rotational_speed_rpm", "torque_nm", "tool_wear_minutes"};

std::vector<std::string> split(const std::string& line)
{
    std::vector<std::string> all(1);
    for (const char c : line) {
        if (c == ',')
            all.emplace_back();
        else if (c != '\r')
            all.back() += c;
    }
    return all;
}

/// L, M, H: 0, 1, 2.
std::size_t grade_of(const std::string& text)
{
    const auto at = std::string_view("LMH").find(text);
    if (text.size() != 1 || at == std::string_view::npos)
        throw std::runtime_error("type '" + text + "' is not L, M or H");
    return at;
}

} // namespace

std::vector<labelled_record> read_ai4i(const std::string& file, instant begin)
{
    constexpr std::array<int, 3> minutes{2, 3, 5};
    std::ifstream in(file);
    if (!in) throw std::runtime_error("cannot read " + file);
    std::vector<labelled_record> all;
    std::string line;
    std::getline(in, line); // the names
    auto at = begin;
    for (std::size_t number = 2; std::getline(in, line); ++number) {
        const auto cells = split(line);
        try {
            if (cells.size() != columns) throw std::runtime_error("has not 14 columns");
            labelled_record r;
            const auto grade = grade_of(cells[2]);
            at += std::chrono::minutes(minutes[grade]);
            r.at = at;
            for (std::size_t i = 0; i < tags.size(); ++i)
                r.values.emplace_back(tags[i], std::stod(cells[first_value + i]));
            r.values.emplace_back("product_grade", static_cast<double>(grade));
            for (std::size_t i = 0; i < ai4i_modes.size(); ++i) r.failed[i] = cells[first_label + i] == "1";
            all.push_back(std::move(r));
        } catch (const std::exception& why) {
            throw std::runtime_error(file + ":" + std::to_string(number) + ": " + why.what());
        }
    }
    return all;
}

} // namespace takt::bench
