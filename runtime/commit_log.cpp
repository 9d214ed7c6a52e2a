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

bool commit_log::append(pending_ptr& item)
{
    if (failed_.load(std::memory_order_relaxed) || stopping_.load(std::memory_order_relaxed)) return false;
    waiting_.fetch_add(1, std::memory_order_relaxed);
    item->arrived = std::chrono::steady_clock::now();
    auto* pushed = item.release();
    pushed->next = pushed_.load(std::memory_order_relaxed);
    while (!pushed_.compare_exchange_weak(pushed->next, pushed, std::memory_order_seq_cst)) {}
    if (asleep_.load() && asleep_.exchange(false)) {
        const std::lock_guard lock(sleep_mutex_);
        arrived_.notify_one();
    }
    return true;
}

void commit_log::stop()
{
    stopping_ = true;
    {
        const std::lock_guard lock(sleep_mutex_);
        asleep_ = false;
    }
    arrived_.notify_one();
    if (thread_.joinable()) thread_.join();
}

commit_log::figures commit_log::counted() const
{
    return {blocks_.load(),           bytes_.load(),
            records_.load(),          static_cast<double>(sync_ns_.load()) * 1e-9,
            waiting_.load(),          block_records_.counted(),
            block_seconds_.counted(), longest_seconds_.counted()};
}

void commit_log::run()
{
    on_own_thread = true;
    while (wait_for_items()) {
        drain();
        while (!queue_.empty()) {
            write(next_batch());
            drain();
        }
    }
}

/// False when the log has stopped and nothing is left.
bool commit_log::wait_for_items()
{
    while (pushed_.load() == nullptr) {
        if (stopping_) return pushed_.load() != nullptr;
        std::unique_lock lock(sleep_mutex_);
        asleep_ = true;
        if (pushed_.load() == nullptr && !stopping_) arrived_.wait(lock, [&] { return !asleep_.load(); });
        asleep_ = false;
    }
    return true;
}

void commit_log::drain()
{
    pending_commit* newest = pushed_.exchange(nullptr);
    pending_commit* oldest = nullptr;
    while (newest != nullptr) {
        auto* older = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = older;
    }
    for (; oldest != nullptr;) {
        auto* following = oldest->next;
        queue_.emplace_back(oldest);
        oldest = following;
    }
}

/// The oldest that wait, up to the size of a block.
std::vector<pending_ptr> commit_log::next_batch()
{
    std::vector<pending_ptr> batch;
    batch.reserve(std::min(queue_.size(), bounds_.block_records_most));
    for (std::size_t bytes = 0;
         !queue_.empty() && batch.size() < bounds_.block_records_most && bytes < bounds_.block_bytes_most;) {
        bytes += queue_.front()->record.size();
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    return batch;
}

void commit_log::write(std::vector<pending_ptr> items)
{
    block_.clear();
    std::size_t records = 0;
    for (const auto& item : items) {
        if (item->record.empty()) continue;
        block_.append(item->record).append(1, '\n');
        ++records;
    }
    if (!block_.empty() && !failed_) {
        const auto began = std::chrono::steady_clock::now();
        const auto why = disk_.append(next_position_, block_);
        const auto ended = std::chrono::steady_clock::now();
        sync_ns_ += static_cast<std::uint64_t>((ended - began).count());
        if (why) {
            failed_ = true;
            on_failed_(*why);
        } else {
            ++next_position_;
            ++blocks_;
            bytes_ += block_.size();
            records_ += records;
            block_records_.add(static_cast<double>(records));
            block_seconds_.add(std::chrono::duration<double>(ended - began).count());
            longest_seconds_.add(std::chrono::duration<double>(ended - items.front()->arrived).count());
        }
    }
    waiting_.fetch_sub(items.size(), std::memory_order_relaxed);
    if (failed_) return refuse(items);
    on_committed_({next_position_ - 1, std::move(items)});
}

/// Nothing of this block happened, as far as anyone outside may know.
void commit_log::refuse(std::vector<pending_ptr>& items) const
{
    answer no;
    no.result = outcome::unavailable;
    no.reason = "disk_failed";
    no.detail = "the journal cannot be written; the node takes no more commands";
    for (auto& item : items)
        if (item->then) item->then(no);
}

} // namespace takt::runtime
