#pragma once

#include <memory>
#include <string>

#include <boost/json/fwd.hpp>

#include "messages/core/describe.hpp"
#include "messages/core/problem.hpp"

namespace takt {

class message;

/// How forgiving a reader is: see messages/core/json_read.hpp.
enum class strictness { from_storage, at_the_door };

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

/// The one message_type of a described type. Declared for all, defined where messages/core/message_type.hpp is
/// included: once for each kind of entity, beside its make_kind. Codecs are compiled there and nowhere else.
template <class T> const message_type& type_of();

template <class T> message make_message(T value) { return {type_of<T>(), std::make_shared<const T>(std::move(value))}; }

template <class T> const T* message::as() const
{
    return type_ == &type_of<T>() ? static_cast<const T*>(value_.get()) : nullptr;
}

} // namespace takt
