#include "messages/core/id.hpp"

#include <algorithm>

namespace takt {

bool valid_key(std::string_view key)
{
    const auto allowed = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == ':' || c == '-';
    };
    return !key.empty() && key.size() <= longest_key && std::all_of(key.begin(), key.end(), allowed);
}

} // namespace takt
