#include "actors/scada/detect/bank.hpp"

#include <algorithm>
#include <cmath>

#include "messages/core/json_write.hpp"

namespace takt::detect {

void bank::configure(const std::vector<scada::detector>& detectors, const std::vector<scada::computed_tag>& computed,
                     const std::function<bool(const std::string& key)>& stands)
{
    auto before = std::move(watchers_);
    watchers_.clear();
    computed_.clear();
    tags_.clear();
    for (const auto& d : detectors) {
        const auto same = std::find_if(before.begin(), before.end(),
                                       [&](const watcher& w) { return to_json(w.config()) == to_json(d); });
        if (same != before.end())
            watchers_.push_back(std::move(*same));
        else
            watchers_.emplace_back(d, stands(scada::key_of(d)));
        const auto i = watchers_.size() - 1;
        tags_[place(d.tag)].watched_by.push_back(i);
        if (!d.counter.empty()) tags_[place(d.counter)].counted_by.push_back(i);
    }
    for (const auto& c : computed) {
        auto how = expression::parse(c.expression);
        if (!how) continue;
        computation one;
        one.how = std::move(*how);
        one.into = place(c.tag);
        for (const auto& name : one.how.tags()) one.from.push_back(place(name));
        one.values.resize(one.from.size());
        for (const auto from : one.from) tags_[from].computes.push_back(computed_.size());
        computed_.push_back(std::move(one));
    }
}

std::size_t bank::place_of(std::string_view name) const
{
    for (std::size_t i = 0; i < tags_.size(); ++i)
        if (tags_[i].name == name) return i;
    return nowhere;
}

std::size_t bank::place(const std::string& name)
{
    if (const auto known = place_of(name); known != nowhere) return known;
    tags_.emplace_back();
    tags_.back().name = name;
    return tags_.size() - 1;
}

void bank::take(std::size_t place, instant at, double value, findings& out)
{
    for (const auto c : tags_[place].computes)
        if (computed_[c].pending && *computed_[c].pending < at) compute(computed_[c], *computed_[c].pending, out);
    feed(place, at, value, out);
    for (const auto c : tags_[place].computes) arrive(computed_[c], at, out);
}

void bank::feed(std::size_t place, instant at, double value, findings& out)
{
    auto& t = tags_[place];
    t.value = value;
    t.at = at;
    for (const auto w : t.counted_by) watchers_[w].count(at, value, out);
    for (const auto w : t.watched_by) watchers_[w].take(at, value, out);
}

void bank::arrive(computation& c, instant at, findings& out)
{
    bool all = true;
    for (const auto from : c.from) {
        if (!tags_[from].at) return;
        all = all && *tags_[from].at == at;
    }
    if (all)
        compute(c, at, out);
    else
        c.pending = at;
}

void bank::compute(computation& c, instant at, findings& out)
{
    c.pending.reset();
    for (std::size_t i = 0; i < c.from.size(); ++i) c.values[i] = tags_[c.from[i]].value;
    const double value = c.how.value(c.values);
    if (std::isfinite(value)) feed(c.into, at, value, out);
}

void bank::look(instant now, findings& out)
{
    for (auto& c : computed_)
        if (c.pending && *c.pending < now) compute(c, *c.pending, out);
    for (auto& w : watchers_) w.look(now, out);
}

} // namespace takt::detect
