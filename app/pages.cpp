#include "app/pages.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "gateways/http/target.hpp"

namespace takt::app {

std::string query_of(const std::vector<std::string>& where)
{
    std::string query;
    for (const auto& one : where) {
        const auto equals = one.find('=');
        if (equals == std::string::npos || equals == 0)
            throw CLI::ValidationError("'" + one + "' is not NAME=VALUE, such as status=open");
        query += '&' + http::percent_encode(one.substr(0, equals)) + '=' + http::percent_encode(one.substr(equals + 1));
    }
    return query;
}

std::optional<http::client_answer> each_row(http::client& node, const std::string& kind,
                                            const std::vector<std::string>& where, std::size_t limit,
                                            const std::function<void(const boost::json::value&)>& each)
{
    constexpr std::size_t page_most = 500;
    const auto filters = query_of(where);
    std::string cursor;
    while (limit > 0) {
        const auto page = std::min(limit, page_most);
        auto target = "/api/v1/" + http::percent_encode(kind) + "?limit=" + std::to_string(page) + filters;
        if (!cursor.empty()) target += "&cursor=" + cursor;
        auto answer = node.get(target);
        if (!answer.ok()) return answer;
        const auto document = answer.json();
        for (const auto& item : document.at("items").as_array()) each(item);
        limit -= std::min(limit, document.at("items").as_array().size());
        const auto& next = document.at("next_cursor");
        if (!next.is_string()) break;
        cursor = std::string(next.as_string());
    }
    return std::nullopt;
}

} // namespace takt::app
