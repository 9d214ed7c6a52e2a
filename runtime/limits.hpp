#pragma once

#include <chrono>
#include <cstddef>

/// Every bound of a node, with what happens when it is reached.
namespace takt::runtime {

struct limits {
    /// Commands from outside that wait in one entity's inbox. Full: the command is refused as `busy`; counted.
    std::size_t inbox_most = 1024;
    /// Telemetry batches that wait in one entity's inbox. Full: the batch is dropped; counted.
    std::size_t telemetry_inbox_most = 256;
    /// Samples that wait to be kept in trends. Full: the batch is lost to them, not to the detectors; counted.
    std::size_t trend_queue_most = 400'000;
    /// Tags of which trends are kept. More: their samples are lost to them; counted.
    std::size_t trend_tags_most = 100'000;
    /// How long, in plant time, single samples, minutes and hours are kept. No time: no trends at all.
    std::chrono::hours samples_for{24 * 30};
    std::chrono::hours minutes_for{24 * 180};
    std::chrono::hours hours_for{24 * 365 * 10};
    /// Records that wait for the disk. Full: commands from outside are refused as `busy`; counted.
    std::size_t journal_queue_most = 100'000;
    /// Records in one block, and their bytes. Full: the rest goes into the next block.
    std::size_t block_records_most = 16'384;
    std::size_t block_bytes_most = 8UL << 20U;
    /// How long, in plant time, traces can be looked up; their records stay in the journal.
    std::chrono::hours traces_for{24 * 7};
    /// Committed records that derived data has not taken in. Full: the journal waits for it.
    std::size_t derived_lag_most = 400'000;
    /// Records of one entity since its last snapshot. Reached: it writes one.
    std::size_t records_between_snapshots = 256;
    /// Records in the journal since the oldest that no snapshot covers: what a restart reads. Reached: the entities
    /// that are behind write snapshots. With many entities it is four times their number, so that at most every fourth
    /// record costs a snapshot.
    std::size_t restart_tail_records = 50'000;
    /// An entity that nobody has spoken to for so long leaves memory.
    std::chrono::seconds passivate_after{120};
    std::chrono::milliseconds checkpoint_every{5000};
};

} // namespace takt::runtime
