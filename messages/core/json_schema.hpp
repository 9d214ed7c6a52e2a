#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

namespace takt {

template <class T> boost::json::object json_schema();

namespace detail {

template <class T> boost::json::object scalar_schema()
{
    if constexpr (std::is_same_v<T, bool>)
        return {{"type", "boolean"}};
    else if constexpr (std::is_same_v<T, instant>)
        return {{"type", "string"}, {"format", "date-time"}};
    else if constexpr (std::is_same_v<T, quantity>)
        return {{"type", "number"}};
    else if constexpr (std::is_same_v<T, milliseconds>)
        return {{"type", "integer"}, {"description", "milliseconds"}};
    else if constexpr (std::is_floating_point_v<T>)
        return {{"type", "number"}};
    else if constexpr (std::is_integral_v<T>)
        return {{"type", "integer"}};
    else if constexpr (std::is_same_v<T, boost::json::value>)
        return {};
    else
        return {{"type", "string"}};
}

template <described_struct T> boost::json::object struct_schema()
{
    boost::json::object properties;
    boost::json::array required;
    boost::mp11::mp_for_each<members_of<T>>([&](auto d) {
        using member = std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>;
        properties.emplace(d.name, json_schema<member>());
        if (!may_be_missing<T, member>(d.name)) required.emplace_back(d.name);
    });
    boost::json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema.emplace("required", std::move(required));
    if constexpr (!doc_of<T>().empty()) schema.emplace("description", doc_of<T>());
    return schema;
}

} // namespace detail

/// JSON Schema 2020-12 of a described type, from the same description as its codec.
template <class T> boost::json::object json_schema()
{
    if constexpr (is_optional<T>) {
        auto schema = json_schema<typename T::value_type>();
        if (auto* type = schema.if_contains("type")) *type = boost::json::array{*type, "null"};
        if (auto* values = schema.if_contains("enum")) values->as_array().emplace_back(nullptr);
        return schema;
    } else if constexpr (is_vector<T>) {
        return {{"type", "array"}, {"items", json_schema<typename T::value_type>()}};
    } else if constexpr (is_string_map<T>) {
        return {{"type", "object"}, {"additionalProperties", json_schema<typename T::mapped_type>()}};
    } else if constexpr (described_enum<T>) {
        boost::json::array names;
        for (const auto name : enum_names<T>()) names.emplace_back(name);
        return {{"type", "string"}, {"enum", std::move(names)}};
    } else if constexpr (described_struct<T>) {
        return detail::struct_schema<T>();
    } else {
        return detail::scalar_schema<T>();
    }
}

} // namespace takt
