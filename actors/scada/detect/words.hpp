#pragma once

#include "actors/scada/detect/judgement.hpp"
#include "messages/scada/detector.hpp"

namespace takt::detect {

/// A detection in one sentence for people: "vibration_mm_per_s is 7.4, high limit 7.1".
std::string in_words(const scada::detector& d, const judgement& j, double value);

} // namespace takt::detect
