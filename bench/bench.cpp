#include "bench/bench.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <thread>

#include <sys/utsname.h>

#include "messages/core/json_write.hpp"

namespace takt::bench {
namespace {

std::string first_value(const std::string& file, const std::string& name)
{
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with(name)) continue;
        const auto value = line.find_first_not_of(" \t", line.find(':') + 1);
        return value == std::string::npos ? std::string() : line.substr(value);
    }
    return "unknown";
}

} // namespace

boost::json::object machine()
{
    utsname system{};
    uname(&system);
    return {{"cpu", first_value("/proc/cpuinfo", "model name")},
            {"cores", std::thread::hardware_concurrency()},
            {"memory", first_value("/proc/meminfo", "MemTotal")},
            {"kernel", system.release}};
}

void print_table(const std::string& title, const boost::json::object& figures)
{
    std::cout << title << '\n';
    std::size_t width = 0;
    for (const auto& f : figures) width = std::max(width, f.key().size());
    for (const auto& f : figures) {
        const auto value = f.value().is_string() ? std::string(f.value().get_string()) : to_json(f.value());
        std::cout << "  " << std::string_view(f.key()) << std::string(width - f.key().size() + 2, ' ') << value << '\n';
    }
}

scratch_folder::scratch_folder(const std::string& named) : path_(named)
{
    if (!named.empty()) return;
    auto pattern = (std::filesystem::current_path() / "takt-bench-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("cannot make a folder in " + std::filesystem::current_path().string());
    path_ = pattern;
    remove_ = true;
}

scratch_folder::~scratch_folder()
{
    std::error_code ignored;
    if (remove_) std::filesystem::remove_all(path_, ignored);
}

} // namespace takt::bench
