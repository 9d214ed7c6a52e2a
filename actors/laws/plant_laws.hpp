#pragma once

#include "actors/laws/cases.hpp"
#include "actors/laws/held_lots.hpp"
#include "actors/laws/known_lots.hpp"
#include "actors/laws/maintenance.hpp"
#include "actors/laws/material_balance.hpp"
#include "actors/laws/one_job.hpp"

namespace takt::laws {

/// All laws of the plant, in the order in which they are reported. A new law is a member here.
class plant_laws {
public:
    void see(const seen_event& e)
    {
        balance_.see(e);
        jobs_.see(e);
        lots_.see(e);
        cases_.see(e);
        held_.see(e);
        maintenance_.see(e);
    }
    void under_way(const entity_ref& target, const message& command)
    {
        balance_.under_way(target, command);
        cases_.under_way(target, command);
        held_.under_way(target, command);
    }
    std::vector<finding> findings() const
    {
        auto all = balance_.findings();
        for (auto& f : jobs_.findings()) all.push_back(std::move(f));
        all.push_back(lots_.result());
        all.push_back(held_.result());
        for (auto& f : cases_.findings()) all.push_back(std::move(f));
        for (auto& f : maintenance_.findings()) all.push_back(std::move(f));
        return all;
    }

private:
    material_balance balance_;
    one_job jobs_;
    known_lots lots_;
    cases cases_;
    held_lots held_;
    maintenance maintenance_;
};

} // namespace takt::laws
