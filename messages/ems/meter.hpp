#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

namespace takt::ems {

/// A price that holds at some hours of every day, local time. An end at or before the start is on the next day.
struct tariff_window {
    std::string name; ///< "peak"
    std::string start, end;
    double price_per_kwh = 0;
};
BOOST_DESCRIBE_STRUCT(tariff_window, (), (name, start, end, price_per_kwh))

} // namespace takt::ems

/// meter/<key>: electric energy of one machine, summed from power samples ("power_kw").
namespace takt::meter {

struct define {
    static constexpr std::string_view doc = "Door (energy): a meter, the machine it measures, and what energy costs.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"zone", "base_price_per_kwh"});
    machine_id machine;
    std::string zone = "UTC";      ///< IANA name, of the tariff's hours
    double base_price_per_kwh = 0; ///< outside all windows
    std::vector<ems::tariff_window> tariff;
};
BOOST_DESCRIBE_STRUCT(define, (), (machine, zone, base_price_per_kwh, tariff))

struct record_energy {
    static constexpr std::string_view doc = "From its own telemetry, or door (reading): energy used between two times.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"peak_kw"});
    instant from, to;
    double energy_kwh = 0;
    double peak_kw = 0;
};
BOOST_DESCRIBE_STRUCT(record_energy, (), (from, to, energy_kwh, peak_kw))

struct defined {
    static constexpr std::string_view doc = "The meter's master data was set.";
    define definition;
};
BOOST_DESCRIBE_STRUCT(defined, (), (definition))

struct energy_recorded {
    static constexpr std::string_view doc = "Energy was used, at a tariff.";
    instant from, to;
    double energy_kwh = 0;
    double peak_kw = 0;
    std::string tariff; ///< window's name, or "base"
    double cost = 0;
};
BOOST_DESCRIBE_STRUCT(energy_recorded, (), (from, to, energy_kwh, peak_kw, tariff, cost))

} // namespace takt::meter
