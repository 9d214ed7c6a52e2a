#pragma once

#include <memory>

#include "persistence/store.hpp"
#include "runtime/clock.hpp"
#include "runtime/limits.hpp"
#include "runtime/node.hpp"

namespace takt::runtime {

struct node_options {
    std::string directory;   ///< of the data; made if missing
    std::size_t workers = 0; ///< threads that run entities; 0: as many as cores
    double speed = 1.0;      ///< plant seconds per real second
    std::optional<instant>
        plant_start; ///< plant time of a new journal (default: now). One with records goes on from its last
    limits bounds;
};

/// A node on CAF: one actor for each live entity, one journal, its derived data. Starting replays what it must and
/// takes up what the journal owes. Destroying it stops in order: doors must be closed before.
class caf_node final : public node {
public:
    /// Throws std::runtime_error with a sentence for people if the data cannot be opened or replayed.
    caf_node(const kind_registry& kinds, node_options options);
    ~caf_node() override;

    const kind_registry& kinds() const override;
    instant now() const override;
    void send(envelope command, on_answer then) override;
    answer ask(envelope command) override;
    bool observe(const entity_ref& source, std::vector<scada::sample> samples) override;
    std::vector<scada::sample> samples(const entity_ref& source, const std::string& tag, instant from, instant to,
                                       std::size_t limit) override;
    std::vector<scada::rollup> rollups(const entity_ref& source, const std::string& tag, instant from, instant to,
                                       milliseconds each, std::size_t limit) override;
    std::vector<scada::sample> latest(const entity_ref& source) override;
    void read(const entity_ref& entity, on_view then) override;
    entity_view view(const entity_ref& entity) override;
    std::vector<fact> history(const entity_ref& entity, std::uint64_t after, std::size_t limit) override;
    entity_view at_revision(const entity_ref& entity, std::uint64_t revision) override;
    entity_view at_time(const entity_ref& entity, instant when) override;
    traced trace(const trace_id& id, std::size_t limit) override;
    std::vector<row> list(std::string_view kind, const std::string& after, std::size_t limit,
                          const std::function<bool(const row&)>& wanted) override;
    std::optional<row> find(const entity_ref& entity) override;
    std::shared_ptr<void> subscribe(std::function<void(const facts&)> sink) override;
    std::vector<fact> events_after(std::uint64_t after, std::size_t limit) override;
    std::uint64_t events_end() const override;
    std::shared_ptr<const past> copy() override;
    node_counters counters() const override;
    node_load load() const override;
    bool ready() const override;

    /// Waits until nothing is under way: no inbox, no block, no effect. False if that takes longer.
    bool settle(std::chrono::milliseconds longest) const;
    /// Asks all entities that are idle now to leave memory.
    void passivate_all();
    const plant_clock& clock() const;

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace takt::runtime
