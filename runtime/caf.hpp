#pragma once

#include <caf/all.hpp>

/// The one place that names CAF's calls; what changes with CAF 1.x changes here.
namespace takt::runtime {

template <class Element> void tell(const caf::actor& to, std::unique_ptr<Element> what)
{
    to->enqueue(caf::mailbox_element_ptr(what.release()), nullptr);
}

/// Behind what waits in its inbox already.
inline void end(const caf::actor& who) { caf::anon_send_exit(who, caf::exit_reason::user_shutdown); }

} // namespace takt::runtime
