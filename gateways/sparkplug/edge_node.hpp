#pragma once

#include <map>
#include <unordered_map>

#include "gateways/sparkplug/payload.hpp"
#include "gateways/sparkplug/topic.hpp"

namespace takt::sparkplug {

/// One metric as it came, or as it became stale.
struct reading {
    thing from;
    std::string metric;
    sparkplug::value value;    ///< monostate: null
    std::optional<instant> at; ///< the source's own time
    int quality = good_quality;
    bool historical = false, transient = false;
    bool stale = false; ///< nobody measured it: the node or device is gone
};

/// A node or device came or went.
struct presence {
    thing of;
    bool online = false;
    instant at;
};

/// A metric that was not taken, and why.
struct rejected {
    thing from;
    std::string metric; ///< empty: the whole message
    std::string reason; ///< stable snake_case word
    std::string detail;
};

/// What follows from a message.
struct outcome {
    std::vector<reading> readings;
    std::vector<presence> changes;
    std::vector<rejected> refused;
    bool wants_rebirth = false;
};

struct edge_counters {
    std::uint64_t births = 0, device_births = 0, deaths = 0, device_deaths = 0, stale_deaths = 0, data = 0;
    std::uint64_t gaps = 0, reordered = 0, repeated = 0, before_birth = 0, rebirth_requests = 0;
};

/// What the host knows of a metric since its birth.
struct known_metric {
    std::string name;
    std::optional<std::uint64_t> alias;
    data_type type = data_type::unknown;
    sparkplug::value value;
    std::optional<instant> at;
    bool stale = false;
};

struct known_device {
    bool online = false;
    instant since; ///< it is so: by a birth or an NDEATH the host's UTC time, by a DDEATH the payload's
    std::vector<known_metric> metrics;
    std::unordered_map<std::string, std::size_t> by_name;
};

/// An edge node with its devices, as a host application sees it. Pure: no clock, no I/O. Messages are taken in the
/// order of `seq`: one that is too early waits until those before it have come, or expire() gives them up.
class edge_node {
public:
    edge_node(std::string group, std::string name);

    /// `now` is the host's UTC time. Commands (NCMD, DCMD) are not for hosts and are ignored.
    outcome take(const topic& t, payload p, instant now, milliseconds reorder_timeout);
    /// Something was lost: what waits for it is taken without it. Call when gap_since() is too long ago.
    outcome expire(instant now);

    std::optional<instant> gap_since() const { return gap_since_; }
    bool online() const { return online_; }
    /// Ends with the next NBIRTH.
    bool wants_rebirth() const { return wants_rebirth_; }
    const std::map<std::string, known_device>& devices() const { return devices_; } ///< the node's own under ""
    const known_metric* find(const std::string& device, std::string_view metric) const;
    const edge_counters& counted() const { return counted_; }
    /// Something may have been missed: an online node is to be born anew.
    void doubt() { wants_rebirth_ = wants_rebirth_ || online_; }
    void count_rebirth_request() { ++counted_.rebirth_requests; }
    std::optional<std::uint64_t> bd_seq() const { return bd_seq_; }

private:
    void take_in_order(const topic& t, const payload& p, instant now, outcome& out);
    void drain(instant now, outcome& out);
    void node_birth(const payload& p, instant now, outcome& out);
    void device_birth(const thing& of, const payload& p, instant now, outcome& out);
    void learn(const thing& of, const payload& p, instant now, outcome& out);
    void data(const thing& of, const payload& p, outcome& out);
    known_metric* find_known(known_device& device, const std::string& name, const metric& m);
    void step(int over);
    void node_death(const payload& p, instant now, outcome& out);
    void go_offline(const thing& of, instant at, outcome& out);
    void want_rebirth(outcome& out);
    thing itself() const { return {group_, name_, {}}; }

    std::string group_, name_;
    bool online_ = false, wants_rebirth_ = false;
    std::optional<std::uint64_t> bd_seq_;
    std::uint8_t next_seq_ = 0;
    std::map<std::string, known_device> devices_;
    std::unordered_map<std::uint64_t, std::pair<std::string, std::size_t>> aliases_; ///< → device and metric
    struct early {
        topic where;
        payload what;
    };
    std::map<int, early> early_; ///< by distance from next_seq_
    std::optional<instant> gap_since_;
    edge_counters counted_;
};

} // namespace takt::sparkplug
