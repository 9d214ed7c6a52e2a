#pragma once

#include "actors/core/dead_letter.hpp"
#include "actors/make_kind.hpp"

/// The entity that benchmarks use: it takes scans, each an event of about 200 bytes, and counts them.
namespace takt::parcel {

struct scan {
    std::string station;
    std::string note;
    std::uint64_t serial = 0;
};
BOOST_DESCRIBE_STRUCT(scan, (), (station, note, serial))

struct scanned {
    std::string station;
    std::string note;
    std::uint64_t serial = 0;
};
BOOST_DESCRIBE_STRUCT(scanned, (), (station, note, serial))

struct state {
    std::string station;
    std::uint64_t scans = 0;
    std::uint64_t last_serial = 0;
};
BOOST_DESCRIBE_STRUCT(state, (), (station, scans, last_serial))

inline decision decide(const state&, const scan& c, const context&)
{
    return std::move(decision().emit(scanned{c.station, c.note, c.serial}));
}

inline void apply(state& s, const scanned& e)
{
    s.station = e.station;
    ++s.scans;
    s.last_serial = e.serial;
}

struct kind {
    static constexpr std::string_view name = "parcel";
    static constexpr std::string_view doc = "A parcel on a conveyor, for benchmarks.";
    static constexpr bool listed = false;
    using state = parcel::state;
    using commands = types<scan>;
    using events = types<scanned>;
};

/// A command whose event is about 200 bytes of JSON.
inline scan example(std::uint64_t serial) { return {"ST-07", std::string(130, 'n'), serial}; }

inline const kind_registry& kinds()
{
    static const kind_registry all = [] {
        kind_registry r;
        r.add(make_kind<parcel::kind>());
        r.add(make_kind<dead_letter::kind>());
        return r;
    }();
    return all;
}

} // namespace takt::parcel
