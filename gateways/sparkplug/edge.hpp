#pragma once

#include "gateways/sparkplug/host.hpp"

namespace takt::sparkplug {

/// What a host wrote.
struct written {
    std::string device, metric;
    sparkplug::value value;
};

/// The other side: an edge node with devices, without a connection or a clock. Metrics go by alias once they are born.
/// Not thread-safe.
class edge {
public:
    /// `first_bd_seq`: another one at each start of the process, so that a late will of the last is no death of this.
    edge(std::string group, std::string name, std::uint8_t first_bd_seq);

    /// Device "" is the node itself. Before the first birth.
    void define(const std::string& device, const std::string& metric, data_type type, value first = {});

    publication will(); ///< for the next CONNECT
    std::vector<subscription> subscriptions() const;
    std::vector<publication> births(instant now);
    publication farewell() const; ///< the death that the will would be

    struct change {
        std::string metric;
        value now;
    };
    /// DDATA (or NDATA). Unknown metrics are left out. `historical`: they are not how things are, but were.
    publication say(const std::string& device, const std::vector<change>& changes, instant at, bool historical = false);
    /// The value of a metric as it stands; monostate if there is none.
    value at(const std::string& device, const std::string& metric) const;
    bool knows(const std::string& device, const std::string& metric) const;

    struct heard {
        bool rebirth = false; ///< publish births() now
        std::vector<written> writes;
    };
    heard receive(std::string_view topic, std::string_view payload) const;

private:
    struct tag {
        std::string name;
        data_type type = data_type::unknown;
        sparkplug::value value;
        std::uint64_t alias = 0;
    };
    struct part {
        std::vector<tag> tags;
        std::unordered_map<std::string, std::size_t> by_name;
    };
    std::uint64_t next_seq() { return seq_++; } // wraps at 256
    const tag* find(const std::string& device, const std::string& metric) const;

    std::string group_, name_;
    std::uint8_t bd_seq_, seq_ = 0;
    std::map<std::string, part> parts_;
    std::uint64_t aliases_ = 0;
};

} // namespace takt::sparkplug
