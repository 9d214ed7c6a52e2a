#include "messages/core/log.hpp"

#include <algorithm>
#include <atomic>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "messages/core/json_write.hpp"

namespace takt {
namespace {

std::atomic<log_format> format_in_force = log_format::text;

spdlog::level::level_enum spdlog_level(log_level level)
{
    switch (level) {
    case log_level::debug: return spdlog::level::debug;
    case log_level::info: return spdlog::level::info;
    case log_level::warning: return spdlog::level::warn;
    case log_level::error: return spdlog::level::err;
    case log_level::critical: return spdlog::level::critical;
    case log_level::off: break;
    }
    return spdlog::level::off;
}

/// A word stands as it is; anything else is quoted as in JSON, so that a line stays one line.
void append_value(std::string& out, const std::string& value)
{
    const auto plain = [](char c) { return c > ' ' && c != '"' && c != '=' && c != '\\' && c != 0x7F; };
    if (!value.empty() && std::all_of(value.begin(), value.end(), plain))
        out += value;
    else
        write_json(out, value);
}

} // namespace

void open_log(log_format format, log_level from)
{
    static constexpr auto* name = "takt";
    format_in_force = format;
    auto log = spdlog::get(name);
    if (!log) log = spdlog::stderr_color_mt(name);
    log->set_pattern(format == log_format::json ? R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"
                                                : "%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v",
                     spdlog::pattern_time_type::utc);
    log->set_level(spdlog_level(from));
    spdlog::set_default_logger(log);
}

std::string log_text(log_format format, std::string_view event, log_fields fields)
{
    std::string out;
    if (format == log_format::text) {
        out = event;
        for (const auto& f : fields) append_value(out.append(" ").append(f.name).append("="), f.value);
        return out;
    }
    out = "\"event\":";
    write_json(out, event);
    for (const auto& f : fields) {
        write_json(out += ',', f.name);
        out += ':';
        if (f.plain)
            out += f.value;
        else
            write_json(out, f.value);
    }
    return out;
}

void write_log(log_level level, std::string_view event, log_fields fields)
{
    auto* log = spdlog::default_logger_raw();
    const auto as = spdlog_level(level);
    if (log->should_log(as)) log->log(as, std::string_view(log_text(format_in_force, event, fields)));
}

} // namespace takt
