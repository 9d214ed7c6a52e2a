#include "app/case_view.hpp"

#include <iostream>

#include <date/tz.h>

#include "messages/anomaly/anomaly.hpp"
#include "messages/core/json_read.hpp"

namespace takt::app {
namespace {

template <class Event> std::optional<Event> read(const runtime::fact& f)
{
    auto e = read_json_text<Event>(f.data, strictness::from_storage);
    return e ? std::optional(std::move(*e)) : std::nullopt;
}

/// What a fact of a case says; empty for what is not worth a line.
std::string words(const runtime::fact& f)
{
    if (f.type == "opened") {
        const auto e = read<anomaly::opened>(f);
        return e ? "OPEN    " + e->type + (e->detail.empty() ? "" : ": " + e->detail) : std::string();
    }
    if (f.type == "closed") {
        const auto e = read<anomaly::closed>(f);
        return e ? "closed  " + e->cause : std::string();
    }
    if (f.type == "step_begun") {
        const auto e = read<anomaly::step_begun>(f);
        return e ? std::string(e->by.empty() ? "waits   " : "begun   ") + std::string(enum_name(e->step)) + ' ' +
                       e->detail
                 : std::string();
    }
    if (f.type == "step_ended") {
        const auto e = read<anomaly::step_ended>(f);
        return e ? std::string(e->skipped ? "left    " : "done    ") + std::string(enum_name(e->step)) + ": " +
                       e->detail
                 : std::string();
    }
    if (f.type == "escalated") {
        const auto e = read<anomaly::escalated>(f);
        return e ? "told    " + e->role : std::string();
    }
    return {};
}

} // namespace

case_view::case_view(runtime::node& node, std::string time_zone) : time_zone_(std::move(time_zone))
{
    facts_ = node.subscribe([this](const runtime::facts& all) {
        for (const auto& f : *all)
            if (f.entity.kind() == "anomaly") take(f);
    });
}

void case_view::take(const runtime::fact& f)
{
    const auto what = words(f);
    if (what.empty()) return;
    const date::sys_time<milliseconds> at{milliseconds(f.at.ms)};
    const auto when = date::format("%a %H:%M:%S", date::make_zoned(time_zone_, date::floor<std::chrono::seconds>(at)));
    const std::lock_guard lock(mutex_);
    lines_.push_back(when + "  " + std::string(f.entity.key()) + "  " + what);
}

void case_view::show()
{
    const std::lock_guard lock(mutex_);
    for (const auto& line : lines_) std::cout << line << '\n';
    std::cout << std::flush;
    lines_.clear();
}

} // namespace takt::app
