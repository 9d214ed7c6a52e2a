#include "runtime/replay_node.hpp"

#include <stdexcept>

#include "messages/core/json_read.hpp"
#include "runtime/derived.hpp"

namespace takt::runtime {
namespace {

row row_of(const entity_view& v)
{
    auto state = parse_json(v.state);
    if (!state || !state->is_object()) throw std::runtime_error("cannot read the state of " + v.entity.path());
    return {std::string(v.entity.key()), v.revision,
            std::make_shared<const boost::json::object>(std::move(state->as_object()))};
}

} // namespace

replay_node::replay_node(const kind_registry& kinds, instant start) : kinds_(kinds), host_(kinds, start)
{
    host_.keep_no_records();
    host_.on_record = [this](std::uint64_t position, const std::string& record) { publish(position, record); };
}

replay_node::replay_node(const kind_registry& kinds, std::shared_ptr<const past> before)
    : kinds_(kinds), host_(kinds, std::move(before))
{
    host_.keep_no_records();
    host_.on_record = [this](std::uint64_t position, const std::string& record) { publish(position, record); };
    host_.settle();
}

void replay_node::advance_to(instant when)
{
    if (when > now()) host_.advance(when - now());
}

void replay_node::send(envelope command, on_answer then)
{
    host_.send(std::move(command), std::move(then));
    if (settling_) return; // from a callback of one that is being done
    settling_ = true;
    host_.settle();
    settling_ = false;
}

bool replay_node::observe(const entity_ref&, std::vector<scada::sample> samples)
{
    counted_.samples_dropped += samples.size();
    return true;
}

entity_view replay_node::view(const entity_ref& entity)
{
    if (kinds_.find(entity.kind()) == nullptr || !valid_key(entity.key())) return {entity, 0, {}, {}};
    return host_.view(entity);
}

entity_view replay_node::at_revision(const entity_ref& entity, std::uint64_t) { return {entity, 0, {}, {}}; }
entity_view replay_node::at_time(const entity_ref& entity, instant) { return {entity, 0, {}, {}}; }

std::vector<row> replay_node::list(std::string_view kind, const std::string& after, std::size_t limit,
                                   const std::function<bool(const row&)>& wanted)
{
    const std::string prefix = std::string(kind) + '/';
    std::vector<row> found;
    for (auto i = host_.paths().upper_bound(prefix + after); i != host_.paths().end(); ++i) {
        if (!i->starts_with(prefix) || found.size() == limit) break;
        auto one = row_of(host_.view(entity_ref(*i)));
        if (one.revision > 0 && (!wanted || wanted(one))) found.push_back(std::move(one));
    }
    return found;
}

std::optional<row> replay_node::find(const entity_ref& entity)
{
    if (!host_.paths().contains(entity.path())) return std::nullopt;
    return row_of(host_.view(entity));
}

std::shared_ptr<void> replay_node::subscribe(std::function<void(const facts&)> to)
{
    auto s = std::make_shared<sink>(std::move(to));
    sinks_.push_back(s);
    return s;
}

void replay_node::publish(std::uint64_t position, const std::string& record)
{
    auto all = facts_of(position, record);
    counted_.events += all.size();
    ++counted_.commands;
    if (all.empty()) return;
    const auto shared = std::make_shared<const std::vector<fact>>(std::move(all));
    for (const auto& s : sinks_)
        if (const auto alive = s.lock()) (*alive)(shared);
}

std::shared_ptr<const past> replay_node::copy()
{
    throw std::runtime_error("a copy of a plant cannot be copied again");
}

} // namespace takt::runtime
