#include "runtime/trend_series.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace takt::runtime {
namespace {

void append(std::string& out, std::uint64_t n, unsigned bytes)
{
    for (unsigned i = bytes; i-- > 0;) out.push_back(static_cast<char>(n >> (8 * i)));
}

std::uint64_t read(std::string_view text, std::size_t at, std::size_t bytes)
{
    std::uint64_t n = 0;
    for (std::size_t i = at; i < at + bytes && i < text.size(); ++i) n = n << 8U | static_cast<unsigned char>(text[i]);
    return n;
}

void append(std::string& out, double x) { append(out, std::bit_cast<std::uint64_t>(x), 8); }
double read_double(std::string_view text, std::size_t at) { return std::bit_cast<double>(read(text, at, 8)); }

constexpr std::size_t sums_bytes = 8 + 5 * 8 + 4;

} // namespace

std::string samples_key(std::uint32_t tag, std::int64_t window_ms, std::uint64_t part)
{
    std::string key;
    append(key, tag, 4);
    append(key, static_cast<std::uint64_t>(window_ms), 8);
    append(key, part, 8);
    return key;
}

std::string rollup_key(std::uint32_t tag, trend_step step, std::int64_t begin_ms)
{
    std::string key = "r";
    append(key, tag, 4);
    append(key, static_cast<std::uint64_t>(step), 1);
    append(key, static_cast<std::uint64_t>(begin_ms), 8);
    return key;
}

std::string latest_key(std::uint32_t tag) { return "l" + number_text(tag); }

std::string name_key(std::string_view source, std::string_view tag)
{
    std::string key = "n";
    key.append(source).append(1, '\0').append(tag);
    return key;
}

std::int64_t window_of(std::string_view samples_key) { return static_cast<std::int64_t>(read(samples_key, 4, 8)); }
std::int64_t begin_of(std::string_view rollup_key) { return static_cast<std::int64_t>(read(rollup_key, 6, 8)); }

std::string number_text(std::uint32_t tag)
{
    std::string text;
    append(text, tag, 4);
    return text;
}

std::uint32_t number_of(std::string_view text) { return static_cast<std::uint32_t>(read(text, 0, 4)); }

void trend_sums::add(double value, std::int64_t since_begin_ms)
{
    min = count == 0 ? value : std::min(min, value);
    max = count == 0 ? value : std::max(max, value);
    if (count == 0 || since_begin_ms >= last_ms) {
        last = value;
        last_ms = since_begin_ms;
    }
    ++count;
    const double off = value - mean;
    mean += off / static_cast<double>(count);
    squares += off * (value - mean);
}

void trend_sums::add(const trend_sums& more)
{
    if (more.count == 0) return;
    if (count == 0) {
        *this = more;
        return;
    }
    const auto n = static_cast<double>(count), m = static_cast<double>(more.count);
    const double off = more.mean - mean;
    squares += more.squares + off * off * n * m / (n + m);
    mean += off * m / (n + m);
    count += more.count;
    min = std::min(min, more.min);
    max = std::max(max, more.max);
    if (more.last_ms >= last_ms) {
        last = more.last;
        last_ms = more.last_ms;
    }
}

scada::rollup trend_sums::rollup(instant at) const
{
    scada::rollup r{at, count, min, max, mean, last, std::nullopt};
    if (count > 1) r.stdev = std::sqrt(squares / static_cast<double>(count - 1));
    return r;
}

std::string encode_sums(const trend_sums& s)
{
    std::string out;
    append(out, static_cast<std::uint64_t>(s.count), 8);
    for (const double x : {s.min, s.max, s.mean, s.squares, s.last}) append(out, x);
    append(out, static_cast<std::uint64_t>(s.last_ms), 4);
    return out;
}

std::optional<trend_sums> decode_sums(std::string_view text)
{
    if (text.size() != sums_bytes) return std::nullopt;
    trend_sums s;
    s.count = static_cast<std::int64_t>(read(text, 0, 8));
    s.min = read_double(text, 8);
    s.max = read_double(text, 16);
    s.mean = read_double(text, 24);
    s.squares = read_double(text, 32);
    s.last = read_double(text, 40);
    s.last_ms = static_cast<std::int64_t>(read(text, 48, 4));
    return s;
}

} // namespace takt::runtime
