
#include "gateways/mqtt/gateway_parts.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/log.hpp"

/// What becomes of a packet.
namespace takt::mqtt {
namespace {

/// What edge nodes say of themselves, not of machines.
bool is_administrative(const std::string& metric)
{
    return metric == "bdSeq" || metric.starts_with("Node Control/") || metric.starts_with("Device Control/") ||
           metric.starts_with("Properties/") || metric.starts_with("Job/") || metric.starts_with("Status/") ||
           metric.starts_with("Control/") || metric.starts_with("Parameter/");
}

/// Of a JSON document: RFC 3339, or ms since 1970.
std::optional<instant> time_of(const boost::json::value& v)
{
    if (v.is_string()) return parse_rfc3339(std::string(v.get_string()));
    boost::system::error_code none;
    const auto ms = v.to_number<std::int64_t>(none);
    return none ? std::nullopt : std::optional(instant{ms});
}

} // namespace

void gateway::parts::take_packet(const std::string& topic, const std::string& payload)
{
    if (!topic.starts_with("spBv1.0/")) return take_json(topic, payload);
    const auto out = host.receive(topic, payload, utc());
    publish(out.publish);
    take_outcome(out.what);
    drive();
}

void gateway::parts::take_outcome(const sparkplug::outcome& o)
{
    const auto now = node.now();
    for (const auto& r : o.refused)
        intake.reject(now, r.from.group.empty() ? "" : r.from.path(), r.metric, r.reason, r.detail);
    for (const auto& r : o.readings) take_reading(r);
    for (const auto& c : o.changes) {
        log_info(c.online ? "sparkplug_born" : "sparkplug_died", {{"of", c.of.path()}});
        tell_feed(c);
    }
    if (!o.readings.empty() || !o.changes.empty()) driver.take(o);
}

void gateway::parts::take_reading(const sparkplug::reading& r)
{
    const auto now = node.now();
    const auto* to = dictionary.find(r.from, r.metric);
    if (to == nullptr) {
        if (!r.stale && !is_administrative(r.metric))
            intake.reject(now, r.from.path(), r.metric, "unmapped", "no row of the dictionary");
        return;
    }
    std::optional<scada::sample> s;
    if (r.stale) {
        s = intake.go_stale(*to);
    } else if (std::holds_alternative<std::monostate>(r.value)) {
        intake.count_null();
    } else if (const auto number = sparkplug::as_number(r.value)) {
        const bool boolean = std::holds_alternative<bool>(r.value);
        s = intake.take(*to, {*number, r.at, r.quality, r.historical, boolean}, now, r.from.path(), r.metric);
    } else {
        intake.reject(now, r.from.path(), r.metric, "wrong_type", "is no number");
    }
    if (s) forwarding.put(std::move(*s));
}

void gateway::parts::take_json(const std::string& topic, const std::string& payload)
{
    const auto now = node.now();
    constexpr std::size_t payload_most = 1 << 20;
    if (payload.size() > payload_most) return intake.reject(now, topic, {}, "bad_payload", "is larger than 1 MiB");
    const auto document = parse_json(payload);
    if (!document || !document->is_object())
        return intake.reject(now, topic, {}, "bad_payload",
                             document ? "is no JSON object" : describe(document.error()));
    const auto found = dictionary.match(topic, *document);
    if (!found) return intake.reject(now, topic, {}, "unmapped", "no feed has this topic");
    std::optional<instant> at;
    if (!found->time.empty()) {
        const auto* time = document->get_object().if_contains(found->time);
        at = time == nullptr ? std::nullopt : time_of(*time);
        if (!at) return intake.reject(now, topic, found->time, "bad_time", "is neither RFC 3339 nor ms since 1970");
    }
    for (const auto& v : found->values) {
        if (v.value == nullptr) continue;
        if (v.value->is_null()) {
            intake.count_null();
            continue;
        }
        if (v.to == nullptr) {
            intake.reject(now, topic, v.field, "unmapped", "the topic names no machine or meter of the plant");
            continue;
        }
        boost::system::error_code none;
        const bool boolean = v.value->is_bool();
        const double number = boolean ? (v.value->get_bool() ? 1 : 0) : v.value->to_number<double>(none);
        if (none) {
            intake.reject(now, topic, v.field, "wrong_type", "is no number");
            continue;
        }
        if (auto s = intake.take(*v.to, {number, at, sparkplug::good_quality, false, boolean}, now, topic, v.field))
            forwarding.put(std::move(*s));
    }
}

/// Carries between the plant and the devices what is new on either side.
void gateway::parts::drive()
{
    for (auto& r : driver.reports()) link.report(r.machine, std::move(r.what));
    for (const auto& w : driver.writes(utc(), node.now())) {
        const auto command = host.command(w.to, w.metrics, utc());
        if (command) {
            ++commands;
            publish({*command.ok});
        } else {
            intake.reject(node.now(), w.to.path(), w.metrics.front().first, "not_written", command.reason);
        }
    }
}

} // namespace takt::mqtt
