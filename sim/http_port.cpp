#include "sim/http_port.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "gateways/http/client.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"
#include "messages/core/log.hpp"
#include "sim/newspaper.hpp"

namespace takt::sim {
namespace {

using clock = std::chrono::steady_clock;
constexpr auto patience = std::chrono::seconds(10);
constexpr auto clock_checked_every = std::chrono::seconds(2);
constexpr std::size_t samples_waiting_most = 200'000; ///< more: the oldest batch is dropped

std::string text_of(const boost::json::value& v, std::string_view member)
{
    const auto* object = v.if_object();
    const auto* text = object == nullptr ? nullptr : object->if_contains(member);
    return text != nullptr && text->is_string() ? std::string(text->as_string()) : std::string();
}

template <class T> T number_of(const boost::json::object& o, std::string_view member)
{
    const auto* v = o.if_contains(member);
    boost::system::error_code none;
    const T number = v == nullptr ? T{} : v->to_number<T>(none);
    return none ? T{} : number;
}

std::optional<runtime::fact> read_fact(const std::string& document)
{
    const auto json = parse_json(document);
    if (!json || !json->is_object()) return std::nullopt;
    const auto& o = json->get_object();
    runtime::fact f;
    f.position = number_of<std::uint64_t>(o, "position");
    f.entity = entity_ref(text_of(*json, "entity"));
    f.revision = number_of<std::uint64_t>(o, "revision");
    f.at = parse_rfc3339(text_of(*json, "at")).value_or(instant{});
    f.type = text_of(*json, "type");
    f.version = number_of<int>(o, "version");
    if (const auto* data = o.if_contains("data")) write_json(f.data, *data);
    return f;
}

runtime::answer answer_of(const http::client_answer& a)
{
    using runtime::outcome;
    const auto json = a.json();
    runtime::answer out;
    out.reason = text_of(json, "reason");
    out.detail = text_of(json, "detail");
    if (a.ok())
        out.result = outcome::accepted;
    else if (a.status == 503 || a.status == 504)
        out.result = outcome::busy;
    else
        out.result = a.status >= 500 ? outcome::failed : outcome::refused;
    return out;
}

/// Plant time as the node tells it now and then, carried on at the speed that it was seen to have.
class remote_clock {
public:
    void tell(instant plant)
    {
        const auto real = clock::now();
        const std::lock_guard lock(mutex_);
        if (known_ && real - at_ > std::chrono::milliseconds(200))
            speed_ = static_cast<double>((plant - plant_).count()) / ms_between(at_, real);
        at_ = real;
        plant_ = plant;
        known_ = true;
    }
    instant now() const
    {
        const std::lock_guard lock(mutex_);
        const instant guess{plant_.ms + static_cast<std::int64_t>(speed_ * ms_between(at_, clock::now()))};
        return latest_ = std::max(latest_, guess); // never back
    }

private:
    static double ms_between(clock::time_point a, clock::time_point b)
    {
        return std::chrono::duration<double, std::milli>(b - a).count();
    }
    mutable std::mutex mutex_;
    bool known_ = false;
    double speed_ = 1;
    clock::time_point at_;
    instant plant_;
    mutable instant latest_;
};

class http_port final : public equipment::port {
public:
    http_port(const std::string& url, std::string token)
        : url_(url), token_(std::move(token)), client_(url, token_, patience)
    {
        constexpr auto apart = std::chrono::milliseconds(300);
        read_clock();
        std::this_thread::sleep_for(apart);
        read_clock();
        thread_ = std::thread([this] { run(); });
    }
    ~http_port() override
    {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        thread_.join();
    }
    http_port(const http_port&) = delete;
    http_port& operator=(const http_port&) = delete;

    instant now() const override { return clock_.now(); }

    void send(runtime::envelope command, runtime::on_answer then) override
    {
        post([this, e = std::move(command), then = std::move(then)] {
            std::string body;
            e.command.write(body);
            const auto path = "/api/v1/" + e.target.path() + "/commands/" + std::string(e.command.type().name);
            then(exchange("POST", path, body,
                          {{"Idempotency-Key", '"' + e.sender + '/' + std::to_string(e.sequence) + '"'}}));
        });
    }

    void read(const entity_ref& entity, runtime::on_view then) override
    {
        post([this, entity, then = std::move(then)] { read_again(entity, then); });
    }

    std::shared_ptr<void> subscribe(std::function<void(const runtime::facts&)> sink,
                                    std::function<void()> lost) override
    {
        auto take = [sink = std::move(sink)](const std::string& document) {
            if (auto f = read_fact(document))
                sink(std::make_shared<const std::vector<runtime::fact>>(1, std::move(*f)));
        };
        return std::make_shared<newspaper>(url_, token_, "kind=machine&type=dispatched,dispatch_repeated,job_withdrawn",
                                           std::move(take), std::move(lost));
    }

    bool observe(std::vector<scada::sample> samples) override
    {
        {
            const std::lock_guard lock(mutex_);
            if (samples_waiting_ + samples.size() > samples_waiting_most) return false;
            samples_waiting_ += samples.size();
        }
        post([this, batch = scada::sample_batch{std::move(samples)}] {
            exchange("POST", "/api/v1/samples", to_json(batch), {});
            const std::lock_guard lock(mutex_);
            samples_waiting_ -= batch.samples.size();
        });
        return true;
    }

private:
    void post(std::function<void()> what)
    {
        {
            const std::lock_guard lock(mutex_);
            queue_.push_back(std::move(what));
        }
        wake_.notify_one();
    }

    void run()
    {
        auto next_clock = clock::now() + clock_checked_every;
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            if (clock::now() >= next_clock) {
                next_clock = clock::now() + clock_checked_every;
                lock.unlock();
                read_clock();
                lock.lock();
                continue;
            }
            if (queue_.empty()) {
                wake_.wait_until(lock, next_clock);
                continue;
            }
            const auto what = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            what();
            lock.lock();
        }
    }

    /// A node that is away is one that is busy: the link tries again.
    runtime::answer exchange(const std::string& method, const std::string& target, const std::string& body,
                             const http::client_headers& headers)
    {
        try {
            return answer_of(client_.send(method, target, body, headers));
        } catch (const std::runtime_error& e) {
            log_debug("sim_link_away", {{"target", target}, {"why", e.what()}});
            return {runtime::outcome::unavailable, "away", e.what(), {}, 0, {}, false};
        }
    }

    void read_again(const entity_ref& entity, const runtime::on_view& then)
    {
        constexpr auto pause = std::chrono::milliseconds(100);
        try {
            const auto a = client_.get("/api/v1/" + entity.path());
            const auto json = a.json();
            if (a.ok() && json.is_object())
                return then({entity, number_of<std::uint64_t>(json.get_object(), "entity_revision"), a.body, {}});
        } catch (const std::runtime_error& e) {
            log_debug("sim_link_away", {{"entity", entity.path()}, {"why", e.what()}});
        }
        std::this_thread::sleep_for(pause);
        post([this, entity, then] { read_again(entity, then); });
    }

    void read_clock()
    {
        try {
            const auto at = parse_rfc3339(text_of(client_.get("/healthz").json(), "plant_time"));
            if (at) clock_.tell(*at);
        } catch (const std::runtime_error& e) {
            log_debug("sim_clock_away", {{"why", e.what()}});
        }
    }

    const std::string url_, token_;
    http::client client_; ///< of the thread, after the constructor
    remote_clock clock_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    std::size_t samples_waiting_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace

std::unique_ptr<equipment::port> http_port_to(const std::string& url, const std::string& token)
{
    return std::make_unique<http_port>(url, token);
}

} // namespace takt::sim
