#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "persistence/store.hpp"
#include "runtime/limits.hpp"
#include "runtime/outbox.hpp"

namespace takt::runtime {

/// One handled command on its way to the disk, with everything that must wait for it there.
struct pending_commit {
    std::string record; ///< empty: nothing to write, but what follows must not overtake the records before it
    commit_note note;
    std::vector<outgoing> effects;
    answer reply;
    on_answer then;
    std::size_t events = 0;
    std::string state;            ///< of a listed kind: its row; empty otherwise
    std::string snapshot;         ///< of the entity as of this item, if it wrote one
    std::function<void()> stored; ///< called when that snapshot can be read back
};

/// A block that is on disk.
struct committed_block {
    std::uint64_t position = 0;
    std::vector<pending_commit> items;
};

/// Set on the threads that write and take in the journal: what runs there must not wait for either.
inline thread_local bool on_own_thread = false;

/// Group commit. While one block is being written and synced, what arrives waits and becomes the next one. One thread.
class commit_log {
public:
    /// `committed` is called on the log's thread for each block once it is durable, in order. `failed` once, if a write
    /// fails: from then on nothing is accepted.
    commit_log(persistence::store& disk, const limits& bounds, std::function<void(committed_block)> committed,
               std::function<void(const std::string& why)> failed);
    ~commit_log();
    commit_log(const commit_log&) = delete;
    commit_log& operator=(const commit_log&) = delete;

    /// Takes an item, in order. False after a failed write: its sender must be told `unavailable`.
    bool append(pending_commit&& item);
    bool full() const { return waiting_.load(std::memory_order_relaxed) >= bounds_.journal_queue_most; }
    bool failed() const { return failed_.load(); }
    /// Waits until all that was appended before is durable, then stops the thread. Idempotent.
    void stop();

    struct figures {
        std::uint64_t blocks = 0, bytes = 0, records = 0;
        double sync_seconds = 0;
    };
    figures counted() const;

private:
    void run();
    std::vector<pending_commit> next_batch();
    void write(std::vector<pending_commit> items);

    persistence::store& disk_;
    const limits& bounds_;
    std::function<void(committed_block)> on_committed_;
    std::function<void(const std::string&)> on_failed_;

    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<pending_commit> queue_;
    bool stopping_ = false;
    bool idle_ = false;
    std::atomic<std::size_t> waiting_ = 0;
    std::atomic<bool> failed_ = false;
    std::atomic<std::uint64_t> blocks_ = 0, bytes_ = 0, records_ = 0, sync_ns_ = 0;
    std::string block_; ///< reused
    std::uint64_t next_position_;
    std::thread thread_;
};

} // namespace takt::runtime
