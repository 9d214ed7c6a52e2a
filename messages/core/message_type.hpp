#pragma once

#include "messages/core/json_read.hpp"
#include "messages/core/json_schema.hpp"
#include "messages/core/json_write.hpp"
#include "messages/core/message.hpp"

/// The codecs behind message_type. Heavy to compile: include it only where a kind of entity is made.
namespace takt {

namespace detail {

template <class T> checked<message> read_message(const boost::json::value& json, int version, strictness how)
{
    if (version > version_of<T>())
        return problems{{"#", "is of version " + std::to_string(version) + ", newer than this program knows"}};
    if constexpr (requires(boost::json::object & o) { T::upcast(o, 1); }) {
        if (version < version_of<T>() && json.is_object()) {
            boost::json::object upgraded = json.get_object();
            T::upcast(upgraded, version);
            auto value = read_json<T>(boost::json::value(std::move(upgraded)), how);
            if (!value) return value.error();
            return make_message(std::move(*value));
        }
    }
    auto value = read_json<T>(json, how);
    if (!value) return value.error();
    return make_message(std::move(*value));
}

} // namespace detail

/// A type whose stored form changed says `static constexpr int version = 2` and
/// `static void upcast(boost::json::object& document, int from_version)`.
template <class T> [[gnu::used, gnu::noinline]] const message_type&
type_of() // an instance that others link to, even if all calls here could be inlined
{
    static constexpr message_type type{
        kind_name<T>(),
        type_name<T>(),
        doc_of<T>(),
        version_of<T>(),
        [](std::string& out, const void* value) { write_json(out, *static_cast<const T*>(value)); },
        &detail::read_message<T>,
        &json_schema<T>,
    };
    return type;
}

} // namespace takt
