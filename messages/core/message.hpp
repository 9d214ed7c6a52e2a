#pragma once

#include <memory>
#include <string>

#include "messages/core/json_read.hpp"
#include "messages/core/json_schema.hpp"
#include "messages/core/json_write.hpp"

namespace takt {

class message;

/// What the runtime knows of one described type; one static object a type, so that pointers compare types.
struct message_type {
    std::string_view kind; ///< the kind of entity it belongs to: "machine"
    std::string_view name; ///< "dispatch"
    std::string_view doc;
    int version;
    void (*write)(std::string& out, const void* value);
    /// Reads a document of `version` or older (upcast first).
    checked<message> (*read)(const boost::json::value& json, int version, strictness how);
    boost::json::object (*schema)();
};

/// One immutable command, event or reply of any described type. Cheap to copy; inside a node it travels as it is,
/// without encoding. Safe to share between threads.
class message {
public:
    message() = default;
    message(const message_type& type, std::shared_ptr<const void> value) : type_(&type), value_(std::move(value)) {}

    template <class T> const T* as() const;
    const message_type& type() const { return *type_; }
    const void* value() const { return value_.get(); }
    explicit operator bool() const { return type_ != nullptr; }
    void write(std::string& out) const { type_->write(out, value_.get()); }

private:
    const message_type* type_ = nullptr;
    std::shared_ptr<const void> value_;
};

template <class T> const message_type& type_of();

template <class T> message make_message(T value) { return {type_of<T>(), std::make_shared<const T>(std::move(value))}; }

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
template <class T> const message_type& type_of()
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

template <class T> const T* message::as() const
{
    return type_ == &type_of<T>() ? static_cast<const T*>(value_.get()) : nullptr;
}

} // namespace takt
