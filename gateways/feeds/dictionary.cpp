#include "gateways/feeds/dictionary.hpp"

#include <algorithm>
#include <set>

#include "gateways/modbus/registers.hpp"

namespace takt::feeds {
namespace {

constexpr std::size_t remembered_most = 200'000;

std::vector<std::string> levels_of(const std::string& topic)
{
    std::vector<std::string> all{""};
    for (const char c : topic)
        if (c == '/')
            all.emplace_back();
        else
            all.back() += c;
    return all;
}

bool is_name(const std::string& level) { return level.size() > 2 && level.front() == '{' && level.back() == '}'; }
std::string name_in(const std::string& level) { return level.substr(1, level.size() - 2); }

/// "machine/{device}" with what the names stand for; nothing if one is unknown.
std::optional<std::string> filled(const std::string& text, const std::map<std::string, std::string>& parts)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto end = text[i] == '{' ? text.find('}', i) : std::string::npos;
        if (end == std::string::npos) {
            out += text[i++];
            continue;
        }
        const auto part = parts.find(text.substr(i + 1, end - i - 1));
        if (part == parts.end()) return std::nullopt;
        out += part->second;
        i = end + 1;
    }
    return out;
}

bool fits(const std::string& pattern, const std::string& text) { return pattern == "*" || pattern == text; }

/// Nothing if the row does not give a source and a tag that can be.
std::optional<target> resolve(const plant::feed_target& row, const std::map<std::string, std::string>& parts,
                              const std::set<std::string>& sources)
{
    const auto source = filled(row.source, parts);
    const auto tag = filled(row.tag, parts);
    if (!source || !tag || !valid_key(*tag)) return std::nullopt;
    const entity_ref entity(*source);
    if (!sources.contains(*source)) return std::nullopt;
    const auto unit = conversion(row.unit, *tag);
    if (!unit) return std::nullopt;
    target t{entity, *tag, row.type == "boolean", *unit, row.low, row.high};
    t.to_sample.offset = unit->offset + unit->scale * row.offset;
    t.to_sample.scale = unit->scale * row.scale;
    return t;
}

/// Of a plant that says nothing: devices are called like its machines and meters, and metrics like its tags.
std::vector<plant::sparkplug_feed> default_rows(const plant::file& plant)
{
    std::vector<plant::sparkplug_feed> rows;
    const auto add = [&](const std::string& device, const char* kind, const std::string& tag) {
        plant::sparkplug_feed row;
        row.device = device;
        row.metric = row.tag = tag;
        row.source = std::string(kind) + device;
        rows.push_back(std::move(row));
    };
    for (const auto& m : plant.machines) {
        add(m.key.text, "machine/", "power_kw");
        add(m.key.text, "machine/", "pieces_total");
        for (const auto& l : m.limits) add(m.key.text, "machine/", l.tag);
    }
    for (const auto& m : plant.meters) add(m.key.text, "meter/", "power_kw");
    for (const auto& g : plant.grid_connections) add(g.key, "demand/", "power_kw");
    return rows;
}

/// Whatever measures.
std::set<std::string> sources_of(const plant::file& plant)
{
    std::set<std::string> all;
    for (const auto& m : plant.machines) all.insert("machine/" + m.key.text);
    for (const auto& m : plant.meters) all.insert("meter/" + m.key.text);
    for (const auto& g : plant.grid_connections) all.insert("demand/" + g.key);
    return all;
}

const boost::json::value* member(const boost::json::value& document, const std::string& path)
{
    const auto* at = &document;
    std::size_t from = 0;
    while (at != nullptr && from <= path.size()) {
        const auto end = std::min(path.find('.', from), path.size());
        const auto* object = at->if_object();
        at = object == nullptr ? nullptr : object->if_contains(std::string_view(path).substr(from, end - from));
        from = end + 1;
    }
    return at;
}

class feed_check {
public:
    explicit feed_check(const plant::file& plant) : feeds_(plant.feeds), known_(sources_of(plant)) {}

    problems run()
    {
        for (std::size_t i = 0; i < feeds_.sparkplug.size(); ++i) {
            const auto& row = feeds_.sparkplug[i];
            const auto at = "#/feeds/sparkplug/" + std::to_string(i);
            if (row.metric.empty()) complain(at + "/metric", "is empty; '*' is any");
            check_target(row, {{"group", ""}, {"edge_node", ""}, {"device", ""}, {"metric", ""}}, at);
        }
        for (std::size_t i = 0; i < feeds_.json.size(); ++i)
            check_json(feeds_.json[i], "#/feeds/json/" + std::to_string(i));
        for (std::size_t i = 0; i < feeds_.modbus.size(); ++i)
            check_modbus(feeds_.modbus[i], "#/feeds/modbus/" + std::to_string(i));
        if (feeds_.late_ms.count() <= 0) complain("#/feeds/late_ms", "must be more than 0");
        if (feeds_.early_ms.count() < 0) complain("#/feeds/early_ms", "must not be negative");
        return std::move(found_);
    }

private:
    void complain(std::string at, std::string why) { found_.push_back({std::move(at), std::move(why)}); }

