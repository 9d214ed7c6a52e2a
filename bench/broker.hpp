#pragma once

#include <sys/types.h>

#include "gateways/mqtt/connection.hpp"

namespace takt::bench {

/// A mosquitto of its own on a free port of this machine, ended with this object.
class broker {
public:
    /// Throws std::runtime_error if there is no mosquitto, or it does not listen within 10 s.
    broker();
    ~broker();
    broker(const broker&) = delete;
    broker& operator=(const broker&) = delete;

    mqtt::endpoint where() const;
    std::string url() const { return "mqtt://127.0.0.1:" + std::to_string(port_); }

private:
    void end();
    int port_;
    pid_t process_ = -1;
};

} // namespace takt::bench
