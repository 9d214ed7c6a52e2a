#include "sim/door.hpp"
#include "messages/core/log.hpp"

#include <thread>

namespace takt::sim {
namespace {

constexpr auto try_again_after = std::chrono::milliseconds(50); ///< real time

std::string text_of(const boost::json::value& v, std::string_view member)
{
    const auto* object = v.if_object();
    const auto* text = object == nullptr ? nullptr : object->if_contains(member);
    return text != nullptr && text->is_string() ? std::string(text->as_string()) : std::string();
}

} // namespace

http::client_answer door::ask(const std::string& method, const std::string& target, const std::string& body,
                              const http::client_headers& headers)
{
    bool said = false;
    while (true) {
        if (stopping_()) throw stopped{};
        std::string why;
        try {
            ++requests_;
            auto answer = exchange_(method, target, body, headers);
            if (answer.status != 503 && answer.status != 504) return answer;
            why = answer.complaint();
        } catch (const std::runtime_error& e) {
            why = e.what();
        }
        ++repeated_;
        if (!std::exchange(said, true)) log_debug("sim_door_waits", {{"target", target}, {"why", why}});
        std::this_thread::sleep_for(try_again_after);
    }
}

boost::json::value door::get(const std::string& path)
{
    const auto answer = ask("GET", path, {}, {});
    if (answer.status == 404) return {};
    if (!answer.ok()) {
        complain(path, answer.complaint());
        return {};
    }
    return answer.json();
}

void door::list(const std::string& path, const std::function<void(const boost::json::object&)>& item)
{
    const std::string page = path + (path.find('?') == std::string::npos ? '?' : '&') + "limit=200";
    std::string cursor;
    do {
        const auto json = get(cursor.empty() ? page : page + "&cursor=" + cursor);
        const auto* whole = json.if_object();
        const auto* items = whole == nullptr ? nullptr : whole->if_contains("items");
        if (items == nullptr || !items->is_array()) return;
        for (const auto& one : items->get_array())
            if (one.is_object()) item(one.get_object());
        cursor = text_of(json, "next_cursor");
    } while (!cursor.empty());
}

door_answer door::post(const std::string& path, const std::string& body, const std::string& identity)
{
    const auto answer = ask("POST", path, body, {{"Idempotency-Key", '"' + identity + '"'}});
    door_answer a{answer.status, {}, {}, answer.json()};
    if (a.ok()) return a;
    ++refused_;
    a.reason = text_of(a.body, "reason");
    a.detail = text_of(a.body, "detail");
    log_debug("sim_refused", {{"path", path}, {"status", a.status}, {"reason", a.reason}, {"detail", a.detail}});
    return a;
}

void door::complain(const std::string& path, const std::string& what)
{
    log_warning("sim_door_unreadable", {{"path", path}, {"what", what}});
}

} // namespace takt::sim
