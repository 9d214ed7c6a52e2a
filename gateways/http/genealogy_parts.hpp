#pragma once

#include "actors/mes/work_order.hpp"
#include "gateways/http/genealogy.hpp"
#include "messages/core/json_read.hpp"

/// What of the plant's records a trace is made of.
namespace takt::http {

template <class State> std::optional<State> state_in(const runtime::entity_view& view)
{
    if (view.revision == 0) return std::nullopt;
    auto read = read_json_text<State>(view.state, strictness::from_storage);
    if (!read) return std::nullopt;
    return std::move(*read);
}

/// One run of an operation at a machine, as the work order was told of it. Runs that were given back before they began
/// are not among them.
struct work_run {
    std::string operation;
    std::int64_t number = 0;
    machine_id machine;
    operator_id person;
    std::optional<instant> started, ended;
    takt::quantity good, scrap;
};

struct work_runs {
    std::vector<work_run> all;
    bool complete = true; ///< false: its history is longer than is read
};
work_runs runs_of(const entity_ref& work_order, const genealogy_records& records);

/// An amount of a lot that was shipped with an order, until when.
struct shipped_lot {
    lot_id lot;
    takt::quantity quantity;
    instant at;
};
std::vector<shipped_lot> shipments_of(const entity_ref& order, const genealogy_records& records);

/// What others did with an entity in a time; the latest first.
struct named {
    std::vector<entity_ref> all;
    bool complete = true; ///< false: there are more than `most`, or its history goes back further than is read
};
/// Work orders that a machine has worked on.
named work_of_machine(const genealogy_question& what, const genealogy_records& records);
/// Purchase orders that a supplier got.
named purchases_of_supplier(const genealogy_question& what, const genealogy_records& records);

/// What a thing is: its amount, its state and its name.
genealogy_node node_of(const entity_ref& entity, const runtime::entity_view& view, int depth);

} // namespace takt::http
