#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/message.hpp"
#include "messages/core/problem.hpp"
#include "messages/core/quantity.hpp"

/// Reads described structs from JSON. Tolerant of what storage may hold (`from_storage`: members that this version
/// does not know are skipped); strict with what people and systems send (`at_the_door`: unknown members are refused).
/// Either way every problem found is named with its path, and nothing is half-read: there is a value or there are
/// problems.
namespace takt {

class json_reader {
public:
    explicit json_reader(strictness how) : how_(how) {}

    template <class T> void read(const boost::json::value& json, T& out);

    const problems& found() const { return found_; }
    bool ok() const { return found_.empty(); }

private:
    class step { ///< one step down the document, for the paths in problems
    public:
        step(json_reader& r, std::string_view name);
        ~step();
        step(const step&) = delete;
        step& operator=(const step&) = delete;

    private:
        json_reader& reader_;
        std::size_t before_;
    };

    void complain(std::string_view detail);
    void must_be(std::string_view what, const boost::json::value& json);
    const boost::json::string* text(const boost::json::value& json);
    std::optional<std::int64_t> integer(const boost::json::value& json, std::int64_t least, std::int64_t most);
    void read_one(const boost::json::value& json, std::string& out);
    void read_one(const boost::json::value& json, bool& out);
    void read_one(const boost::json::value& json, double& out);
    void read_one(const boost::json::value& json, quantity& out);
    void read_one(const boost::json::value& json, instant& out);
    void read_one(const boost::json::value& json, milliseconds& out);
    void read_one(const boost::json::value& json, entity_ref& out);
    void read_one(const boost::json::value& json, boost::json::value& out) { out = json; }
    template <class Tag> void read_one(const boost::json::value& json, id<Tag>& out) { read_one(json, out.text); }
    template <class T> void read_integer(const boost::json::value& json, T& out);
    template <described_enum E> void read_enum(const boost::json::value& json, E& out);
    template <described_struct T> void read_struct(const boost::json::value& json, T& out);
    template <class M> void read_map(const boost::json::value& json, M& out);
    void refuse_unknown(const boost::json::object& object, const std::vector<std::string_view>& known);

    strictness how_;
    std::string path_ = "#";
    problems found_;
};

template <class T> checked<T> read_json(const boost::json::value& json, strictness how)
{
    json_reader reader(how);
    T out{};
    reader.read(json, out);
    if (!reader.ok()) return reader.found();
    return out;
}

/// Parses a whole text; the problem says where the JSON itself is broken.
checked<boost::json::value> parse_json(std::string_view text);

template <class T> checked<T> read_json_text(std::string_view text, strictness how)
{
    auto json = parse_json(text);
    if (!json) return json.error();
    return read_json<T>(*json, how);
}

template <class T> void json_reader::read(const boost::json::value& json, T& out)
{
    if constexpr (is_optional<T>) {
        if (json.is_null()) {
            out.reset();
        } else {
            read(json, out.emplace());
        }
    } else if constexpr (is_vector<T>) {
        const auto* array = json.if_array();
        if (array == nullptr) return must_be("an array", json);
        out.clear();
        out.reserve(array->size());
        for (std::size_t i = 0; i < array->size(); ++i) {
            const step down(*this, std::to_string(i));
            read((*array)[i], out.emplace_back());
        }
    } else if constexpr (is_string_map<T>) {
        read_map(json, out);
    } else if constexpr (described_enum<T>) {
        read_enum(json, out);
    } else if constexpr (described_struct<T>) {
        read_struct(json, out);
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
        read_integer(json, out);
    } else {
        read_one(json, out);
    }
}

template <class T> void json_reader::read_integer(const boost::json::value& json, T& out)
{
    constexpr auto least = static_cast<std::int64_t>(std::numeric_limits<T>::min());
    constexpr auto most = sizeof(T) == 8 ? std::numeric_limits<std::int64_t>::max()
                                         : static_cast<std::int64_t>(std::numeric_limits<T>::max());
    if constexpr (std::is_same_v<T, std::uint64_t>) {
        if (const auto* large = json.if_uint64()) { // past what fits a signed number
            out = *large;
            return;
        }
    }
    if (const auto number = integer(json, least, most)) out = static_cast<T>(*number);
}

template <described_enum E> void json_reader::read_enum(const boost::json::value& json, E& out)
{
    const auto* name = text(json);
    if (name == nullptr) return;
    if (const auto value = enum_value<E>(*name)) {
        out = *value;
        return;
    }
    std::string all;
    for (const auto known : enum_names<E>()) all.append(all.empty() ? "" : ", ").append(known);
    complain("'" + std::string(*name) + "' is not one of " + all);
}

template <class M> void json_reader::read_map(const boost::json::value& json, M& out)
{
    const auto* object = json.if_object();
    if (object == nullptr) return must_be("an object", json);
    out.clear();
    for (const auto& [key, value] : *object) {
        const step down(*this, key);
        read(value, out[typename M::key_type(std::string(key))]);
    }
}

template <described_struct T> void json_reader::read_struct(const boost::json::value& json, T& out)
{
    const auto* object = json.if_object();
    if (object == nullptr) return must_be("an object", json);
    std::vector<std::string_view> known;
    boost::mp11::mp_for_each<members_of<T>>([&](auto d) {
        using member = std::remove_cvref_t<decltype(out.*d.pointer)>;
        if (how_ == strictness::at_the_door) known.push_back(d.name);
        const step down(*this, d.name);
        if (const auto* value = object->if_contains(d.name))
            read(*value, out.*d.pointer);
        else if (!may_be_missing<T, member>(d.name))
            complain("is missing");
    });
    if (how_ == strictness::at_the_door) refuse_unknown(*object, known);
}

} // namespace takt
