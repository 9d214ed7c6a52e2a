#pragma once

#include <memory>
#include <set>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "gateways/http/door.hpp"

namespace takt::http {

/// Which events a client wants; an empty set is all of them.
struct fact_filter {
    std::set<std::string, std::less<>> kinds, entities, types;

    bool takes_all() const { return kinds.empty() && entities.empty() && types.empty(); }
    bool takes(const runtime::fact& f) const;
};

/// One client's view of the journal as server-sent events: from a position on, without a gap, first from the journal,
/// then live. Bounded by limits::stream_queue_events; a client that is further behind has its feed ended. Belongs to
/// one connection and is used on its strand.
class event_feed {
public:
    event_feed(door& d, fact_filter wanted, std::uint64_t after);
    ~event_feed();
    event_feed(const event_feed&) = delete;
    event_feed& operator=(const event_feed&) = delete;

    /// What to write next; waits for it. Empty when the feed has ended.
    boost::asio::awaitable<std::string> next();

private:
    class inbox;
    std::string greeting();
    boost::asio::awaitable<std::string> from_journal();
    boost::asio::awaitable<std::string> live();
    std::string written(const std::vector<runtime::fact>& facts);

    door& door_;
    const fact_filter wanted_;
    std::uint64_t last_;
    bool greeted_ = false;
    bool live_ = false;
    std::shared_ptr<inbox> inbox_; ///< also held by the subscription's sink, which may outlive the feed for a moment
    std::shared_ptr<void> subscription_;
};

} // namespace takt::http
