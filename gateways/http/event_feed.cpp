#include "gateways/http/event_feed.hpp"

#include <deque>
#include <mutex>
#include <optional>

#include "gateways/http/bell.hpp"
#include "gateways/http/entity_json.hpp"

namespace asio = boost::asio;

namespace takt::http {

bool fact_filter::takes(const runtime::fact& f) const
{
    const auto fits = [](const auto& set, std::string_view value) { return set.empty() || set.contains(value); };
    return fits(kinds, f.entity.kind()) && fits(entities, f.entity.path()) && fits(types, f.type);
}

/// Where the node's thread puts live events, and the connection's strand takes them.
class event_feed::inbox {
public:
    inbox(fact_filter wanted, std::size_t most) : wanted_(std::move(wanted)), most_(most) {}

    void arrive(const runtime::facts& facts)
    {
        auto wanted = those_wanted(facts);
        if (wanted->empty()) return;
        {
            const std::lock_guard lock(mutex_);
            if (behind_) return;
            queued_ += wanted->size();
            // The first block is taken whatever its size, so that a large one does not end a client that keeps up.
            behind_ = queued_ > most_ && !queue_.empty();
            if (behind_)
                queue_.clear();
            else
                queue_.push_back(std::move(wanted));
        }
        bell_->ring();
    }

    /// What has arrived; nothing if more did than may wait.
    std::optional<std::deque<runtime::facts>> take()
    {
        const std::lock_guard lock(mutex_);
        if (behind_) return std::nullopt;
        queued_ = 0;
        return std::exchange(queue_, {});
    }

    asio::awaitable<void> wait(std::chrono::milliseconds longest) { return bell_->wait(longest); }

private:
    runtime::facts those_wanted(const runtime::facts& facts) const
    {
        if (wanted_.takes_all()) return facts;
        auto some = std::make_shared<std::vector<runtime::fact>>();
        for (const auto& f : *facts)
            if (wanted_.takes(f)) some->push_back(f);
        return some;
    }

    const fact_filter wanted_;
    const std::size_t most_;
    std::shared_ptr<bell> bell_ = std::make_shared<bell>();
    std::mutex mutex_;
    std::deque<runtime::facts> queue_;
    std::size_t queued_ = 0;
    bool behind_ = false;
};

event_feed::event_feed(door& d, fact_filter wanted, std::uint64_t after)
    : door_(d),
      wanted_(std::move(wanted)),
      last_(after),
      inbox_(std::make_shared<inbox>(wanted_, d.bounds.stream_queue_events))
{
    ++door_.streams;
    door_.counted.event_streams.Increment();
}

event_feed::~event_feed()
{
    --door_.streams;
    door_.counted.event_streams.Decrement();
}

asio::awaitable<std::string> event_feed::next()
{
    if (!greeted_) {
        greeted_ = true;
        co_return greeting();
    }
    if (!live_) {
        auto text = co_await from_journal();
        if (!text.empty()) co_return text;
    }
    co_return co_await live();
}

/// Tells how soon to come again and from where, also before the first event. A client that is ahead of this journal has
/// seen another one; it is told so and goes on from here.
std::string event_feed::greeting()
{
    const auto position = door_.node.events_end();
    std::string text = "retry: 2000\n";
    if (last_ > position) {
        last_ = position;
        text += "event: reset\ndata: {\"position\":" + std::to_string(position) + "}\n";
    }
    return text + "id: " + std::to_string(last_) + "\n\n";
}

/// Reads on until something wanted turns up. When the end of the journal is near, subscribes and reads once more: what
/// was written before the subscription is found there, what comes after it in the queue.
asio::awaitable<std::string> event_feed::from_journal()
{
    while (true) {
        const std::size_t count = door_.bounds.events_per_read;
        auto page = [&node = door_.node, after = last_, count] { return node.events_after(after, count); };
        const auto facts = co_await in_background(door_, std::move(page));
        if (facts.size() < count) {
            live_ = subscription_ != nullptr;
            if (!live_)
                subscription_ = door_.node.subscribe([into = inbox_](const runtime::facts& f) { into->arrive(f); });
        }
        auto text = written(facts);
        if (live_ || !text.empty()) co_return text;
    }
}

asio::awaitable<std::string> event_feed::live()
{
    while (true) {
        const auto arrived = inbox_->take();
        if (!arrived) {
            door_.counted.slow_clients.Increment();
            co_return std::string();
        }
        std::string text;
        for (const auto& facts : *arrived) text += written(*facts);
        if (!text.empty()) co_return text;
        const auto before = std::chrono::steady_clock::now();
        co_await inbox_->wait(door_.bounds.heartbeat);
        if (std::chrono::steady_clock::now() - before >= door_.bounds.heartbeat) co_return ": alive\n\n";
    }
}

std::string event_feed::written(const std::vector<runtime::fact>& facts)
{
    std::string text;
    std::size_t count = 0;
    for (const auto& f : facts) {
        if (f.position <= last_) continue;
        last_ = f.position;
        if (!wanted_.takes(f)) continue;
        text += "id: " + std::to_string(f.position) + "\ndata: ";
        append_fact(text, f);
        text += "\n\n";
        ++count;
    }
    door_.counted.events_streamed.Increment(static_cast<double>(count));
    return text;
}

} // namespace takt::http
