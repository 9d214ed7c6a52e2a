#pragma once

#include <boost/json/value.hpp>

#include "messages/core/describe.hpp"

namespace takt {

/// A command that is still, or again, in its stored form: from storage, from the wire, or kept aside as a dead letter.
/// The entity that receives it decodes it with its own kind's types.
struct document {
    std::string type;
    int v = 1;
    boost::json::value data;
    static constexpr auto defaulted = std::array<std::string_view, 1>{"v"};
};
BOOST_DESCRIBE_STRUCT(document, (), (type, v, data))

} // namespace takt
