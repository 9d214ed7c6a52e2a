#pragma once

#include <functional>

#include "actors/scada/alarm.hpp"

/// Alarms of the whole plant: how many at a time, which together. After ISA-18.2-2016, clause 16, as docs/alarms.md
/// explains; pure, from what the journal says.
namespace takt::http {

/// A time at which an alarm was shown to operators.
struct annunciation {
    std::string alarm; ///< its key
    scada::alarm_priority priority = scada::alarm_priority::medium;
    instant at;
    std::optional<instant> over; ///< missing: it is still active
};

struct alarm_count {
    static constexpr std::string_view doc = "How often an alarm was shown.";
    std::string alarm;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(alarm_count, (), (alarm, count))

struct alarm_figures {
    static constexpr std::string_view doc = "How many alarms operators had to handle, against the targets of ISA-18.2.";
    instant from, to;
    std::int64_t consoles = 1; ///< that share the alarms evenly
    std::int64_t annunciated = 0;
    double per_hour = 0;                    ///< a console; about 6, at most 12
    double per_10_minutes = 0;              ///< a console; about 1, at most 2
    std::int64_t most_in_10_minutes = 0;    ///< at most 10
    double periods_above_10_share = 0;      ///< of the periods of ten minutes; below 0.01
    double flood_share = 0;                 ///< of the time; below 0.01
    std::int64_t floods = 0;                ///< begun
    double top_10_share = 0;                ///< of what was shown, by the ten most frequent; below 0.05
    std::vector<alarm_count> top_10;        ///< the most frequent first
    std::vector<alarm_count> chattering;    ///< three or more within a minute, how often; none
    std::vector<alarm_count> fleeting;      ///< over within ten seconds, how often; none
    std::vector<std::string> stale;         ///< active for more than a day; below 5
    std::map<std::string, double> priority; ///< shares: low 0.8, medium 0.15, high and critical 0.05
    std::vector<std::string> shelved, suppressed, out_of_service; ///< now
};
BOOST_DESCRIBE_STRUCT(alarm_figures, (),
                      (from, to, consoles, annunciated, per_hour, per_10_minutes, most_in_10_minutes,
                       periods_above_10_share, flood_share, floods, top_10_share, top_10, chattering, fleeting, stale,
                       priority, shelved, suppressed, out_of_service))

struct grouped_alarm {
    static constexpr std::string_view doc = "An alarm that operators see now.";
    std::string alarm;
    alarm::alarm_status status = alarm::alarm_status::normal;
    scada::alarm_priority priority = scada::alarm_priority::medium;
    entity_ref source;
    std::string what;
    std::optional<instant> raised_at;
};
BOOST_DESCRIBE_STRUCT(grouped_alarm, (), (alarm, status, priority, source, what, raised_at))

struct alarm_group {
    static constexpr std::string_view doc = "Alarms with one cause: of one name, or at one machine.";
    std::string cause;                                           ///< as the detectors name it, else the source
    scada::alarm_priority priority = scada::alarm_priority::low; ///< the highest
    std::string first;                                           ///< the alarm that came first
    std::vector<grouped_alarm> alarms;                           ///< as they came
};
BOOST_DESCRIBE_STRUCT(alarm_group, (), (cause, priority, first, alarms))

struct alarm_groups {
    static constexpr std::string_view doc =
        "What operators see now, by cause, the most urgent first. In a flood a console shows the first of each group.";
    bool flood = false;
    std::int64_t in_10_minutes = 0; ///< shown in the last ten
    std::vector<alarm_group> groups;
};
BOOST_DESCRIBE_STRUCT(alarm_groups, (), (flood, in_10_minutes, groups))

/// Begins with more than ten alarms in ten minutes and ends with fewer than five.
struct flood_times {
    milliseconds time{0};
    std::int64_t begun = 0;
    bool on = false; ///< at the end
};
/// `times` rise; a console's, if its alarms are few or many.
flood_times floods_in(const std::vector<instant>& times, instant from, instant to);

/// `shown` by time.
alarm_figures figures_of(const std::vector<annunciation>& shown, instant from, instant to, std::int64_t consoles);

/// `alarms`: key and state of all. `times`: of what was shown lately, rising.
alarm_groups groups_of(const std::vector<std::pair<std::string, alarm::state>>& alarms,
                       const std::vector<instant>& times, instant now);

} // namespace takt::http
