#include "gateways/http/router.hpp"

namespace takt::http {
namespace {

bool is_name(const std::string& part) { return part.size() > 2 && part.front() == '{' && part.back() == '}'; }

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& segments)
{
    if (pattern.size() != segments.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (!is_name(pattern[i]) && pattern[i] != segments[i]) return false;
    return true;
}

} // namespace

std::string route::allow() const
{
    std::string all;
    const auto name = [&](std::string_view method) { all.append(all.empty() ? "" : ", ").append(method); };
    if (methods.contains("GET")) {
        name("GET");
        name("HEAD");
    }
    name("OPTIONS");
    if (methods.contains("POST")) name("POST");
    return all;
}

void router::add(route r)
{
    entry e;
    e.pattern = parse_target(r.pattern).value().path;
    e.what = std::move(r);
    entries_.push_back(std::move(e));
}

const route* router::find(const std::vector<std::string>& segments, std::map<std::string, std::string>& path) const
{
    for (const auto& [pattern, what] : entries_) {
        if (!fits(pattern, segments)) continue;
        for (std::size_t i = 0; i < pattern.size(); ++i)
            if (is_name(pattern[i])) path[pattern[i].substr(1, pattern[i].size() - 2)] = segments[i];
        return &what;
    }
    if (rest_ && (segments.empty() || segments.front() != "api")) return &*rest_;
    return nullptr;
}

} // namespace takt::http
