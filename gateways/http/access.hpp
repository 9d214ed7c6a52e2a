#pragma once

#include <optional>
#include <string>

#include "gateways/http/exchange.hpp"

namespace takt::http {

/// Who may come in. With a token: whoever shows it as `Authorization: Bearer …`. Without one the door is on a loopback
/// address only, and asks that Host names that machine, so that a web page cannot reach it by renaming it. Either way
/// a browser's page from elsewhere (Origin) is turned away.
class access {
public:
    explicit access(std::optional<std::string> token) : token_(std::move(token)) {}

    /// The answer to somebody who may not; nothing for the others. `open`: needs no token.
    std::optional<response> refusal_of(const request& r, bool open) const;

private:
    bool token_shown(const request& r) const;
    std::optional<std::string> token_;
};

/// Reads a token file: one line, at least 16 characters of printable ASCII. Throws std::runtime_error that says what
/// is wrong with it.
std::string read_token_file(const std::string& path);

/// Takes as long for a text that differs early as for one that differs late.
bool equal_in_constant_time(std::string_view shown, std::string_view secret);

} // namespace takt::http
