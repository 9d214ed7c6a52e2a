#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace takt::test {

/// A TCP connection for what a proper client would not send.
class bare_connection {
public:
    explicit bare_connection(std::uint16_t port);
    ~bare_connection();
    bare_connection(const bare_connection&) = delete;
    bare_connection& operator=(const bare_connection&) = delete;

    /// False if the other side has closed.
    bool send(std::string_view text);
    /// What comes until the other side closes, or `longest` passes in silence.
    std::string receive_all(std::chrono::milliseconds longest = std::chrono::seconds(5));
    /// Whether the other side closes within `longest`.
    bool closes(std::chrono::milliseconds longest);

private:
    int socket_ = -1;
};

inline bare_connection::bare_connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0))
{
    constexpr int small_buffer = 4096; // so that a client that does not read is soon full
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &small_buffer, sizeof(small_buffer));
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0)
        throw std::runtime_error("cannot connect to port " + std::to_string(port));
}

inline bare_connection::~bare_connection() { ::close(socket_); }

inline bool bare_connection::send(std::string_view text)
{
    while (!text.empty()) {
        const auto count = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
        if (count <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

inline std::string bare_connection::receive_all(std::chrono::milliseconds longest)
{
    const timeval wait{longest.count() / 1000, (longest.count() % 1000) * 1000};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
    std::string all;
    std::array<char, 4096> piece{};
    for (ssize_t count = 1; count > 0;) {
        count = ::recv(socket_, piece.data(), piece.size(), 0);
        if (count > 0) all.append(piece.data(), static_cast<std::size_t>(count));
    }
    return all;
}

inline bool bare_connection::closes(std::chrono::milliseconds longest)
{
    const auto begun = std::chrono::steady_clock::now();
    receive_all(longest);
    return std::chrono::steady_clock::now() - begun < longest;
}

} // namespace takt::test
