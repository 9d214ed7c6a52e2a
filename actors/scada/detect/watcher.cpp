#include "actors/scada/detect/watcher.hpp"

#include "actors/scada/detect/words.hpp"

namespace takt::detect {

watcher::watcher(scada::detector config, bool stands)
    : config_(std::move(config)), key_(scada::key_of(config_)), memory_(begin(config_.rule)), stands_(stands)
{
    if (auto* l = std::get_if<limit_rule>(&memory_)) l->outside = stands;
}

watcher::memory watcher::begin(scada::rule rule)
{
    switch (rule) {
    case scada::rule::limit: return limit_rule{};
    case scada::rule::rate: return rate_rule{};
    case scada::rule::stuck: return stuck_rule{};
    case scada::rule::silence: return silence_rule{};
    case scada::rule::energy_per_piece:
    case scada::rule::cycle_time: return pieces_rule{};
    case scada::rule::wear: return wear_rule{};
    case scada::rule::ewma:
    case scada::rule::cusum:
    case scada::rule::nelson: break;
    }
    return chart{};
}

void watcher::take(instant at, double x, findings& out)
{
    if (auto* limit = std::get_if<limit_rule>(&memory_)) { // nearly all of nearly every plant's samples end here
        window_.push({at, x});
        if (!limit->look(config_, x) && !stands_ && !deviant_since_) return;
        return settle(limit->judge(config_), at, x, out);
    }
    const auto j = judge(at, x);
    if (j.says == judgement::verdict::none) return;
    settle(j, at, x, out);
}

judgement watcher::judge(instant at, double x)
{
    if (auto* c = std::get_if<chart>(&memory_)) {
        const auto point = c->group.add(x, config_.group);
        if (!point) return {};
        window_.push({at, *point});
        return judge_chart(*c, *point);
    }
    if (auto* p = std::get_if<pieces_rule>(&memory_)) {
        if (config_.rule == scada::rule::energy_per_piece) {
            p->group.amount += p->energy.add(config_, at, x);
            return {};
        }
        const auto mean = p->group.count(config_, at, x, true);
        if (!mean) return {};
        window_.push({at, *mean});
        return judge_pieces(*p, *mean);
    }
    if (auto* silence = std::get_if<silence_rule>(&memory_)) {
        silence->heard = at;
        window_.push({at, x});
        return judgement::of(false);
    }
    window_.push({at, x});
    if (auto* rate = std::get_if<rate_rule>(&memory_)) return rate->judge(config_, at, x);
    if (auto* stuck = std::get_if<stuck_rule>(&memory_)) return stuck->judge(config_, at, x);
    return std::get<wear_rule>(memory_).judge(config_, at, x);
}

judgement watcher::judge_chart(chart& c, double x)
{
    const bool learns = !config_.target || !config_.sigma;
    if (learns && c.learned.count < config_.learn) {
        c.learned.add(x);
        return {};
    }
    const double target = config_.target.value_or(c.learned.mean);
    const double sigma = config_.sigma.value_or(c.learned.sigma());
    if (config_.rule == scada::rule::ewma) return c.ewma.judge(config_, target, sigma, x);
    if (config_.rule == scada::rule::cusum) return c.cusum.judge(config_, target, sigma, x);
    const double off = x - target;
    const double z = sigma > 0 ? off / sigma : off * 1e9; // a tag that never moved: any move is far
    const int failed = c.nelson.add(z, config_.tests);
    auto j = judgement::of(failed != 0);
    j.test = failed;
    j.statistic = z;
    j.low = target - 3 * sigma;
    j.high = target + 3 * sigma;
    return j;
}

judgement watcher::judge_pieces(pieces_rule& p, double mean)
{
    if (!config_.target && p.learned.count < config_.learn) {
        p.learned.add(mean);
        return {};
    }
    const double target = config_.target.value_or(p.learned.mean);
    const auto times = [&](const std::optional<double>& share) {
        return share ? std::optional(*share * target) : std::nullopt;
    };
    const auto low = times(config_.low), high = times(config_.high);
    auto j = judgement::of((low && mean < *low) || (high && mean > *high));
    j.statistic = mean;
    j.low = low;
    j.high = high;
    return j;
}

void watcher::count(instant at, double total, findings& out)
{
    if (auto* wear = std::get_if<wear_rule>(&memory_)) return wear->count(total);
    auto* p = std::get_if<pieces_rule>(&memory_);
    if (p == nullptr) return;
    const auto mean = p->group.count(config_, at, total, false);
    if (!mean) return;
    window_.push({at, *mean});
    const auto j = judge_pieces(*p, *mean);
    if (j.says != judgement::verdict::none) settle(j, at, *mean, out);
}

void watcher::look(instant now, findings& out)
{
    auto* silence = std::get_if<silence_rule>(&memory_);
    if (silence == nullptr) return;
    if (!silence->heard) silence->heard = now; // from when it is watched
    auto j = judgement::of(now - *silence->heard >= config_.window_ms);
    if (!j.deviant()) return;
    j.statistic = static_cast<double>((now - *silence->heard).count()) / 1000.0;
    j.high = static_cast<double>(config_.window_ms.count()) / 1000.0;
    settle(j, now, window_.empty() ? 0 : window_.back().value, out);
}

/// What deviates becomes an alarm when it has lasted, and what stands is over when all has been well for long enough.
void watcher::settle(const judgement& j, instant at, double x, findings& out)
{
    if (j.deviant()) {
        if (!deviant_since_) deviant_since_ = at;
        deviant_at_ = at;
        if (stands_ || at - *deviant_since_ < config_.on_delay_ms) return;
        return raise(j, at, x, out);
    }
    deviant_since_.reset();
    if (!stands_) return;
    if (!deviant_at_) deviant_at_ = at;
    if (at - *deviant_at_ < config_.off_delay_ms) return;
    stands_ = false;
    out.recovered.push_back({key_, config_.tag, x, at});
}

void watcher::raise(const judgement& j, instant at, double x, findings& out)
{
    stands_ = true;
    scada::detection d;
    d.detector = key_;
    d.rule = config_.rule;
    d.tag = config_.tag;
    d.what = in_words(config_, j, x);
    d.value = x;
    d.statistic = j.statistic;
    d.low = j.low;
    d.high = j.high;
    d.from = window_.empty() ? *deviant_since_ : std::min(window_.front().at, *deviant_since_);
    d.to = at;
    d.window.reserve(window_.size());
    for (std::size_t i = 0; i < window_.size(); ++i) d.window.push_back(window_[i]);
    d.forecast = j.forecast;
    d.cause = config_.cause;
    d.priority = config_.priority;
    d.latching = config_.latching;
    out.raised.push_back(std::move(d));
}

} // namespace takt::detect
