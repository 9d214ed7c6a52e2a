#include "gateways/http/filter.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace takt::http {
namespace {

enum class shape { other, text, number, truth, time };

using value_test = std::function<bool(const boost::json::value&)>;

/// The one type of a member, "null" aside.
std::string_view type_in(const boost::json::object& schema)
{
    const auto* type = schema.if_contains("type");
    if (type == nullptr) return {};
    if (const auto* alternatives = type->if_array()) return alternatives->at(0).as_string();
    return type->as_string();
}

shape shape_of(const boost::json::object& schema)
{
    const auto type = type_in(schema);
    if (type == "boolean") return shape::truth;
    if (type == "number" || type == "integer") return shape::number;
    if (type != "string") return shape::other;
    const auto* format = schema.if_contains("format");
    return format != nullptr && *format == "date-time" ? shape::time : shape::text;
}

std::optional<double> to_number(const std::string& text)
{
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (text.empty() || end != text.c_str() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

std::optional<double> number_in(const boost::json::value& v)
{
    boost::system::error_code not_a_number;
    const double number = v.to_number<double>(not_a_number);
    if (not_a_number) return std::nullopt;
    return number;
}

std::optional<instant> to_time(std::string text)
{
    std::replace(text.begin(), text.end(), ' ', '+'); // an offset's "+" that was not escaped in the query
    return parse_rfc3339(text);
}

std::optional<instant> time_in(const boost::json::value& v)
{
    const auto* text = v.if_string();
    if (text == nullptr) return std::nullopt;
    return parse_rfc3339(*text);
}

/// "is not one of open, shipped" for an enum's unknown value; empty if the value may be.
std::string not_in_enum(const boost::json::object& schema, const std::string& value)
{
    const auto* known = schema.if_contains("enum");
    if (known == nullptr) return {};
    std::string all;
    for (const auto& k : known->as_array()) {
        if (!k.is_string()) continue;
        if (k.as_string() == value) return {};
        all.append(all.empty() ? "" : ", ").append(k.as_string());
    }
    return "'" + value + "' is not one of " + all;
}

struct question {
    std::string name;   ///< as in the query
    std::string member; ///< of the state
    std::string how;    ///< "", "before", "after", "min", "max"
    std::vector<std::string> values;
};

checked<value_test> text_test(const question& q, const boost::json::object& schema)
{
    for (const auto& value : q.values)
        if (auto wrong = not_in_enum(schema, value); !wrong.empty()) return problems{{"?" + q.name, std::move(wrong)}};
    return value_test([values = q.values](const boost::json::value& v) {
        const auto* text = v.if_string();
        return text != nullptr &&
               std::any_of(values.begin(), values.end(), [&](const auto& one) { return *text == one; });
    });
}

checked<value_test> truth_test(const question& q)
{
    if (q.values.size() != 1 || (q.values[0] != "true" && q.values[0] != "false"))
        return problems{{"?" + q.name, "must be true or false"}};
    return value_test([wanted = q.values[0] == "true"](const boost::json::value& v) {
        const auto* truth = v.if_bool();
        return truth != nullptr && *truth == wanted;
    });
}

checked<value_test> number_test(const question& q)
{
    std::vector<double> wanted;
    for (const auto& value : q.values) {
        const auto number = to_number(value);
        if (!number) return problems{{"?" + q.name, "'" + value + "' is not a number"}};
        wanted.push_back(*number);
    }
    return value_test([wanted, how = q.how](const boost::json::value& v) {
        const auto number = number_in(v);
        if (!number) return false;
        if (how == "min") return *number >= wanted.front();
        if (how == "max") return *number <= wanted.front();
        return std::find(wanted.begin(), wanted.end(), *number) != wanted.end();
    });
}

checked<value_test> time_test(const question& q)
{
    const auto wanted = to_time(q.values.front());
    if (!wanted)
        return problems{
            {"?" + q.name, "'" + q.values.front() + "' is not an RFC 3339 time such as 2026-01-05T06:00:00Z"}};
    return value_test([wanted = *wanted, how = q.how](const boost::json::value& v) {
        const auto time = time_in(v);
        if (!time) return false;
        if (how == "before") return *time < wanted;
        if (how == "after") return *time >= wanted;
        return *time == wanted;
    });
}

checked<value_test> make_test(const question& q, const boost::json::object& schema)
{
    if (q.values.empty()) return problems{{"?" + q.name, "has no value"}};
    switch (shape_of(schema)) {
    case shape::text: return text_test(q, schema);
    case shape::truth: return truth_test(q);
    case shape::number: return number_test(q);
    case shape::time: return time_test(q);
    case shape::other: break;
    }
    return problems{{"?" + q.name, "cannot be asked for"}};
}

/// The suffixes a member of this shape takes besides its plain name.
std::array<std::string_view, 2> suffixes(shape s)
{
    if (s == shape::time) return {"before", "after"};
    if (s == shape::number) return {"min", "max"};
    return {};
}

/// "due_before" is due, before. Nothing if no member goes by that name.
std::optional<question> find_question(const boost::json::object& members, const std::string& name)
{
    for (const auto& member : members) {
        const std::string_view base = member.key();
        if (base == name) return question{name, std::string(base), {}, {}};
        for (const auto suffix : suffixes(shape_of(member.value().as_object())))
            if (!suffix.empty() && name == std::string(base).append("_").append(suffix))
                return question{name, std::string(base), std::string(suffix), {}};
    }
    return std::nullopt;
}

boost::json::object members_of_state(const kind_ops& kind)
{
    auto schema = kind.state_schema();
    auto* members = schema.if_contains("properties");
    return members == nullptr ? boost::json::object{} : std::move(members->as_object());
}

} // namespace

checked<row_test> make_filter(const kind_ops& kind, const target& where)
{
    const auto members = members_of_state(kind);
    std::vector<std::pair<std::string, value_test>> tests;
    problems wrong;
    for (const auto& [name, value] : where.query) {
        if (name == "limit" || name == "cursor") continue;
        auto q = find_question(members, name);
        if (!q) {
            wrong.push_back({"?" + name, "is not a member that " + plural(kind.name) + " can be filtered by"});
            continue;
        }
        q->values = where.parameters(name);
        auto test = make_test(*q, members.at(q->member).as_object());
        if (test) {
            tests.emplace_back(q->member, std::move(*test));
        } else {
            const problems found = test.error();
            wrong.insert(wrong.end(), found.begin(), found.end());
        }
    }
    if (!wrong.empty()) return wrong;
    return row_test([tests = std::move(tests)](const runtime::row& row) {
        return std::all_of(tests.begin(), tests.end(), [&](const auto& test) {
            const auto* value = row.state->if_contains(test.first);
            return value != nullptr && test.second(*value);
        });
    });
}

boost::json::object filter_parameters(const kind_ops& kind)
{
    boost::json::object all;
    for (const auto& member : members_of_state(kind)) {
        const auto& schema = member.value().as_object();
        const auto s = shape_of(schema);
        if (s == shape::other) continue;
        boost::json::object plain{{"type", type_in(schema)}};
        if (s == shape::time) plain.emplace("format", "date-time");
        all.emplace(member.key(), plain);
        for (const auto suffix : suffixes(s))
            if (!suffix.empty()) all.emplace(std::string(member.key()).append("_").append(suffix), plain);
    }
    return all;
}

} // namespace takt::http
