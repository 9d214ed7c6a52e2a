#include "app/log_options.hpp"

#include <map>
#include <memory>

namespace takt::app {

void add_log_options(CLI::App& command, log_level usual)
{
    struct choice {
        log_format format = log_format::text;
        log_level level = log_level::info;
    };
    auto chosen = std::make_shared<choice>();
    chosen->level = usual;
    static const std::map<std::string, log_format> formats{{"text", log_format::text}, {"json", log_format::json}};
    static const std::map<std::string, log_level> levels{
        {"debug", log_level::debug}, {"info", log_level::info}, {"warning", log_level::warning},
        {"error", log_level::error}, {"off", log_level::off},
    };
    command.add_option("--log-format", chosen->format, "Lines on standard error as text, or as JSON")
        ->transform(CLI::CheckedTransformer(formats))
        ->type_name("text|json")
        ->default_str("text");
    command.add_option("--log-level", chosen->level, "The least important lines that are written")
        ->transform(CLI::CheckedTransformer(levels))
        ->type_name("debug|info|warning|error|off")
        ->default_str(usual == log_level::info ? "info" : "warning");
    command.parse_complete_callback([chosen] { open_log(chosen->format, chosen->level); });
}

} // namespace takt::app
