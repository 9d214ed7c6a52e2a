#pragma once

#include "messages/scada/detection.hpp"

/// alarm/<kind>:<key>:<detector>: one alarm point after ISA-18.2 / IEC 62682; its key is made by key_of.
namespace takt::alarm {

/// "machine:M-104:limit.vibration_mm_per_s"
inline std::string key_of(const entity_ref& source, std::string_view detector)
{
    std::string key(source.kind());
    key.append(1, ':').append(source.key()).append(1, ':').append(detector);
    return key;
}

struct raise {
    static constexpr std::string_view doc = "From the machine whose detector found it.";
    entity_ref source;
    scada::detection detection;
};
BOOST_DESCRIBE_STRUCT(raise, (), (source, detection))

struct clear {
    static constexpr std::string_view doc = "From the machine: the tag behaves again.";
    entity_ref source;
    scada::recovery recovery;
};
BOOST_DESCRIBE_STRUCT(clear, (), (source, recovery))

struct acknowledge {
    static constexpr std::string_view doc = "Door (operator): has seen it and acts.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"comment"});
    std::string by;
    std::string comment;
};
BOOST_DESCRIBE_STRUCT(acknowledge, (), (by, comment))

struct reset {
    static constexpr std::string_view doc = "Door (operator): lets a latched alarm go whose tag is well again.";
    std::string by;
};
BOOST_DESCRIBE_STRUCT(reset, (), (by))

struct shelve {
    static constexpr std::string_view doc = "Door (operator): not to be shown for a while. It is still evaluated.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"one_shot"});
    std::string by, reason;
    milliseconds for_ms{0}; ///< more than 0, at most 7 days
    bool one_shot = false;  ///< ends too when the tag is well again
};
BOOST_DESCRIBE_STRUCT(shelve, (), (by, reason, for_ms, one_shot))

struct unshelve {
    static constexpr std::string_view doc = "Door (operator): to be shown again.";
    std::string by;
};
BOOST_DESCRIBE_STRUCT(unshelve, (), (by))

struct end_shelving {
    static constexpr std::string_view doc = "From its own timer: it was shelved for long enough.";
};
BOOST_DESCRIBE_STRUCT(end_shelving, (), ())

struct suppress {
    static constexpr std::string_view doc =
        "From logic, or door (engineering): means nothing while this holds (suppressed by design).";
    std::string by, reason;
};
BOOST_DESCRIBE_STRUCT(suppress, (), (by, reason))

struct unsuppress {
    static constexpr std::string_view doc = "From logic, or door (engineering): means something again.";
    std::string by;
};
BOOST_DESCRIBE_STRUCT(unsuppress, (), (by))

struct take_out_of_service {
    static constexpr std::string_view doc = "Door (maintenance): under repair, by this permit.";
    std::string by, reason, permit;
};
BOOST_DESCRIBE_STRUCT(take_out_of_service, (), (by, reason, permit))

struct return_to_service {
    static constexpr std::string_view doc = "Door (maintenance): works again.";
    std::string by;
};
BOOST_DESCRIBE_STRUCT(return_to_service, (), (by))

struct raised {
    static constexpr std::string_view doc = "The alarm became active.";
    entity_ref source;
    scada::detection detection;
    bool annunciated = true; ///< shown to operators: neither shelved, suppressed nor out of service
    instant at;
};
BOOST_DESCRIBE_STRUCT(raised, (), (source, detection, annunciated, at))

struct cleared {
    static constexpr std::string_view doc = "The tag is well again.";
    scada::recovery recovery;
    instant at;
};
BOOST_DESCRIBE_STRUCT(cleared, (), (recovery, at))

struct acknowledged {
    static constexpr std::string_view doc = "An operator has seen it.";
    std::string by, comment;
    instant at;
};
BOOST_DESCRIBE_STRUCT(acknowledged, (), (by, comment, at))

struct latch_reset {
    static constexpr std::string_view doc = "A latched alarm was let go.";
    std::string by;
    instant at;
};
BOOST_DESCRIBE_STRUCT(latch_reset, (), (by, at))

struct shelved {
    static constexpr std::string_view doc = "It is not shown for a while.";
    std::string by, reason;
    bool one_shot = false;
    instant at, until;
};
BOOST_DESCRIBE_STRUCT(shelved, (), (by, reason, one_shot, at, until))

struct unshelved {
    static constexpr std::string_view doc = "It is shown again.";
    std::string by; ///< "timer" when its time was over, "one_shot" when the tag was well again
    instant at;
};
BOOST_DESCRIBE_STRUCT(unshelved, (), (by, at))

struct suppressed {
    static constexpr std::string_view doc = "It means nothing now, by design.";
    std::string by, reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(suppressed, (), (by, reason, at))

struct unsuppressed {
    static constexpr std::string_view doc = "It means something again.";
    std::string by;
    instant at;
};
BOOST_DESCRIBE_STRUCT(unsuppressed, (), (by, at))

struct taken_out_of_service {
    static constexpr std::string_view doc = "It is under repair.";
    std::string by, reason, permit;
    instant at;
};
BOOST_DESCRIBE_STRUCT(taken_out_of_service, (), (by, reason, permit, at))

struct returned_to_service {
    static constexpr std::string_view doc = "It works again.";
    std::string by;
    instant at;
};
BOOST_DESCRIBE_STRUCT(returned_to_service, (), (by, at))

} // namespace takt::alarm
