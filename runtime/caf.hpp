#pragma once

#include <caf/all.hpp>

/// The one place that names CAF's calls; what changes with CAF 1.x changes here.
namespace takt::runtime {

template <class Message> void tell(const caf::actor& to, Message&& what)
{
    caf::anon_send(to, std::forward<Message>(what));
}

/// Behind what waits in its inbox already.
inline void end(const caf::actor& who) { caf::anon_send_exit(who, caf::exit_reason::user_shutdown); }

} // namespace takt::runtime
