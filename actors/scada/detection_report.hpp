#pragma once

#include "actors/decision.hpp"
#include "messages/scada/detection.hpp"

/// Who hears of what a detector has found: the one place where a detection leaves the machine. The alarm point shows it
/// to operators; the anomaly of its type opens a case.
namespace takt::scada {

void report(decision& d, const entity_ref& source, const detection& what);
void report(decision& d, const entity_ref& source, const recovery& what);

/// Whether the alarm and the anomaly of a detector at this source have valid keys.
bool reportable(const entity_ref& source, const std::string& detector);

} // namespace takt::scada
