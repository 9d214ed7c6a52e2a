#include <algorithm>
#include <iterator>

#include "gateways/equipment_link.hpp"

namespace takt::equipment {
namespace {

class node_port final : public port {
public:
    explicit node_port(runtime::node& node) : node_(node) {}

    instant now() const override { return node_.now(); }
    void send(runtime::envelope command, runtime::on_answer then) override
    {
        node_.send(std::move(command), std::move(then));
    }
    void read(const entity_ref& entity, runtime::on_view then) override { node_.read(entity, std::move(then)); }

    std::shared_ptr<void> subscribe(std::function<void(const runtime::facts&)> sink, std::function<void()>) override
    {
        return node_.subscribe([sink = std::move(sink)](const runtime::facts& all) {
            const auto of_machine = [](const runtime::fact& f) { return f.entity.kind() == "machine"; };
            if (std::none_of(all->begin(), all->end(), of_machine)) return;
            auto some = std::make_shared<std::vector<runtime::fact>>();
            std::copy_if(all->begin(), all->end(), std::back_inserter(*some), of_machine);
            sink(some);
        });
    }

    /// Each run of samples of one source is one batch for it.
    bool observe(std::vector<scada::sample> samples) override
    {
        bool all_taken = true;
        auto first = samples.begin();
        while (first != samples.end()) {
            const entity_ref source = first->source;
            const auto end = std::find_if(first, samples.end(), [&](const auto& s) { return s.source != source; });
            all_taken =
                node_.observe(source, {std::make_move_iterator(first), std::make_move_iterator(end)}) && all_taken;
            first = end;
        }
        return all_taken;
    }

private:
    runtime::node& node_;
};

} // namespace

std::unique_ptr<port> port_to(runtime::node& node) { return std::make_unique<node_port>(node); }

} // namespace takt::equipment
