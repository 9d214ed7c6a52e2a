#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateways/http/client.hpp"

namespace takt::http {

/// Takes an event stream in pieces and gives out its events, as the HTML standard reads it.
class sse_parser {
public:
    std::vector<client_event> feed(std::string_view piece)
    {
        rest_.append(piece);
        std::vector<client_event> events;
        for (auto end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n')) {
            auto line = rest_.substr(0, end);
            rest_.erase(0, end + 1);
            if (!line.empty() && line.back() == '\r') line.pop_back();
            if (!line.empty())
                take(line);
            else if (!now_.data.empty())
                events.push_back(std::exchange(now_, client_event{now_.id, {}, {}}));
        }
        return events;
    }

private:
    void take(const std::string& line)
    {
        const auto colon = line.find(':');
        const auto name = line.substr(0, colon);
        auto value = colon == std::string::npos ? std::string() : line.substr(colon + 1);
        if (value.starts_with(' ')) value.erase(0, 1);
        if (name == "id")
            now_.id = value;
        else if (name == "event")
            now_.type = value;
        else if (name == "data")
            now_.data.append(now_.data.empty() ? "" : "\n").append(value);
    }

    std::string rest_;
    client_event now_;
};

} // namespace takt::http
