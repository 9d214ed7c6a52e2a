#pragma once

#include "messages/anomaly/playbook.hpp"

/// Steps of a case that others do: purchasing, planning, personnel, sales, energy, feeds.
namespace takt::anomaly {

struct note_step {
    static constexpr std::string_view doc = "From whom a step has asked: it is done, or cannot be.";
    anomaly::step_kind step = anomaly::step_kind::expedite;
    bool done = true;
    std::string detail; ///< what was done, or why not
};
BOOST_DESCRIBE_STRUCT(note_step, (), (step, done, detail))

/// The key of the case that has asked; empty if it was somebody else.
inline std::string_view case_of(std::string_view asked_by)
{
    constexpr std::string_view cases = "anomaly/";
    return asked_by.starts_with(cases) ? asked_by.substr(cases.size()) : std::string_view();
}

} // namespace takt::anomaly
