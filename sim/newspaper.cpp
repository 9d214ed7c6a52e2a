#include "sim/newspaper.hpp"
#include "messages/core/log.hpp"

namespace takt::sim {
namespace {

/// A stream that is silent for so long is read anew; so stopping never takes longer.
constexpr auto silence_most = std::chrono::milliseconds(800);
constexpr auto come_again = std::chrono::milliseconds(200);

} // namespace

newspaper::newspaper(const std::string& url, const std::string& token, std::string query,
                     std::function<void(const std::string&)> take, std::function<void()> missed)
    : client_(url, token, silence_most), query_(std::move(query)), take_(std::move(take)), missed_(std::move(missed))
{
    thread_ = std::thread([this] { run(); });
}

newspaper::~newspaper()
{
    stopping_ = true;
    thread_.join();
}

void newspaper::run()
{
    while (!stopping_) {
        http::client_headers headers;
        if (!last_.empty()) headers.emplace_back("Last-Event-ID", last_);
        const auto take = [this](const http::client_event& e) {
            if (!e.id.empty()) last_ = e.id;
            if (e.type == "reset") {
                missed_();
            } else if (e.type.empty()) {
                take_(e.data);
            }
            return !stopping_;
        };
        try {
            const auto begun = client_.events("/api/v1/events?" + query_, take, headers);
            if (begun.ok()) continue;
            log_debug("sim_news_refused", {{"why", begun.complaint()}});
        } catch (const std::runtime_error& e) {
            log_debug("sim_news_away", {{"why", e.what()}});
        }
        pause(come_again);
    }
}

void newspaper::pause(std::chrono::milliseconds longest) const
{
    constexpr auto step = std::chrono::milliseconds(20);
    for (auto waited = std::chrono::milliseconds(0); waited < longest && !stopping_; waited += step)
        std::this_thread::sleep_for(step);
}

} // namespace takt::sim