    void check_json(const plant::json_feed& feed, const std::string& at)
    {
        std::map<std::string, std::string> names;
        for (const auto& level : levels_of(feed.topic)) {
            if (is_name(level))
                names[name_in(level)] = "";
            else if (level.empty() || level.find_first_of("+#{}") != std::string::npos)
                complain(at + "/topic", "'" + level + "' is no level: a text or {name}");
        }
        if (feed.fields.empty()) complain(at + "/fields", "has no fields");
        for (std::size_t i = 0; i < feed.fields.size(); ++i) {
            const auto where = at + "/fields/" + std::to_string(i);
            if (feed.fields[i].field.empty()) complain(where + "/field", "is empty");
            check_target(feed.fields[i], names, where);
        }
    }

    void check_modbus(const plant::modbus_device& d, const std::string& at)
    {
        for (auto& wrong : modbus::check(d, at)) found_.push_back(std::move(wrong));
        for (std::size_t i = 0; i < d.registers.size(); ++i) {
            const auto& r = d.registers[i];
            const auto where = at + "/registers/" + std::to_string(i);
            if (r.role == "sample" || r.role == "set_point")
                check_target(r, {}, where);
            else if (!known_.contains(r.source))
                complain(where + "/source", "'" + r.source + "' is no machine, meter or grid connection of this plant");
        }
    }

    void check_target(const plant::feed_target& row, const std::map<std::string, std::string>& names,
                      const std::string& at)
    {
        const bool fixed = row.source.find('{') == std::string::npos;
        if (fixed ? !known_.contains(row.source) : !filled(row.source, names))
            complain(at + "/source", "'" + row.source + "' is no machine or meter of this plant");
        if (row.tag.empty() || !filled(row.tag, names)) complain(at + "/tag", "'" + row.tag + "' is no tag");
        if (row.type != "number" && row.type != "boolean") complain(at + "/type", "is number or boolean");
        if (!conversion(row.unit, row.tag))
            complain(at + "/unit", "'" + row.unit + "' cannot become the unit of " + row.tag);
        if (row.scale == 0) complain(at + "/scale", "must not be 0");
        if (row.low && row.high && *row.low >= *row.high) complain(at + "/low", "must be less than high");
    }

    const plant::feeds& feeds_;
    const std::set<std::string> known_;
    problems found_;
};

} // namespace

dictionary::dictionary(const plant::file& plant) : feeds_(plant.feeds), sources_(sources_of(plant))
{
    if (feeds_.sparkplug.empty()) feeds_.sparkplug = default_rows(plant);
}

const target* dictionary::remember(std::string key, const plant::feed_target& row, const names& parts)
{
    if (known_.size() >= remembered_most) return nullptr;
    const auto& kept = known_.emplace(std::move(key), resolve(row, parts, sources_)).first->second;
    return kept ? &*kept : nullptr;
}

const target* dictionary::find(const sparkplug::thing& from, const std::string& metric)
{
    auto key = from.path() + '\n' + metric;
    if (const auto known = known_.find(key); known != known_.end()) return known->second ? &*known->second : nullptr;
    for (const auto& row : feeds_.sparkplug) {
        const bool here = fits(row.group, from.group) && fits(row.edge_node, from.edge_node) &&
                          fits(row.device, from.device) && fits(row.metric, metric);
        if (!here) continue;
        return remember(
            std::move(key), row,
            {{"group", from.group}, {"edge_node", from.edge_node}, {"device", from.device}, {"metric", metric}});
    }
    if (known_.size() < remembered_most) known_.emplace(std::move(key), std::nullopt);
    return nullptr;
}

std::vector<std::string> dictionary::json_filters() const
{
    std::set<std::string> all;
    for (const auto& feed : feeds_.json) {
        std::string filter;
        for (const auto& level : levels_of(feed.topic))
            filter.append(filter.empty() ? "" : "/").append(is_name(level) ? "+" : level);
        all.insert(std::move(filter));
    }
    return {all.begin(), all.end()};
}

std::optional<dictionary::json_match> dictionary::match(const std::string& topic, const boost::json::value& document)
{
    const auto said = levels_of(topic);
    for (std::size_t i = 0; i < feeds_.json.size(); ++i) {
        const auto& feed = feeds_.json[i];
        const auto wanted = levels_of(feed.topic);
        names parts;
        bool here = said.size() == wanted.size();
        for (std::size_t k = 0; here && k < wanted.size(); ++k) {
            if (is_name(wanted[k]))
                parts[name_in(wanted[k])] = said[k];
            else
                here = wanted[k] == said[k];
        }
        if (!here) continue;
        json_match found{feed.time, {}};
        for (const auto& field : feed.fields) {
            auto key = std::to_string(i) + '\n' + topic + '\n' + field.field;
            const auto known = known_.find(key);
            const target* to = known == known_.end() ? remember(std::move(key), field, parts)
                               : known->second       ? &*known->second
                                                     : nullptr;
            found.values.push_back({to, member(document, field.field), field.field});
        }
        return found;
    }
    return std::nullopt;
}

problems check(const plant::file& plant) { return feed_check(plant).run(); }

} // namespace takt::feeds
