#include <stdexcept>

#include "gateways/http/what_if.hpp"
#include "messages/core/log.hpp"
#include "runtime/past.hpp"

namespace takt::http {
namespace {

constexpr std::size_t kept_most = 20;
constexpr std::size_t waiting_most = 5;

} // namespace

what_if_desk::what_if_desk(runtime::node& node, what_if_runner how)
    : node_(node), run_(std::move(how)), thread_([this] { run(); })
{
}

what_if_desk::~what_if_desk()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

std::optional<std::uint64_t> what_if_desk::ask(what_if_question what, std::vector<entity_ref> about)
{
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= waiting_most) return std::nullopt;
    entry e;
    e.id = ++last_;
    e.question = std::move(what);
    e.about = std::move(about);
    e.asked_at = node_.now();
    queue_.push_back(e.id);
    entries_.emplace(e.id, std::move(e));
    if (entries_.size() > kept_most) entries_.erase(entries_.begin());
    wake_.notify_one();
    return last_;
}

std::optional<what_if_desk::entry> what_if_desk::find(std::uint64_t id) const
{
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(id);
    if (found == entries_.end()) return std::nullopt;
    return found->second;
}

std::vector<what_if_desk::entry> what_if_desk::all() const
{
    const std::lock_guard lock(mutex_);
    std::vector<entry> found;
    for (auto i = entries_.rbegin(); i != entries_.rend(); ++i) found.push_back(i->second);
    return found;
}

bool what_if_desk::forget(std::uint64_t id)
{
    const std::lock_guard lock(mutex_);
    std::erase(queue_, id);
    return entries_.erase(id) > 0;
}

void what_if_desk::note_applied(std::uint64_t id)
{
    change(id, [](entry& e) { e.status = "applied"; });
}

template <class F> void what_if_desk::change(std::uint64_t id, F f)
{
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(id);
    if (found != entries_.end()) f(found->second);
}

void what_if_desk::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (queue_.empty()) {
            wake_.wait(lock);
            continue;
        }
        const auto id = queue_.front();
        queue_.pop_front();
        lock.unlock();
        answer(id);
        lock.lock();
    }
}

void what_if_desk::answer(std::uint64_t id)
{
    const auto asked = find(id);
    if (!asked) return;
    change(id, [](entry& e) { e.status = "running"; });
    const auto go_on = [&](double share) {
        const std::lock_guard lock(mutex_);
        const auto found = entries_.find(id);
        if (stopping_ || found == entries_.end()) return false;
        found->second.progress = share;
        return true;
    };
    try {
        auto before = node_.copy();
        std::vector<std::uint64_t> revisions;
        for (const auto& entity : asked->about) revisions.push_back(before->load(entity).revision());
        auto answer = run_(asked->question, std::move(before), go_on);
        change(id, [&](entry& e) {
            e.status = "done";
            e.progress = 1;
            e.answer = std::move(answer);
            e.revisions = std::move(revisions);
        });
    } catch (const std::exception& why) {
        log_info("what_if_failed", {{"id", id}, {"why", why.what()}});
        change(id, [&](entry& e) {
            e.status = "failed";
            e.error = why.what();
        });
    }
}

} // namespace takt::http
