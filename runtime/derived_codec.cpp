#include "runtime/derived_codec.hpp"

#include <charconv>

#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"
#include "runtime/lines.hpp"

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

/// Takes `{"name":` or `,"name":` off the front of a line.
bool take_name(std::string_view& line, std::string_view name)
{
    if (line.size() < name.size() + 4 || line.substr(2, name.size()) != name) return false;
    line.remove_prefix(name.size() + 4);
    return true;
}

/// Takes a string off the front of a line; nothing if it has escapes.
std::optional<std::string_view> take_text(std::string_view& line)
{
    const auto end = line.find('"', 1);
    if (end == std::string_view::npos) return std::nullopt;
    const auto text = line.substr(1, end - 1);
    if (text.find('\\') != std::string_view::npos) return std::nullopt;
    line.remove_prefix(end + 1);
    return text;
}

std::uint64_t take_number(std::string_view& line)
{
    std::uint64_t n = 0;
    const auto [end, bad] = std::from_chars(line.data(), line.data() + line.size(), n);
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    return bad == std::errc() ? n : 0;
}

/// Nothing if the record says more than that a command was handled, or is not written as record_writer writes.
std::optional<commit_note> plain_note(std::string_view line)
{
    for (const auto more : {R"(,"effects":[)", R"(,"timers":[)", R"(,"cancel":[)"})
        if (line.find(more) != std::string_view::npos) return std::nullopt;
    commit_note note;
    if (!take_name(line, "entity")) return std::nullopt;
    const auto entity = take_text(line);
    if (!entity || !take_name(line, "n")) return std::nullopt;
    note.entity = entity_ref(std::string(*entity));
    take_number(line);
    if (!take_name(line, "rev")) return std::nullopt;
    take_number(line);
    if (!take_name(line, "at") || !take_text(line)) return std::nullopt;
    if (take_name(line, "by")) {
        const auto by = take_text(line);
        if (!by || by->starts_with("timer/") || !take_name(line, "seq")) return std::nullopt;
        note.by = *by;
        note.seq = take_number(line);
    }
    if (take_name(line, "fp")) take_number(line);
    if (take_name(line, "trace"))
        if (const auto trace = take_text(line)) note.trace = read_trace(*trace).id;
    return note;
}

} // namespace

commit_note note_of_line(std::string_view line)
{
    auto plain = plain_note(line);
    return plain ? std::move(*plain) : note_of(read_record(line));
}

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
