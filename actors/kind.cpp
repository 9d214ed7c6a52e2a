#include "actors/kind.hpp"

namespace takt {
namespace {

template <class Ops> const Ops* find_named(const std::vector<Ops>& all, std::string_view name)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const Ops& o) { return o.type->name == name; });
    return found == all.end() ? nullptr : &*found;
}

template <class Ops> const Ops* find_typed(const std::vector<Ops>& all, const message_type& type)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const Ops& o) { return o.type == &type; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

const command_ops* kind_ops::find_command(std::string_view command) const { return find_named(commands, command); }
const command_ops* kind_ops::find_command(const message_type& type) const { return find_typed(commands, type); }
const event_ops* kind_ops::find_event(std::string_view event) const { return find_named(events, event); }
const event_ops* kind_ops::find_event(const message_type& type) const { return find_typed(events, type); }

bool kind_ops::open_at_doors(const message_type& type) const
{
    return std::find(doors.begin(), doors.end(), &type) != doors.end();
}

void kind_registry::add(kind_ops kind)
{
    if (find(kind.name) != nullptr) throw std::logic_error("kind " + std::string(kind.name) + " is registered twice");
    const auto check = [&](const message_type& type) {
        if (type.kind != kind.name)
            throw std::logic_error("kind " + std::string(kind.name) + " lists " + std::string(type.name) + " of kind " +
                                   std::string(type.kind));
    };
    for (const auto& c : kind.commands) check(*c.type);
    for (const auto& e : kind.events) check(*e.type);
    kinds_.push_back(std::make_unique<kind_ops>(std::move(kind)));
}

const kind_ops* kind_registry::find(std::string_view name) const
{
    const auto found = std::find_if(kinds_.begin(), kinds_.end(), [&](const auto& k) { return k->name == name; });
    return found == kinds_.end() ? nullptr : found->get();
}

} // namespace takt
