#include "gateways/http/kind_names.hpp"

#include <algorithm>
#include <array>

namespace takt::http {

std::string plural(std::string_view kind)
{
    constexpr std::string_view vowels = "aeiou";
    std::string name(kind);
    const auto ends = [&](std::string_view with) { return name.ends_with(with); };
    if (name.size() > 1 && ends("y") && vowels.find(name[name.size() - 2]) == std::string_view::npos) {
        name.replace(name.size() - 1, 1, "ies");
    } else if (ends("s") || ends("x") || ends("ch") || ends("sh")) {
        name += "es";
    } else {
        name += 's';
    }
    return name;
}

bool reserved_member(std::string_view name)
{
    constexpr std::array<std::string_view, 3> reserved{"key", "entity_revision", "live"};
    return std::find(reserved.begin(), reserved.end(), name) != reserved.end();
}

kind_names::kind_names(const kind_registry& kinds)
{
    for (const auto& kind : kinds.all()) {
        by_name_.emplace(kind->name, kind.get());
        by_name_.emplace(plural(kind->name), kind.get());
        all_.append(all_.empty() ? "" : ", ").append(kind->name);
        const auto schema = kind->state_schema();
        if (const auto* members = schema.if_contains("properties"))
            for (const auto& member : members->as_object())
                if (reserved_member(member.key())) rewritten_.insert(kind.get());
    }
}

const kind_ops* kind_names::find(std::string_view name) const
{
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
}

std::string kind_names::all() const { return all_; }

} // namespace takt::http
