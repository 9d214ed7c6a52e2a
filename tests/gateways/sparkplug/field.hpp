#pragma once

#include "gateways/sparkplug/host.hpp"
#include "messages/core/json_read.hpp"

namespace takt::test {

using namespace takt::sparkplug;

inline const instant noon = *parse_rfc3339("2026-01-05T12:00:00Z");

inline metric named(std::string name, data_type type, raw_value raw)
{
    metric m;
    m.name = std::move(name);
    m.type = type;
    m.at = noon;
    m.raw = std::move(raw);
    return m;
}

inline metric aliased(std::string name, std::uint64_t alias, data_type type, raw_value raw)
{
    auto m = named(std::move(name), type, std::move(raw));
    m.alias = alias;
    return m;
}

inline metric by_alias(std::uint64_t alias, raw_value raw)
{
    metric m;
    m.alias = alias;
    m.at = noon;
    m.raw = std::move(raw);
    return m;
}

/// An edge node with one device, as the specification wants it, and the host that listens to it.
struct field {
    explicit field(host_options o = {})
        : listener([&] {
              o.host_id = "takt";
              return o;
          }())
    {
    }

    host listener;
    instant now = noon;
    std::uint64_t seq = 0, bd_seq = 7;

    host_outcome say(message_kind kind, std::vector<metric> metrics, std::optional<std::uint64_t> number,
                     const std::string& device = {})
    {
        const topic t{kind, {"gears", "line-1", device}};
        return listener.receive(to_string(t), encode({now, number, std::move(metrics)}), now);
    }
    host_outcome next(message_kind kind, std::vector<metric> metrics, const std::string& device = {})
    {
        seq = (seq + 1) % 256;
        return say(kind, std::move(metrics), seq, device);
    }
    host_outcome birth()
    {
        seq = 0;
        return say(message_kind::nbirth,
                   {named("bdSeq", data_type::int64, std::uint64_t{bd_seq}),
                    named("Node Control/Rebirth", data_type::boolean, false),
                    aliased("load", 1, data_type::float64, 0.5)},
                   seq);
    }
    host_outcome device_birth(const std::string& device = "M-1")
    {
        return next(message_kind::dbirth,
                    {aliased("temperature", 2, data_type::int16, std::uint32_t{20}),
                     aliased("running", 3, data_type::boolean, true),
                     named("pieces", data_type::uint32, std::uint32_t{1})},
                    device);
    }
    host_outcome death(std::uint64_t number)
    {
        return say(message_kind::ndeath, {named("bdSeq", data_type::int64, number)}, std::nullopt);
    }
    /// Born, with its device.
    void begin()
    {
        birth();
        device_birth();
    }
    const edge_node& node() const { return *listener.find("gears", "line-1"); }
};

inline std::string reasons(const host_outcome& out)
{
    std::string all;
    for (const auto& r : out.what.refused) all += (all.empty() ? "" : " ") + r.reason;
    return all;
}

inline bool asks_for_rebirth(const publication& p)
{
    if (p.topic != "spBv1.0/gears/NCMD/line-1" || p.qos != 0 || p.retain) return false;
    const auto said = decode(p.payload);
    return said && !said.ok->seq && said.ok->at && said.ok->metrics.size() == 1 &&
           said.ok->metrics[0].name == "Node Control/Rebirth" && said.ok->metrics[0].type == data_type::boolean &&
           said.ok->metrics[0].raw == raw_value(true);
}

} // namespace takt::test
