#include <cerrno>

#include "actors/mes/packml.hpp"
#include "gateways/modbus/device.hpp"
#include "gateways/modbus/exception.hpp"

/// Commands, in the device's registers.
namespace takt::modbus {

void device::obey(const order& o)
{
    std::string why;
    const auto find = [&](const std::string& role, const std::string& tag) -> const place* {
        for (const auto& p : places_)
            if (p.machine == o.machine && p.what.role == role && (tag.empty() || p.what.tag == tag)) return &p;
        return nullptr;
    };
    if (node_.now() > o.what.due) {
        why = "it came too late";
    } else if (o.what.action == machine::control_action::set_point) {
        for (const auto& [tag, value] : o.what.set_points) {
            const auto* p = find("set_point", tag);
            if (why.empty()) why = p == nullptr ? "no register for " + tag : write(*p, value);
        }
    } else {
        const int number = machine::command_number(o.what.action);
        const auto* p = number == 0 ? nullptr : find("command", "");
        why = p == nullptr ? "no register for this command" : write(*p, number);
    }
    if (why.empty())
        say_(o.machine, make_message(machine::confirm_control{o.what.number}));
    else
        say_(o.machine, make_message(machine::refuse_control{o.what.number, why}));
    const std::lock_guard lock(mutex_);
    ++(why.empty() ? figures_.writes : figures_.failed_writes);
}

/// Why it was not written; empty if it was.
std::string device::write(const place& p, double value)
{
    const double raw =
        p.what.role == "command" ? value : (value - p.target.to_sample.offset) / p.target.to_sample.scale;
    const auto words = encode(raw, *format_of(p.what.format), *order_of(p.what.order));
    if (!words) return "the value does not fit " + p.what.format;
    const int address = p.what.address - what_.base;
    const int done = words->size() == 1
                         ? modbus_write_register(wire_, address, words->front())
                         : modbus_write_registers(wire_, address, static_cast<int>(words->size()), words->data());
    if (done > 0) return {};
    const int error = errno;
    std::string why = modbus_strerror(error);
    if (!is_exception(error)) failed("write");
    return why;
}

} // namespace takt::modbus
