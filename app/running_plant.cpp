#include "app/running_plant.hpp"

#include <filesystem>

#include <date/tz.h>

#include "actors/kinds.hpp"
#include "app/compare_loop.hpp"
#include "app/version.hpp"
#include "gateways/http/access.hpp"
#include "gateways/plant/plant_file.hpp"
#include "gateways/sparkplug/topic.hpp"
#include "messages/core/log.hpp"
#include "metrics/node_metrics.hpp"
#include "metrics/plant_metrics.hpp"
#include "sim/what_if.hpp"

namespace takt::app {
namespace {

template <class T> T usable(checked<T> read, const std::string& what)
{
    if (!read) throw unusable(what + ": " + describe(read.error()));
    return std::move(*read);
}

plant::file load_plant(const plant_options& o)
{
    auto plant = usable(plant::load(o.plant), o.plant);
    if (o.machines > 0) plant = plant::scaled(plant, o.machines);
    return o.no_loop ? without_loop(std::move(plant)) : plant;
}

/// Monday 06:00, by the plant's own clock, of the week that it is now.
instant first_shift(const std::string& time_zone)
{
    const auto* zone = date::locate_zone(time_zone);
    const auto now = date::sys_time<milliseconds>(milliseconds(runtime::plant_clock::wall().ms));
    const auto today = date::floor<date::days>(zone->to_local(now));
    const auto monday = today - (date::weekday(today) - date::Monday);
    const auto begin = zone->to_sys(monday + std::chrono::hours(6), date::choose::earliest);
    return {std::chrono::duration_cast<milliseconds>(begin.time_since_epoch()).count()};
}

std::unique_ptr<runtime::caf_node> open_node(const kind_registry& kinds, const plant_options& o,
                                             const plant::file& plant)
{
    runtime::node_options node;
    node.directory = o.data;
    node.speed = o.speed;
    if (o.keep_samples) node.bounds.samples_for = *o.keep_samples;
    if (o.begins_monday) node.plant_start = first_shift(plant.time_zone);
    try {
        return std::make_unique<runtime::caf_node>(kinds, node);
    } catch (const std::runtime_error& error) {
        throw unusable(o.data + ": " + error.what());
    }
}

http::server_options door_options(const plant_options& o)
{
    http::server_options door;
    http::read_endpoint(o.http, door);
    if (!o.token_file.empty()) door.token = http::read_token_file(o.token_file);
    return door;
}

/// The console's files are built and installed beside the program: build/web, or /usr/share/takt/web for /usr/bin/takt.
/// A program that stands alone has none.
std::string console_folder()
{
    namespace fs = std::filesystem;
    std::error_code unknown;
    const auto program = fs::read_symlink("/proc/self/exe", unknown);
    for (const auto& folder : {program.parent_path() / "web", program.parent_path() / "../share/takt/web"})
        if (fs::is_regular_file(folder / "index.html", unknown)) return folder.string();
    log_info("console_missing", {{"detail", program.string() + " has no web console beside it: ./dev build makes it"}});
    return {};
}

mqtt::endpoint broker_of(const plant_options& o)
{
    const auto broker = mqtt::read_url(o.mqtt);
    if (!broker) throw std::invalid_argument("--mqtt: '" + o.mqtt + "' is not mqtt://[user:password@]host[:port]");
    if (!o.sparkplug_host.empty() && !sparkplug::valid_id(o.sparkplug_host))
        throw std::invalid_argument("--sparkplug-host: '" + o.sparkplug_host + "' is no id: it must not hold + / #");
    return *broker;
}

std::unique_ptr<sim::simulator> make_world(const plant_options& o, runtime::node& node, const std::string& url,
                                           const plant::file& plant)
{
    auto scenario = usable(sim::load_scenario(*o.scenario), *o.scenario);
    if (o.seed) scenario.seed = *o.seed;
    const auto token = o.token_file.empty() ? std::string() : http::read_token_file(o.token_file);
    std::optional<mqtt::endpoint> broker;
    if (!o.sparkplug_host.empty()) broker = broker_of(o);
    return std::make_unique<sim::simulator>(node, url, plant, scenario, token, broker);
}

std::unique_ptr<mqtt::gateway> make_gateway(const plant_options& o, runtime::node& node, const plant::file& plant)
{
    mqtt::gateway_options gateway;
    gateway.broker = broker_of(o);
    gateway.sparkplug_host = o.sparkplug_host;
    return std::make_unique<mqtt::gateway>(node, plant, gateway);
}

} // namespace

running_plant::running_plant(const plant_options& o)
    : plant_(load_plant(o)), kinds_(all_kinds()), node_(open_node(kinds_, o, plant_)), shown_(version)
{
    define_plant();
    shown_.add(std::make_shared<metrics::node_metrics>(*node_));
    shown_.add(std::make_shared<metrics::plant_metrics>(*node_));
    auto door = door_options(o);
    door.plant_name = plant_.name;
    door.console = console_folder();
    door.what_if = sim::what_if_runner(kinds_, plant_);
    if (!o.mqtt.empty()) {
        gateway_ = make_gateway(o, *node_, plant_);
        shown_.add(gateway_->metrics());
    }
    if (!plant_.feeds.modbus.empty()) {
        registers_ = std::make_unique<modbus::gateway>(*node_, plant_);
        shown_.add(registers_->metrics());
    }
    if (gateway_ || registers_) door.feeds = [this] { return feeds(); };
    door_ = std::make_unique<http::server>(*node_, std::move(door), shown_);
    door_->start();
    if (gateway_) gateway_->start();
    if (registers_) registers_->start();
    if (o.scenario) {
        world_ = make_world(o, *node_, door_->url(), plant_);
        world_->start();
    }
}

running_plant::~running_plant()
{
    if (world_) world_->stop();
    if (gateway_) gateway_->stop();
    if (registers_) registers_->stop();
    if (door_) door_->stop();
}

/// Definitions have an identity, so those that the journal has already change nothing.
void running_plant::define_plant()
{
    std::size_t refused = 0;
    for (auto& definition : plant::definitions(plant_)) {
        const auto entity = definition.target.path();
        const auto a = node_->ask(std::move(definition));
        if (a.result == runtime::outcome::accepted) continue;
        if (a.result != runtime::outcome::refused) throw unusable("cannot define " + entity + ": " + a.detail);
        ++refused;
        log_debug("plant_definition_refused", {{"entity", entity}, {"reason", a.reason}, {"detail", a.detail}});
    }
    log_info("plant_defined", {{"name", plant_.name}, {"refused", refused}});
}

/// The gateways' reports as one object.
std::string running_plant::feeds() const
{
    std::string all = gateway_ ? gateway_->report() : "{}";
    if (!registers_) return all;
    all.pop_back();
    return all + (gateway_ ? "," : "") + "\"modbus\":" + registers_->report() + '}';
}

std::string running_plant::plant_time() const
{
    const date::sys_time<milliseconds> now{milliseconds(node_->now().ms)};
    const auto zoned = date::make_zoned(plant_.time_zone, date::floor<std::chrono::minutes>(now));
    return date::format("%a %F %H:%M %Z", zoned);
}

void running_plant::quiesce()
{
    if (world_) world_->stop();
    node_->settle(std::chrono::seconds(5));
}

} // namespace takt::app
