#pragma once

#include <unordered_map>

#include "messages/qms/inspection.hpp"
#include "sim/crew.hpp"

namespace takt::sim {

/// Inspectors judge what waits for them: the sample that the plan asks for, with as many defective pieces as chance
/// put into it, by the supplier of what came in and by the scenario for what was made here. They also decide what
/// becomes of pieces that are not as they should be: mostly what is proposed, now and then a concession.
class inspectors final : public trade {
public:
    inspectors(world& w, crew& people);

    void hear(const news_item& news) override;
    void look_around() override;

private:
    void send_somebody(const std::string& key, instant since);
    void inspect(const std::string& key, const std::string& person, const crew::done& done);
    void call_review(const std::string& key, instant since);
    void review(const std::string& key, const std::string& person, const crew::done& done);
    double defect_rate(const item_id& item, const entity_ref& origin) const;

    world& world_;
    crew& people_;
    std::unordered_map<std::string, double> bought_; ///< defect rate of bought items, by their supplier
};

} // namespace takt::sim
