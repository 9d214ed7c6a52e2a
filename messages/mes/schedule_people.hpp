#pragma once

#include "messages/mes/job.hpp"

/// Somebody who should be at work, whose skill is needed, and who is not there.
namespace takt::schedule {

struct find_substitute {
    static constexpr std::string_view doc =
        "From anomaly: somebody else with the person's skills is called in for the rest of the shift.";
    operator_id person;
};
BOOST_DESCRIBE_STRUCT(find_substitute, (), (person))

struct plan_without {
    static constexpr std::string_view doc = "From anomaly: nobody counts on the person until the shift is over.";
    operator_id person;
};
BOOST_DESCRIBE_STRUCT(plan_without, (), (person))

struct open_next_shift {
    static constexpr std::string_view doc = "From anomaly: the next optional shift is worked.";
};
BOOST_DESCRIBE_STRUCT(open_next_shift, (), ())

struct check_person {
    static constexpr std::string_view doc = "From its own timer: the shift of the missing person is over.";
    operator_id person;
};
BOOST_DESCRIBE_STRUCT(check_person, (), (person))

struct person_missed {
    static constexpr std::string_view doc = "Work stands ready, and the person who is on shift for it is not there.";
    operator_id person;
    std::string skill;
    instant until; ///< end of the shift
};
BOOST_DESCRIBE_STRUCT(person_missed, (), (person, skill, until))

struct person_excused {
    static constexpr std::string_view doc = "The plan does without the person until then.";
    operator_id person;
    instant until;
};
BOOST_DESCRIBE_STRUCT(person_excused, (), (person, until))

struct substitute_called {
    static constexpr std::string_view doc = "Somebody is called in for somebody else.";
    operator_id person, for_person;
    instant from, to;
};
BOOST_DESCRIBE_STRUCT(substitute_called, (), (person, for_person, from, to))

struct miss_ended {
    static constexpr std::string_view doc = "The missing person came, or the shift is over.";
    operator_id person;
};
BOOST_DESCRIBE_STRUCT(miss_ended, (), (person))

} // namespace takt::schedule
