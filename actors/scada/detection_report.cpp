#include "actors/scada/detection_report.hpp"

#include "messages/anomaly/anomaly.hpp"
#include "messages/core/json_write.hpp"
#include "messages/scada/alarm.hpp"

namespace takt::scada {
namespace {

anomaly::severity severity_of(alarm_priority p)
{
    switch (p) {
    case alarm_priority::low: return anomaly::severity::info;
    case alarm_priority::medium: return anomaly::severity::warning;
    case alarm_priority::high:
    case alarm_priority::critical: break;
    }
    return anomaly::severity::critical;
}

} // namespace

void report(decision& d, const entity_ref& source, const detection& what)
{
    d.send(alarm::key_of(source, what.detector), alarm::raise{source, what});
    d.send(anomaly::key_of(what.detector, source),
           anomaly::raise{source, what.detector, severity_of(what.priority), what.what, what.from});
}

void report(decision& d, const entity_ref& source, const recovery& what)
{
    d.send(alarm::key_of(source, what.detector), alarm::clear{source, what});
    d.send(anomaly::key_of(what.detector, source),
           anomaly::clear{what.detector, "within_limits", what.tag + " is " + to_json(what.value)});
}

bool reportable(const entity_ref& source, const std::string& detector)
{
    return valid_key(alarm::key_of(source, detector)) && valid_key(anomaly::key_of(detector, source));
}

} // namespace takt::scada
