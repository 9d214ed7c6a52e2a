#include "gateways/sparkplug/topic.hpp"

#include <algorithm>
#include <array>

namespace takt::sparkplug {
namespace {

constexpr std::string_view name_space = "spBv1.0";
constexpr std::size_t id_bytes_most = 200;

/// In the order of message_kind.
constexpr std::array<std::string_view, 8> words{"NBIRTH", "DBIRTH", "NDATA", "DDATA",
                                                "NDEATH", "DDEATH", "NCMD",  "DCMD"};

bool is_of_device(message_kind k)
{
    return k == message_kind::dbirth || k == message_kind::ddata || k == message_kind::ddeath ||
           k == message_kind::dcmd;
}

/// How many bytes the character takes that begins like this; 0 if none begins so.
int length_of(unsigned char first)
{
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    if (first >= 0xF0 && first < 0xF5) return 4;
    return 0;
}

} // namespace

bool valid_utf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const auto length = static_cast<std::size_t>(length_of(first));
        if (length == 0 || i + length > text.size()) return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return false;
        const auto second = length > 2 ? static_cast<unsigned char>(text[i + 1]) : 0x80;
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return false; // overlong, surrogate
        if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return false; // overlong, too large
        i += length;
    }
    return true;
}

bool valid_id(std::string_view id)
{
    if (id.empty() || id.size() > id_bytes_most || !valid_utf8(id)) return false;
    return std::none_of(id.begin(), id.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F || c == '+' || c == '/' || c == '#';
    });
}

std::string thing::path() const { return group + '/' + edge_node + (device.empty() ? "" : '/' + device); }

std::optional<topic> parse_topic(std::string_view text)
{
    std::array<std::string_view, 5> levels;
    std::size_t count = 0;
    for (std::size_t from = 0; from <= text.size(); ++count) {
        if (count == levels.size()) return std::nullopt;
        const auto end = std::min(text.find('/', from), text.size());
        levels[count] = text.substr(from, end - from);
        from = end + 1;
    }
    if (count < 4 || levels[0] != name_space) return std::nullopt;
    const auto word = std::find(words.begin(), words.end(), levels[2]);
    if (word == words.end()) return std::nullopt;
    const auto kind = static_cast<message_kind>(word - words.begin());
    if (is_of_device(kind) != (count == 5)) return std::nullopt;
    if (!valid_id(levels[1]) || !valid_id(levels[3]) || (count == 5 && !valid_id(levels[4]))) return std::nullopt;
    return topic{kind, {std::string(levels[1]), std::string(levels[3]), std::string(levels[4])}};
}

std::string to_string(const topic& t)
{
    std::string text(name_space);
    text.append(1, '/').append(t.from.group).append(1, '/').append(words[static_cast<std::size_t>(t.kind)]);
    text.append(1, '/').append(t.from.edge_node);
    if (!t.from.device.empty()) text.append(1, '/').append(t.from.device);
    return text;
}

std::string state_topic(std::string_view host_id) { return std::string(name_space) + "/STATE/" + std::string(host_id); }

} // namespace takt::sparkplug
