#pragma once

#include <variant>

#include "actors/scada/detect/control_chart.hpp"
#include "actors/scada/detect/limit.hpp"
#include "actors/scada/detect/nelson.hpp"
#include "actors/scada/detect/pieces.hpp"
#include "actors/scada/detect/wear.hpp"

namespace takt::detect {

/// What watchers have found in a sample.
struct findings {
    std::vector<scada::detection> raised;
    std::vector<scada::recovery> recovered;
    bool empty() const { return raised.empty() && recovered.empty(); }
};

/// One detector at work: its rule with what it remembers, its delays, and whether its detection stands.
class watcher {
public:
    /// `stands`: the detection is known already, from before a restart.
    watcher(scada::detector config, bool stands);

    const scada::detector& config() const { return config_; }
    const std::string& key() const { return key_; }
    bool stands() const { return stands_; }

    /// A good value of its tag. Times of one watcher rise.
    void take(instant at, double x, findings& out);
    /// A good value of its counter.
    void count(instant at, double total, findings& out);
    /// No good value has come until now: silence is looked for here.
    void look(instant now, findings& out);

private:
    struct silence_rule {
        std::optional<instant> heard;
    };
    struct chart {
        grouping group;
        baseline learned;
        ewma_chart ewma;
        cusum_chart cusum;
        nelson_tests nelson;
    };
    struct pieces_rule {
        energy_meter energy;
        piece_group group;
        baseline learned;
    };
    using memory = std::variant<limit_rule, rate_rule, stuck_rule, silence_rule, chart, pieces_rule, wear_rule>;
    static memory begin(scada::rule rule);

    judgement judge(instant at, double x);
    judgement judge_chart(chart& c, double x);
    judgement judge_pieces(pieces_rule& p, double mean);
    void settle(const judgement& j, instant at, double x, findings& out);
    void raise(const judgement& j, instant at, double x, findings& out);

    scada::detector config_;
    std::string key_;
    memory memory_;
    evidence_ring window_;
    bool stands_;
    std::optional<instant> deviant_since_; ///< without a break
    std::optional<instant> deviant_at_;    ///< at last, while it stands; after a restart, when it was first heard
};

} // namespace takt::detect
