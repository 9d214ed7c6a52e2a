#pragma once

#include <deque>
#include <unordered_map>

#include "gateways/feeds/dictionary.hpp"
#include "messages/scada/sample.hpp"

namespace takt::feeds {

/// A value on its way to become a sample.
struct measured {
    double value = 0;
    std::optional<instant> at; ///< the source's own time; nothing: now
    int quality = 192;
    bool historical = false; ///< measured before, and told now
    bool boolean = false;
};

/// What was not taken, kept to be looked at.
struct rejection {
    instant at;             ///< plant time at which it came
    std::string from, name; ///< "gears/line-1/M-104", or a topic; metric or field
    std::string reason;     ///< stable snake_case word
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(rejection, (), (at, from, name, reason, detail))

struct intake_figures {
    std::uint64_t taken = 0;
    std::uint64_t late = 0, bad_quality = 0;               ///< of those taken
    std::uint64_t repeated = 0, nulls = 0, historical = 0; ///< told, but nothing new of the present
    std::map<std::string, std::uint64_t> rejected;         ///< by reason
    double lag_seconds = 0; ///< plant time from measurement to arrival, summed over those taken; for metrics alone
};
BOOST_DESCRIBE_STRUCT(intake_figures, (), (taken, late, bad_quality, repeated, nulls, historical, rejected))

/// Checks values against the dictionary and time, and counts what happens to each. Not thread-safe.
class intake {
public:
    intake(milliseconds late, milliseconds early) : late_(late), early_(early) {}

    /// The sample, unless there is a reason why not.
    std::optional<scada::sample> take(const target& to, const measured& what, instant now, const std::string& from,
                                      const std::string& name);
    /// The source is gone: its value is what it was when it was measured, and stale. (A time of now would make what a
    /// source with a slow clock says afterwards come late.)
    std::optional<scada::sample> go_stale(const target& to);
    void reject(instant now, const std::string& from, const std::string& name, const std::string& reason,
                std::string detail);
    void count_null() { ++counted_.nulls; }

    const intake_figures& counted() const { return counted_; }
    const std::deque<rejection>& latest() const { return latest_; } ///< the last 200 rejections, oldest first

private:
    struct last {
        double value = 0;
        instant at;
        int quality = 0;
    };
    milliseconds late_, early_;
    std::unordered_map<const target*, last> last_;
    intake_figures counted_;
    std::deque<rejection> latest_;
};

} // namespace takt::feeds
