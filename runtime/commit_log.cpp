#include "runtime/commit_log.hpp"

namespace takt::runtime {

commit_log::commit_log(persistence::store& disk, const limits& bounds, std::function<void(committed_block)> committed,
                       std::function<void(const std::string&)> failed)
    : disk_(disk),
      bounds_(bounds),
      on_committed_(std::move(committed)),
      on_failed_(std::move(failed)),
      next_position_(disk.last_position() + 1),
      thread_([this] { run(); })
{
}

commit_log::~commit_log() { stop(); }

bool commit_log::append(pending_commit&& item)
{
    if (failed_.load(std::memory_order_relaxed)) return false;
    bool wake = false;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return false;
        queue_.push_back(std::move(item));
        wake = idle_;
        idle_ = false;
    }
    waiting_.fetch_add(1, std::memory_order_relaxed);
    if (wake) arrived_.notify_one();
    return true;
}

void commit_log::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    if (thread_.joinable()) thread_.join();
}

commit_log::figures commit_log::counted() const
{
    return {blocks_.load(), bytes_.load(), records_.load(), static_cast<double>(sync_ns_.load()) * 1e-9};
}

void commit_log::run()
{
    on_own_thread = true;
    for (;;) {
        auto items = next_batch();
        if (items.empty()) return;
        write(std::move(items));
    }
}

/// Everything that waits, up to the size of a block; empty when the log has stopped.
std::vector<pending_commit> commit_log::next_batch()
{
    std::unique_lock lock(mutex_);
    while (queue_.empty() && !stopping_) {
        idle_ = true;
        arrived_.wait(lock);
    }
    std::vector<pending_commit> batch;
    std::size_t bytes = 0, count = 0;
    while (count < queue_.size() && count < bounds_.block_records_most && bytes < bounds_.block_bytes_most)
        bytes += queue_[count++].record.size();
    if (count == queue_.size()) {
        batch.swap(queue_);
        queue_.reserve(batch.capacity());
        return batch;
    }
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
    batch.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
    return batch;
}

void commit_log::write(std::vector<pending_commit> items)
{
    block_.clear();
    std::size_t records = 0;
    for (const auto& item : items) {
        if (item.record.empty()) continue;
        block_.append(item.record).append(1, '\n');
        ++records;
    }
    if (!block_.empty() && !failed_) {
        const auto began = std::chrono::steady_clock::now();
        const auto why = disk_.append(next_position_, block_);
        sync_ns_ += static_cast<std::uint64_t>((std::chrono::steady_clock::now() - began).count());
        if (why) {
            failed_ = true;
            on_failed_(*why);
        } else {
            ++next_position_;
            ++blocks_;
            bytes_ += block_.size();
            records_ += records;
        }
    }
    waiting_.fetch_sub(items.size(), std::memory_order_relaxed);
    if (failed_) { // nothing of this block happened, as far as anyone outside may know
        for (auto& item : items) {
            item.reply = {};
            item.reply.result = outcome::unavailable;
            item.reply.reason = "disk_failed";
            item.reply.detail = "the journal cannot be written; the node takes no more commands";
            if (item.then) item.then(item.reply);
        }
        return;
    }
    on_committed_({next_position_ - 1, std::move(items)});
}

} // namespace takt::runtime
