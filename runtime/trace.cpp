#include "runtime/trace.hpp"

#include <array>
#include <random>

namespace takt::runtime {
namespace {

constexpr std::size_t id_digits = 32, span_digits = 16;

void append_hex(std::string& out, std::uint64_t number)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::array<char, span_digits> text{};
    for (auto at = text.rbegin(); at != text.rend(); ++at, number >>= 4U) *at = digits[number & 15U];
    out.append(text.data(), text.size());
}

/// Lower-case digits only, as the standard has it.
std::optional<std::uint64_t> read_hex(std::string_view text)
{
    std::uint64_t number = 0;
    for (const char c : text) {
        const bool letter = c >= 'a' && c <= 'f';
        if (!letter && (c < '0' || c > '9')) return std::nullopt;
        number = number << 4U | static_cast<std::uint64_t>(letter ? c - 'a' + 10 : c - '0');
    }
    return number;
}

/// SplitMix64's last step: every bit of the input changes half of those of the output.
std::uint64_t mixed(std::uint64_t x)
{
    x = (x ^ x >> 30U) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ x >> 27U) * 0x94D049BB133111EBULL;
    return x ^ x >> 31U;
}

/// FNV-1a.
std::uint64_t hashed(std::string_view text, std::uint64_t from)
{
    for (const char c : text) from = (from ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return mixed(from);
}

} // namespace

trace_id new_trace()
{
    thread_local std::mt19937_64 random = [] {
        std::random_device source;
        std::seed_seq seed{source(), source(), source(), source(), source(), source(), source(), source()};
        return std::mt19937_64(seed);
    }();
    trace_id id{random(), random()};
    if (!id) id.low = 1;
    return id;
}

trace_id trace_of_timer(const entity_ref& entity, std::uint64_t timer)
{
    const auto half = hashed(entity.path(), 0xCBF29CE484222325ULL);
    return {mixed(half ^ timer), mixed(half + timer) | 1U};
}

std::string to_text(const trace_id& id)
{
    std::string out;
    append_hex(out, id.high);
    append_hex(out, id.low);
    return out;
}

std::string span_text(std::uint64_t span)
{
    std::string out;
    append_hex(out, span);
    return out;
}

std::optional<trace_id> read_trace_id(std::string_view text)
{
    if (text.size() != id_digits) return std::nullopt;
    const auto high = read_hex(text.substr(0, id_digits / 2)), low = read_hex(text.substr(id_digits / 2));
    if (!high || !low) return std::nullopt;
    const trace_id id{*high, *low};
    if (!id) return std::nullopt;
    return id;
}

void append_text(std::string& out, const trace_context& trace)
{
    append_hex(out, trace.id.high);
    append_hex(out, trace.id.low);
    if (trace.parent == 0) return;
    out += '-';
    append_hex(out, trace.parent);
}

trace_context read_trace(std::string_view text)
{
    trace_context trace;
    if (const auto id = read_trace_id(text.substr(0, id_digits))) trace.id = *id;
    if (text.size() == id_digits + 1 + span_digits) trace.parent = read_hex(text.substr(id_digits + 1)).value_or(0);
    return trace;
}

/// A version that is not known yet may say more after the flags, not before them.
std::optional<trace_context> read_traceparent(std::string_view header)
{
    constexpr std::size_t id_at = 3, span_at = 36, flags_at = 53, length = 55;
    if (header.size() < length || header[2] != '-' || header[span_at - 1] != '-' || header[flags_at - 1] != '-')
        return std::nullopt;
    const auto version = read_hex(header.substr(0, 2));
    if (!version || *version == 0xFF || !read_hex(header.substr(flags_at, 2))) return std::nullopt;
    if (header.size() > length && (*version == 0 || header[length] != '-')) return std::nullopt;
    const auto id = read_trace_id(header.substr(id_at, id_digits));
    const auto span = read_hex(header.substr(span_at, span_digits));
    if (!id || span.value_or(0) == 0) return std::nullopt;
    return trace_context{*id, *span};
}

std::string traceparent(const trace_id& id, std::uint64_t span)
{
    return "00-" + to_text(id) + '-' + span_text(span) + "-01";
}

std::uint64_t span_of(const trace_id& id, const entity_ref& target, std::string_view sender, std::uint64_t sequence)
{
    const auto span = hashed(sender, hashed(target.path(), id.high ^ id.low)) ^ mixed(sequence);
    return span == 0 ? 1 : span;
}

} // namespace takt::runtime
