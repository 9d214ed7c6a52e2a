#include "runtime/derived_codec.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

namespace takt::runtime {
namespace {

struct stored_effect {
    entity_ref target;
    std::uint64_t position = 0;
};
BOOST_DESCRIBE_STRUCT(stored_effect, (), (target, position))

struct stored_timer {
    std::uint64_t id = 0;
    instant due;
};
BOOST_DESCRIBE_STRUCT(stored_timer, (), (id, due))

} // namespace

std::string effect_key(const std::string& sender, std::uint64_t sequence)
{
    return "e" + sender + '\0' + persistence::position_key(sequence);
}

std::string timer_key(const std::string& entity, const std::string& name) { return "t" + entity + '\0' + name; }
std::string effect_value(const outbox::owed& e) { return to_json(stored_effect{e.target, e.position}); }
std::string timer_value(const armed_timer& t) { return to_json(stored_timer{t.id, t.due}); }

void load_outbox(const persistence::store& disk, outbox& into)
{
    disk.scan_keys(persistence::family::outbox, {}, [&](std::string_view key, std::string_view value) {
        const auto end = key.find('\0');
        if (end == std::string_view::npos) return true;
        const std::string who(key.substr(1, end - 1));
        const auto rest = key.substr(end + 1);
        if (key.front() == 'e') {
            if (auto e = read_json_text<stored_effect>(value, strictness::from_storage))
                into.owe(who, persistence::position_of(rest), {e->target, e->position});
        } else if (auto t = read_json_text<stored_timer>(value, strictness::from_storage)) {
            into.arm(who, {std::string(rest), t->id, t->due});
        }
        return true;
    });
}

persistence::change index_entry(const std::string& entity, const std::vector<std::uint64_t>& positions)
{
    std::string value;
    value.reserve(positions.size() * 8);
    for (const auto p : positions) value += persistence::position_key(p);
    return {persistence::family::index, entity + '\0' + persistence::position_key(positions.front()), std::move(value)};
}

void read_index_entry(std::string_view value, std::vector<std::uint64_t>& into)
{
    for (; value.size() >= 8; value.remove_prefix(8)) {
        const auto p = persistence::position_of(value);
        if (into.empty() || p > into.back()) into.push_back(p);
    }
}

} // namespace takt::runtime
