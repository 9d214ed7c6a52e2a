#pragma once

#include <map>

#include "actors/erp/material.hpp"
#include "actors/mes/schedule_parts.hpp"
#include "actors/plm/product.hpp"
#include "gateways/http/promise.hpp"
#include "scheduling/promise.hpp"

/// Between the files of promises; nobody else includes it.
namespace takt::http {

scheduling::job job_for(const item_id& item, instant now, std::optional<instant> due);

/// Answers one question.
class promising {
public:
    promising(instant now, const state_reader& state_of) : now_(now), state_of_(state_of) {}
    promise_answer answer(const promise_question& what);

private:
    template <class State> std::optional<State> state(const entity_ref& entity) const
    {
        return read_state<State>(state_of_, entity);
    }

    /// When so much of an item can be there; nothing if never. Notes how.
    std::optional<instant> ready(const item_id& item, takt::quantity amount, int depth);
    instant bought(const item_id& item, const material::state& m, takt::quantity amount);
    std::optional<instant> made(const item_id& item, takt::quantity amount, int depth);

    /// An area's plan, into which work is put on trial.
    struct area_plan {
        schedule::state schedule;
        schedule::planning_task task;
        std::optional<scheduling::promiser> promiser;
    };
    area_plan& plan_of(const std::string& area);

    void add_alternatives(promise_answer& a);
    std::optional<instant> quietly_ready(const item_id& item, takt::quantity amount);
    takt::quantity most_by(const promise_answer& a, instant by);
    void add_split(promise_answer& a, takt::quantity first);
    void add_overtime(promise_answer& a);
    std::string bottleneck() const;

    /// The last work, that of the product itself.
    struct final_work {
        product::define made;
        takt::quantity amount;
        instant kit;
        scheduling::promised placed;
    };

    instant now_;
    const state_reader& state_of_;
    std::optional<instant> due_;
    std::vector<promise_step> steps_;
    std::optional<final_work> final_;
    std::map<std::string, area_plan> plans_;
};

} // namespace takt::http
