#include "runtime/trace_index.hpp"

#include <algorithm>

namespace takt::runtime {
namespace {

constexpr std::size_t entry_bytes = 8;

/// Ids from outside need not be random.
std::uint64_t spread(const trace_id& id)
{
    auto x = id.high * 0x9E3779B97F4A7C15ULL ^ id.low;
    x = (x ^ x >> 31U) * 0xBF58476D1CE4E5B9ULL;
    return x ^ x >> 29U;
}

std::size_t part_of(std::uint64_t hash) { return hash >> 56U; }

void append_word(std::string& out, std::uint32_t word)
{
    for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(word >> shift);
}

std::uint32_t word_at(std::string_view entries, std::size_t at)
{
    std::uint32_t word = 0;
    for (unsigned i = 0; i < 4; ++i) word |= std::uint32_t{static_cast<unsigned char>(entries[at + i])} << 8 * i;
    return word;
}

std::string key_of(std::size_t part, std::uint64_t position)
{
    return static_cast<char>(part) + persistence::position_key(position);
}

void find(std::uint32_t wanted, std::uint64_t first, std::string_view entries, std::vector<std::uint64_t>& into)
{
    for (std::size_t at = 0; at + entry_bytes <= entries.size(); at += entry_bytes)
        if (word_at(entries, at) == wanted) into.push_back(first + word_at(entries, at + 4));
}

} // namespace

void trace_index::note(const trace_id& id, std::uint64_t position)
{
    const auto hash = spread(id);
    auto& p = parts_[part_of(hash)];
    const auto word = static_cast<std::uint32_t>(hash);
    if (p.entries.empty()) p.first = position;
    const bool again =
        p.last == position && !p.entries.empty() && word_at(p.entries, p.entries.size() - entry_bytes) == word;
    if (again) return;
    append_word(p.entries, word);
    append_word(p.entries, static_cast<std::uint32_t>(position - p.first));
    p.last = position;
}

void trace_index::add_changes(std::vector<persistence::change>& to) const
{
    for (std::size_t i = 0; i < parts_.size(); ++i)
        if (!parts_[i].entries.empty())
            to.push_back({persistence::family::traces, key_of(i, parts_[i].first), parts_[i].entries});
}

void trace_index::written()
{
    for (auto& p : parts_) p.entries.clear();
}

std::vector<std::uint64_t> trace_index::positions_of(const trace_id& id, const persistence::store& disk) const
{
    const auto hash = spread(id);
    const auto word = static_cast<std::uint32_t>(hash);
    std::vector<std::uint64_t> found;
    disk.scan_keys(persistence::family::traces, std::string(1, static_cast<char>(part_of(hash))),
                   [&](std::string_view key, std::string_view entries) {
                       find(word, persistence::position_of(key.substr(1)), entries, found);
                       return true;
                   });
    const auto& fresh = parts_[part_of(hash)];
    find(word, fresh.first, fresh.entries, found);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::optional<std::string> trace_index::forget(persistence::store& disk, std::uint64_t before)
{
    for (std::size_t i = 0; i < 256; ++i)
        if (auto failed = disk.erase_range(persistence::family::traces, key_of(i, 0), key_of(i, before))) return failed;
    return std::nullopt;
}

} // namespace takt::runtime
