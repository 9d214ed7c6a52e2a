#pragma once

#include "runtime/replay_host.hpp"

namespace takt::runtime {

/// A node in memory and in virtual time: everything that works with a node works with this one, as fast as it can, and
/// the same way each time. Commands are done before `send` returns. Used by one thread.
///
/// It keeps no journal, so it has no history to show, and takes no telemetry.
class replay_node final : public node {
public:
    replay_node(const kind_registry& kinds, instant start);
    replay_node(const kind_registry& kinds, std::shared_ptr<const past> before);

    /// Moves time forward; timers fire on the way.
    void advance_to(instant when);
    /// When the next timer is due.
    std::optional<instant> next_due() const { return host_.owed().next_due(); }
    replay_host& host() { return host_; }

    const kind_registry& kinds() const override { return kinds_; }
    instant now() const override { return host_.now(); }
    void send(envelope command, on_answer then) override;
    answer ask(envelope command) override { return host_.ask(std::move(command)); }
    bool observe(const entity_ref& source, std::vector<scada::sample> samples) override;
    void read(const entity_ref& entity, on_view then) override { then(view(entity)); }
    entity_view view(const entity_ref& entity) override;
    std::vector<fact> history(const entity_ref&, std::uint64_t, std::size_t) override { return {}; }
    entity_view at_revision(const entity_ref& entity, std::uint64_t revision) override;
    entity_view at_time(const entity_ref& entity, instant when) override;
    std::vector<row> list(std::string_view kind, const std::string& after, std::size_t limit,
                          const std::function<bool(const row&)>& wanted) override;
    std::optional<row> find(const entity_ref& entity) override;
    std::shared_ptr<void> subscribe(std::function<void(const facts&)> sink) override;
    std::vector<fact> events_after(std::uint64_t, std::size_t) override { return {}; }
    std::uint64_t events_end() const override { return 0; }
    std::shared_ptr<const past> copy() override;
    node_counters counters() const override { return counted_; }
    bool ready() const override { return true; }

private:
    using sink = std::function<void(const facts&)>;
    void publish(std::uint64_t position, const std::string& record);

    const kind_registry& kinds_;
    replay_host host_;
    node_counters counted_;
    std::vector<std::weak_ptr<sink>> sinks_;
    bool settling_ = false;
};

} // namespace takt::runtime
