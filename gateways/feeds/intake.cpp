#include "gateways/feeds/intake.hpp"

#include <algorithm>
#include <cmath>

#include "messages/core/json_write.hpp"

namespace takt::feeds {
namespace {

constexpr std::size_t rejections_kept = 200;
constexpr int good_quality = 192, stale_quality = 500;

} // namespace

void intake::reject(instant now, const std::string& from, const std::string& name, const std::string& reason,
                    std::string detail)
{
    ++counted_.rejected[reason];
    if (latest_.size() == rejections_kept) latest_.pop_front();
    latest_.push_back({now, from, name, reason, std::move(detail)});
}

std::optional<scada::sample> intake::take(const target& to, const measured& what, instant now, const std::string& from,
                                          const std::string& name)
{
    const auto no = [&](const char* reason, std::string detail) {
        reject(now, from, name, reason, std::move(detail));
        return std::nullopt;
    };
    if (to.boolean != what.boolean) return no("wrong_type", to.boolean ? "is no boolean" : "is no number");
    if (!std::isfinite(what.value)) return no("not_finite", to.tag + " is no finite number");
    const double value = to.to_sample.of(what.value);
    if ((to.low && value < *to.low) || (to.high && value > *to.high))
        return no("out_of_range", to.tag + " is " + to_json(value));
    const auto at = what.at.value_or(now);
    if (at > now + early_) return no("in_the_future", "measured at " + to_rfc3339(at));
    if (at + late_ < now) return no("too_late", "measured at " + to_rfc3339(at));
    if (what.historical) {
        ++counted_.historical;
        return std::nullopt;
    }
    auto& before = last_[&to];
    if (before.at == at && before.value == value && before.quality == what.quality) {
        ++counted_.repeated;
        return std::nullopt;
    }
    if (at < before.at)
        ++counted_.late;
    else
        before = {value, at, what.quality};
    ++counted_.taken;
    counted_.lag_seconds += std::max(0.0, std::chrono::duration<double>(now - at).count());
    if (what.quality != good_quality) ++counted_.bad_quality;
    return scada::sample{to.source, to.tag, value, at, what.quality};
}

std::optional<scada::sample> intake::go_stale(const target& to)
{
    const auto before = last_.find(&to);
    if (before == last_.end() || before->second.quality == stale_quality) return std::nullopt;
    auto& l = before->second;
    l.quality = stale_quality;
    ++counted_.taken;
    ++counted_.bad_quality;
    return scada::sample{to.source, to.tag, l.value, l.at, stale_quality};
}

} // namespace takt::feeds
