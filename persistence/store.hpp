#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a node remembers, in one RocksDB directory: the journal, which is the truth, and what is derived from it.
namespace takt::persistence {

/// Column families, apart so that each has its own compression and can be dropped and rebuilt alone.
enum class family {
    journal,   ///< position (8 bytes, big-endian) → block: records, one JSON line each
    snapshots, ///< entity path → stored_cell
    index,     ///< entity path, NUL, first position → positions of its records (deltas, varint)
    outbox,    ///< what the journal owes: effects ("e", sender, NUL, sequence) and timers ("t", entity, NUL, name)
    meta,      ///< names → texts: format, derived_position, floor
    samples,   ///< telemetry as it was measured: runtime/trends.cpp has the keys
    trends,    ///< what is kept of telemetry for longer: tags, latest values, minutes, hours
    traces     ///< in which blocks a trace's records are: runtime/trace_index.hpp
};

/// A change to derived data; never to the journal.
struct change {
    family where;
    std::string key;
    std::optional<std::string> value; ///< nothing: erase
};

/// Opens one data directory for one process. Thread-safe. Throws std::runtime_error with a sentence for people when the
/// directory cannot be used: held by another process, written by a newer version, unreadable.
class store {
public:
    enum class access { read_write, read_only };

    explicit store(const std::string& directory, access how = access::read_write);
    ~store();
    store(const store&) = delete;
    store& operator=(const store&) = delete;

    /// Writes one block at `position` and waits for its fsync. An error text, or nothing when it is durable.
    std::optional<std::string> append(std::uint64_t position, std::string_view block);
    /// Position of the newest block; 0 when there is none. Positions start at 1 and have no gaps.
    std::uint64_t last_position() const { return last_position_.load(); }
    std::optional<std::string> block(std::uint64_t position) const;
    /// Calls `each` for blocks from `first` on, in order, until it returns false.
    void scan(std::uint64_t first, const std::function<bool(std::uint64_t, std::string_view)>& each) const;

    /// Derived data: atomic, without fsync, in the same order as the journal: after a crash the directory is as it was
    /// at some moment, so derived data is never newer than the journal it stands on.
    std::optional<std::string> write(const std::vector<change>& changes);
    std::optional<std::string> get(family where, std::string_view key) const;
    /// Keys with this prefix, in order, until `each` returns false.
    void scan_keys(family where, std::string_view prefix,
                   const std::function<bool(std::string_view key, std::string_view value)>& each) const;
    /// Keys from `first` to before `last`, in order, until `each` returns false.
    void scan_range(family where, std::string_view first, std::string_view last,
                    const std::function<bool(std::string_view key, std::string_view value)>& each) const;
    /// Erases those. An error text, or nothing.
    std::optional<std::string> erase_range(family where, std::string_view first, std::string_view last);
    /// Bytes on disk of one family, as far as it is written out.
    std::uint64_t disk_bytes(family where) const;
    /// Throws away what can be made again from the journal. Telemetry cannot, and stays.
    void drop_derived();

    /// Memory that the store itself holds: memtables and block cache.
    std::size_t memory_bytes() const;

    /// A copy that can be opened on its own, made while the node runs (hard links where possible).
    std::optional<std::string> checkpoint(const std::string& directory) const;

private:
    struct database;
    std::unique_ptr<database> db_;
    bool read_only_;
    std::atomic<std::uint64_t> last_position_ = 0;
};

/// A position as a key that sorts as the number does.
std::string position_key(std::uint64_t position);
std::uint64_t position_of(std::string_view key);

} // namespace takt::persistence
