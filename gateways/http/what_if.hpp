#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <boost/json/value.hpp>

#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"
#include "messages/plant/outcome.hpp"
#include "runtime/node.hpp"

/// What would happen if: copies of the plant as it is now, changed and not, are run forward with the same chances.
namespace takt::http {

struct what_if_change {
    static constexpr std::string_view doc = "A request that the plant would get.";
    std::string path; ///< of a POST: "/api/v1/orders", "/api/v1/machines/H-301/commands/report_down"
    boost::json::value body;
};
BOOST_DESCRIBE_STRUCT(what_if_change, (), (path, body))

struct what_if_question {
    static constexpr std::string_view doc = "Changes to a copy of the plant, and how far to look.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"name", "hours", "runs", "seed", "new_orders"});
    std::string name; ///< for people
    std::vector<what_if_change> changes;
    int hours = 72;          ///< of plant time, 1 to 1000
    int runs = 5;            ///< with different chances, 1 to 100
    std::uint64_t seed = 1;  ///< of the first
    bool new_orders = false; ///< whether customers go on ordering
};
BOOST_DESCRIBE_STRUCT(what_if_question, (), (name, changes, hours, runs, seed, new_orders))

/// How one order fares.
struct what_if_case {
    static constexpr std::string_view doc = "An order without or with the changes, over all runs.";
    std::optional<double> on_time_percent; ///< of the runs in which it was shipped or fell due; nothing: in none
    double shipped_percent = 0;            ///< of the runs, within the hours
    std::optional<instant> shipped;        ///< on average, of those runs
};
BOOST_DESCRIBE_STRUCT(what_if_case, (), (on_time_percent, shipped_percent, shipped))

struct what_if_order {
    static constexpr std::string_view doc = "An order that is open, or that the changes place.";
    order_id order;
    item_id product;
    takt::quantity quantity;
    instant due;
    std::optional<what_if_case> before; ///< nothing: the changes place it
    std::optional<what_if_case> after;  ///< nothing: the changes cancel it
};
BOOST_DESCRIBE_STRUCT(what_if_order, (), (order, product, quantity, due, before, after))

struct what_if_answer {
    static constexpr std::string_view doc = "Means over all runs, without the changes and with them.";
    instant from, to;
    plant::outcome before, after;
    std::vector<what_if_order> orders; ///< those that fare differently first
};
BOOST_DESCRIBE_STRUCT(what_if_answer, (), (from, to, before, after, orders))

/// Runs the copies. Calls `go_on` with the share that is done now and then, and gives up when that says false. Throws
/// std::runtime_error with a sentence for people: a change that was refused.
using what_if_runner = std::function<what_if_answer(const what_if_question&, std::shared_ptr<const runtime::past>,
                                                    const std::function<bool(double)>& go_on)>;

/// What is asked and answered, one at a time, on a thread of its own; the last twenty are kept. Thread-safe.
class what_if_desk {
public:
    what_if_desk(runtime::node& node, what_if_runner run);
    ~what_if_desk();
    what_if_desk(const what_if_desk&) = delete;
    what_if_desk& operator=(const what_if_desk&) = delete;

    struct entry {
        std::uint64_t id = 0;
        what_if_question question;
        instant asked_at;
        std::string status = "waiting"; ///< running, done, failed, applied
        double progress = 0;            ///< 0 to 1
        std::string error;
        std::optional<what_if_answer> answer;
        std::vector<entity_ref> about;        ///< by the changes
        std::vector<std::uint64_t> revisions; ///< of those, in the copy
    };

    /// `about`: the entities that the changes are sent to. Nothing if too many wait.
    std::optional<std::uint64_t> ask(what_if_question what, std::vector<entity_ref> about);
    std::optional<entry> find(std::uint64_t id) const;
    std::vector<entry> all() const; ///< the latest first
    /// Stops it if it runs. False if there is none.
    bool forget(std::uint64_t id);
    void note_applied(std::uint64_t id);

private:
    void run();
    void answer(std::uint64_t id);
    template <class F> void change(std::uint64_t id, F f);

    runtime::node& node_;
    const what_if_runner run_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::map<std::uint64_t, entry> entries_;
    std::deque<std::uint64_t> queue_;
    std::uint64_t last_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace takt::http
