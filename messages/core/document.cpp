#include "messages/core/document.hpp"

#include "messages/core/message_type.hpp"

template const takt::message_type& takt::type_of<takt::document>();
