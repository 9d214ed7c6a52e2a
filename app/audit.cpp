#include "app/audit.hpp"

#include <filesystem>
#include <iomanip>
#include <iostream>

#include "actors/kinds.hpp"

namespace takt::app {

runtime::verification audit(const std::string& directory)
{
    const persistence::store disk(directory, persistence::store::access::read_only);
    const auto kinds = all_kinds();
    return runtime::verify(disk, kinds);
}

void print_laws(const runtime::verification& v)
{
    constexpr int width = 44;
    for (const auto& law : v.laws) {
        std::cout << (law.violations == 0 ? "  holds   " : "  BROKEN  ") << std::left << std::setw(width) << law.name
                  << ' ' << law.checked << " checked";
        if (law.violations > 0) std::cout << ", " << law.violations << " violated";
        std::cout << '\n';
        if (law.first)
            std::cout << "          " << law.first->entity.path() << ", event " << law.first->position << ": "
                      << law.first->detail << '\n';
    }
}

exit_code on_data(const std::string& directory, const std::function<exit_code()>& work)
{
    if (!std::filesystem::is_directory(directory)) {
        std::cerr << "takt: there is no data directory " << directory << '\n';
        return exit_code::unusable;
    }
    try {
        return work();
    } catch (const std::runtime_error& error) {
        std::cerr << "takt: " << directory << ": " << error.what() << '\n';
        return exit_code::unusable;
    }
}

} // namespace takt::app
