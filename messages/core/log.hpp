#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

/// Lines of the log: what happened, under a name that stays, with its particulars.
///
///     text   2026-01-05T06:00:00.000Z warning mqtt_connection_lost broker=plant:1883 reason="keep alive timeout"
///     json {"at":"2026-01-05T06:00:00.000Z","level":"warning","event":"mqtt_connection_lost","broker":"plant:1883",…}
namespace takt {

/// One particular of a line.
struct log_field {
    std::string_view name;
    std::string value;
    bool plain = false; ///< a number or a truth

    log_field(std::string_view n, std::string_view text) : name(n), value(text) {}
    log_field(std::string_view n, const std::string& text) : name(n), value(text) {}
    log_field(std::string_view n, const char* text) : name(n), value(text) {}
    template <class T>
    requires std::is_arithmetic_v<T> log_field(std::string_view n, T number) : name(n), plain(true)
    {
        if constexpr (std::is_same_v<T, bool>)
            value = number ? "true" : "false";
        else
            value = std::to_string(number);
    }
};
using log_fields = std::initializer_list<log_field>;

enum class log_format { text, json };
enum class log_level { debug, info, warning, error, critical, off };

/// Where lines go to: standard error, from this level on. Before any thread logs.
void open_log(log_format format, log_level from);

/// The rest of a line after its time and level.
std::string log_text(log_format format, std::string_view event, log_fields fields);

void write_log(log_level level, std::string_view event, log_fields fields); ///< from any thread

inline void log_debug(std::string_view event, log_fields fields = {}) { write_log(log_level::debug, event, fields); }
inline void log_info(std::string_view event, log_fields fields = {}) { write_log(log_level::info, event, fields); }
inline void log_warning(std::string_view event, log_fields fields = {})
{
    write_log(log_level::warning, event, fields);
}
inline void log_error(std::string_view event, log_fields fields = {}) { write_log(log_level::error, event, fields); }
inline void log_critical(std::string_view event, log_fields fields = {})
{
    write_log(log_level::critical, event, fields);
}

} // namespace takt
