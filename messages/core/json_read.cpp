#include "messages/core/json_read.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <boost/json/value.hpp>

namespace takt {
namespace {

std::string_view kind_of(const boost::json::value& json)
{
    switch (json.kind()) {
    case boost::json::kind::null: return "null";
    case boost::json::kind::bool_: return "a boolean";
    case boost::json::kind::int64:
    case boost::json::kind::uint64:
    case boost::json::kind::double_: return "a number";
    case boost::json::kind::string: return "a text";
    case boost::json::kind::array: return "an array";
    case boost::json::kind::object: return "an object";
    }
    return "something else";
}

std::optional<double> number(const boost::json::value& json)
{
    if (const auto* i = json.if_int64()) return static_cast<double>(*i);
    if (const auto* u = json.if_uint64()) return static_cast<double>(*u);
    if (const auto* d = json.if_double()) return *d;
    return std::nullopt;
}

} // namespace

std::string describe(const problems& all)
{
    std::string text;
    for (const auto& [pointer, detail] : all) {
        if (!text.empty()) text += "; ";
        text.append(pointer).append(": ").append(detail);
    }
    return text;
}

void throw_exception_from_error(const problems& all, const boost::source_location&)
{
    throw std::invalid_argument(describe(all));
}

json_reader::step::step(json_reader& r, std::string_view name) : reader_(r), before_(r.path_.size())
{
    r.path_ += '/';
    for (const char c : name) { // RFC 6901: "~" and "/" are written ~0 and ~1
        if (c == '~')
            r.path_ += "~0";
        else if (c == '/')
            r.path_ += "~1";
        else
            r.path_ += c;
    }
}

json_reader::step::~step() { reader_.path_.resize(before_); }

void json_reader::complain(std::string_view detail) { found_.push_back({path_, std::string(detail)}); }

void json_reader::must_be(std::string_view what, const boost::json::value& json)
{
    complain(std::string("must be ").append(what).append(", is ").append(kind_of(json)));
}

const boost::json::string* json_reader::text(const boost::json::value& json)
{
    const auto* s = json.if_string();
    if (s == nullptr) must_be("a text", json);
    return s;
}

std::optional<std::int64_t> json_reader::integer(const boost::json::value& json, std::int64_t least, std::int64_t most)
{
    std::optional<std::int64_t> whole;
    if (const auto* i = json.if_int64()) {
        whole = *i;
    } else if (const auto* d = json.if_double(); d != nullptr && std::trunc(*d) == *d && std::abs(*d) < 9e15) {
        whole = static_cast<std::int64_t>(*d);
    }
    if (!whole) {
        must_be("a whole number", json);
    } else if (*whole < least || *whole > most) {
        complain("must be from " + std::to_string(least) + " to " + std::to_string(most));
        whole.reset();
    }
    return whole;
}

void json_reader::read_one(const boost::json::value& json, std::string& out)
{
    if (const auto* s = text(json)) out.assign(s->data(), s->size());
}

void json_reader::read_one(const boost::json::value& json, bool& out)
{
    if (const auto* b = json.if_bool())
        out = *b;
    else
        must_be("true or false", json);
}

void json_reader::read_one(const boost::json::value& json, double& out)
{
    if (const auto n = number(json))
        out = *n;
    else
        must_be("a number", json);
}

void json_reader::read_one(const boost::json::value& json, quantity& out)
{
    const auto n = number(json);
    if (!n) return must_be("a number", json);
    if (const auto q = quantity::from_double(*n))
        out = *q;
    else
        complain("is too large for a quantity");
}

void json_reader::read_one(const boost::json::value& json, instant& out)
{
    const auto* s = text(json);
    if (s == nullptr) return;
    if (const auto at = parse_rfc3339(*s))
        out = *at;
    else
        complain("'" + std::string(*s) + "' is not an RFC 3339 time such as 2026-01-05T06:00:00Z");
}

void json_reader::read_one(const boost::json::value& json, milliseconds& out)
{
    constexpr std::int64_t most = 9'000'000'000'000'000;
    if (const auto n = integer(json, -most, most)) out = milliseconds{*n};
}

void json_reader::read_one(const boost::json::value& json, entity_ref& out)
{
    const auto* s = text(json);
    if (s == nullptr) return;
    entity_ref ref{std::string(*s)};
    if (!ref.empty() && (ref.kind().empty() || !valid_key(ref.key())))
        complain("'" + std::string(*s) + "' is not an entity such as machine/M-104");
    else
        out = std::move(ref);
}

void json_reader::refuse_unknown(const boost::json::object& object, const std::vector<std::string_view>& known)
{
    for (const auto& member : object) {
        const std::string_view name = member.key();
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const step down(*this, name);
        std::string all;
        for (const auto k : known) all.append(all.empty() ? "" : ", ").append(k);
        complain("is not known here; known are: " + all);
    }
}

} // namespace takt
