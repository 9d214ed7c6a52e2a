#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "persistence/store.hpp"
#include "runtime/histogram.hpp"
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

    std::chrono::steady_clock::time_point arrived{}; ///< at the commit log
    pending_commit* next = nullptr;                  ///< of the commit log's queue
};

using pending_ptr = std::unique_ptr<pending_commit>;

/// A block that is on disk.
struct committed_block {
    std::uint64_t position = 0;
    std::vector<pending_ptr> items;
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

    /// Takes an item, in order. False after a failed write or stop: the caller still has it, and tells its sender.
    bool append(pending_ptr& item);
    bool full() const { return waiting_.load(std::memory_order_relaxed) >= bounds_.journal_queue_most; }
    bool failed() const { return failed_.load(); }
    /// Waits until all that was appended before is durable, then stops the thread. Idempotent.
    void stop();

    struct figures {
        std::uint64_t blocks = 0, bytes = 0, records = 0;
        double sync_seconds = 0;
        std::uint64_t waiting = 0;    ///< items
        distribution block_records;   ///< records in a block
        distribution block_seconds;   ///< to write and sync a block
        distribution longest_seconds; ///< that the oldest item of a block waited until it was durable
    };
    figures counted() const;

private:
    void run();
    bool wait_for_items();
    void drain();
    std::vector<pending_ptr> next_batch();
    void write(std::vector<pending_ptr> items);
    void refuse(std::vector<pending_ptr>& items) const;

    persistence::store& disk_;
    const limits& bounds_;
    std::function<void(committed_block)> on_committed_;
    std::function<void(const std::string&)> on_failed_;

    /// Newest first; pushed by any thread without a lock, taken whole by the log's thread.
    alignas(64) std::atomic<pending_commit*> pushed_ = nullptr;
    std::mutex sleep_mutex_;
    std::condition_variable arrived_;
    std::atomic<bool> asleep_ = false;
    std::atomic<bool> stopping_ = false;
    std::deque<pending_ptr> queue_; ///< taken, oldest first
    std::atomic<std::size_t> waiting_ = 0;
    std::atomic<bool> failed_ = false;
    std::atomic<std::uint64_t> blocks_ = 0, bytes_ = 0, records_ = 0, sync_ns_ = 0;
    histogram block_records_{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10'000};
    histogram block_seconds_{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1};
    histogram longest_seconds_{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1};
    std::string block_; ///< reused
    std::uint64_t next_position_;
    std::thread thread_;
};

} // namespace takt::runtime
