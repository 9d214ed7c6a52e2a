#include "messages/mes/machine.hpp"

namespace takt::machine {
namespace {

constexpr const char* no_time = "1970-01-01T00:00:00.000Z";

boost::json::value member(const boost::json::object& document, const char* name)
{
    const auto* found = document.if_contains(name);
    return found == nullptr ? boost::json::value() : *found;
}

std::string detector_of(const boost::json::object& document)
{
    const auto tag = member(document, "tag");
    return "limit." + (tag.is_string() ? std::string(tag.get_string()) : std::string());
}

} // namespace

void alarm_raised::upcast(boost::json::object& document, int /*from*/)
{
    boost::json::object detection{{"detector", detector_of(document)},
                                  {"rule", "limit"},
                                  {"tag", member(document, "tag")},
                                  {"value", member(document, "value")},
                                  {"low", member(document, "low")},
                                  {"high", member(document, "high")},
                                  {"from", no_time},
                                  {"to", no_time}};
    document = {{"detection", std::move(detection)}, {"at", no_time}};
}

void alarm_cleared::upcast(boost::json::object& document, int /*from*/)
{
    boost::json::object recovery{{"detector", detector_of(document)},
                                 {"tag", member(document, "tag")},
                                 {"value", member(document, "value")},
                                 {"at", no_time}};
    document = {{"recovery", std::move(recovery)}, {"at", no_time}};
}

} // namespace takt::machine
