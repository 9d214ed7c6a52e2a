#include "metrics/process_metrics.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

#include "metrics/family.hpp"

namespace takt::metrics {
namespace {

struct process_numbers {
    double cpu_seconds = 0, threads = 0, virtual_bytes = 0, resident_bytes = 0;
};

/// Fields of /proc/self/stat as proc(5) numbers them; the name before them may contain anything but ends at the last
/// parenthesis.
process_numbers read_stat()
{
    constexpr int user_time = 14, system_time = 15, threads = 20, virtual_size = 23, resident_pages = 24;
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    const auto name_end = line.rfind(')');
    if (name_end == std::string::npos) return {};
    std::istringstream rest(line.substr(name_end + 1));
    process_numbers n;
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    const auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
    std::string text;
    for (int field = 3; field <= resident_pages && rest >> text; ++field) {
        if (field == user_time || field == system_time) n.cpu_seconds += std::stod(text) / ticks;
        if (field == threads) n.threads = std::stod(text);
        if (field == virtual_size) n.virtual_bytes = std::stod(text);
        if (field == resident_pages) n.resident_bytes = std::stod(text) * page;
    }
    return n;
}

double open_files()
{
    double count = 0;
    std::error_code gone;
    for (std::filesystem::directory_iterator at("/proc/self/fd", gone), end; !gone && at != end; at.increment(gone))
        ++count;
    return count;
}

} // namespace

std::vector<prometheus::MetricFamily> process_metrics::Collect() const
{
    const auto n = read_stat();
    return {counter("process_cpu_seconds_total", "User and system CPU time spent in seconds.", n.cpu_seconds),
            gauge("process_threads", "Threads of the process.", n.threads),
            gauge("process_open_fds", "Open file descriptors.", open_files()),
            gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.", n.virtual_bytes),
            gauge("process_resident_memory_bytes", "Resident memory size in bytes.", n.resident_bytes)};
}

} // namespace takt::metrics
