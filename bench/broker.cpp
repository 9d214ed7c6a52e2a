#include "bench/broker.hpp"

#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace takt::bench {
namespace {

sockaddr_in here(int port)
{
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(static_cast<std::uint16_t>(port));
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return a;
}

class tcp_socket {
public:
    tcp_socket() : handle_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    ~tcp_socket() { ::close(handle_); }
    tcp_socket(const tcp_socket&) = delete;
    tcp_socket& operator=(const tcp_socket&) = delete;

    int free_port() const
    {
        auto a = here(0);
        socklen_t size = sizeof a;
        auto* plain = reinterpret_cast<sockaddr*>(&a); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
        if (::bind(handle_, plain, size) != 0 || ::getsockname(handle_, plain, &size) != 0)
            throw std::runtime_error("no port is free");
        return ntohs(a.sin_port);
    }
    bool connects_to(int port) const
    {
        const auto a = here(port);
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
        return ::connect(handle_, reinterpret_cast<const sockaddr*>(&a), sizeof a) == 0;
    }

private:
    int handle_;
};

/// Found on the PATH, or where Debian puts servers.
pid_t spawn_mosquitto(const std::string& port)
{
    std::string program = "mosquitto", of_port = "-p", number = port;
    std::array<char*, 4> arguments{program.data(), of_port.data(), number.data(), nullptr};
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t nothing_held; // whoever starts this may have signals held; its child must not
    posix_spawnattr_init(&nothing_held);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&nothing_held, &none);
    posix_spawnattr_setflags(&nothing_held, POSIX_SPAWN_SETSIGMASK);
    pid_t child = -1;
    for (const auto* where : {"mosquitto", "/usr/sbin/mosquitto"})
        if (::posix_spawnp(&child, where, &quiet, &nothing_held, arguments.data(), environ) == 0) break;
    posix_spawnattr_destroy(&nothing_held);
    posix_spawn_file_actions_destroy(&quiet);
    return child;
}

} // namespace

broker::broker() : port_(tcp_socket().free_port()), process_(spawn_mosquitto(std::to_string(port_)))
{
    if (process_ < 0) throw std::runtime_error("there is no mosquitto: install it (./dev does)");
    for (int tries = 0; tries < 1000; ++tries) {
        if (tcp_socket().connects_to(port_)) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    end();
    throw std::runtime_error("mosquitto does not listen on port " + std::to_string(port_));
}

broker::~broker() { end(); }

void broker::end()
{
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
}

mqtt::endpoint broker::where() const
{
    mqtt::endpoint e;
    e.port = port_;
    return e;
}

} // namespace takt::bench
