#pragma once

#include "runtime/node.hpp"
#include "sim/door.hpp"

namespace takt::sim {

/// A fact as it comes by the event stream.
struct news_item {
    entity_ref entity;
    std::string type;
    boost::json::value data;
};

/// What one may want to hear of: facts of one of these kinds that are of one of these types.
struct topics {
    std::vector<std::string> kinds, types;
};

/// How people reach a plant.
struct way_in {
    door::exchange exchange;
    /// Calls `take` with news, on any thread, until the returned token is gone; `missed` when some may have been lost.
    std::function<std::shared_ptr<void>(const topics& about, std::function<void(news_item)> take,
                                        std::function<void()> missed)>
        listen;
};

/// Over the wire.
way_in way_to(const std::string& url, const std::string& token);
/// To a node in virtual time, on its own thread.
way_in way_into(runtime::node& node);

} // namespace takt::sim
