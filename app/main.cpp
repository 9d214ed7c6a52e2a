#include <iostream>

#include "app/commands.hpp"
#include "app/exit_code.hpp"
#include "app/signals.hpp"
#include "messages/core/log.hpp"

int main(int argc, char** argv)
{
    using namespace takt::app;
    hold_signals(); // before any thread starts, so that all inherit it
    takt::open_log(takt::log_format::text, takt::log_level::info);

    CLI::App takt("Takt runs a factory's data as live, coordinated entities.");
    takt.name("takt");
    takt.footer(exit_codes_help);
    takt.require_subcommand(1);
    add_run(takt);
    add_demo(takt);
    add_sim(takt);
    add_verify(takt);
    add_rebuild(takt);
    add_bench(takt);
    add_get(takt);
    add_list(takt);
    add_send(takt);
    add_export(takt);
    add_plant(takt);
    add_schedule(takt);
    add_what_if(takt);

    try {
        takt.parse(argc, argv);
        return static_cast<int>(exit_code::done);
    } catch (const CLI::RuntimeError& ended) { // a subcommand's own exit code; it has said why
        return ended.get_exit_code();
    } catch (const CLI::ParseError& error) { // also --help
        return takt.exit(error) == 0 ? 0 : static_cast<int>(exit_code::usage);
    } catch (const std::exception& error) {
        std::cerr << "takt: " << error.what() << '\n';
        return static_cast<int>(exit_code::failed);
    }
}
