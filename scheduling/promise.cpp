#include "scheduling/promise.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "scheduling/chain.hpp"
#include "scheduling/in_force.hpp"
#include "scheduling/mending.hpp"
#include "scheduling/stock.hpp"

namespace takt::scheduling {
namespace {

/// Marks the keys of a job that is only asked about, so that they are nobody else's.
constexpr char mark = '?';

job scaled(const job& one_piece, double quantity)
{
    job all = one_piece;
    std::unordered_set<std::string> own;
    for (const auto& op : one_piece.operations) own.insert(op.key);
    const auto rename = [&](std::string& key) {
        if (own.count(key) != 0) key.insert(key.begin(), mark);
    };
    const double times = std::isfinite(quantity) && quantity > 0 ? quantity : 1;
    all.key.insert(all.key.begin(), mark);
    for (auto& op : all.operations) {
        rename(op.key);
        if (op.status != operation_status::waiting) { // whatever became of the one it was copied from
            op.status = operation_status::waiting;
            op.running_machine.clear();
            op.running_operator.clear();
        }
        for (auto& name : op.predecessors) rename(name);
        for (auto& l : op.links) rename(l.predecessor);
        for (auto& need : op.needs) need.quantity *= times;
        for (auto& m : op.modes) {
            const double run = static_cast<double>(m.run) * (op.batch ? 1 : times);
            m.run = run < static_cast<double>(forever) ? std::llround(run) : forever; // refused as too long
        }
    }
    return all;
}

void unmark(std::string& key)
{
    if (!key.empty() && key.front() == mark) key.erase(key.begin());
}

} // namespace

struct promiser::parts {
    parts(const problem& p, const plan_result& in_force)
        : m(make_model(p)), places(by_node(m, in_force)), left(leave_rest_out()), b(m)
    {
        b.keep_running();
        book_what_holds(m, b, places);
        std::vector<double> wish;
        std::vector<bool> had_place;
        for (const auto* a : places) {
            had_place.push_back(a != nullptr);
            wish.push_back(static_cast<double>(a != nullptr ? a->start : forever));
        }
        mending(m, b, std::move(wish), std::move(had_place)).run();
        b.table.forget();
    }

    /// What the plan has no place for gets none here either. Returns the material that the plan leaves.
    stock leave_rest_out()
    {
        for (std::size_t i = 0; i < m.nodes.size(); ++i) {
            auto& n = m.nodes[i];
            if (places[i] == nullptr && !n.running() && n.left_out == nullptr) n.left_out = "predecessor_unplanned";
        }
        return allocate(m, by_start(m, places));
    }

    void set_material_aside(std::size_t first);
    bool waits_for_open(const std::vector<int>& cluster) const;
    promised read_answer(std::size_t first, const std::string& job);

    model m;
    std::vector<const assignment*> places;
    stock left;
    builder b;
};

promiser::promiser(const problem& p, const plan_result& in_force) : parts_(std::make_unique<parts>(p, in_force)) {}
promiser::~promiser() = default;

/// Material for the nodes from `first` on, out of what the plan leaves.
void promiser::parts::set_material_aside(std::size_t first)
{
    auto trial = left;
    for (auto i = first; i < m.nodes.size(); ++i) {
        auto& n = m.nodes[i];
        int short_of = 0;
        if (n.needs.empty() || n.left_out != nullptr) continue;
        if (const auto there = trial.take(n, short_of)) {
            n.material_at = *there;
        } else {
            n.left_out = "material_short";
            n.subject = m.source->materials[static_cast<std::size_t>(short_of)].item;
        }
    }
}

bool promiser::parts::waits_for_open(const std::vector<int>& cluster) const
{
    for (const int n : cluster) {
        const auto& one = m.nodes[static_cast<std::size_t>(n)];
        for (const auto& l : one.before)
            if (m.nodes[static_cast<std::size_t>(l.node)].cluster != one.cluster && !b.settled(l.node)) return true;
    }
    return false;
}

promised promiser::parts::read_answer(std::size_t first, const std::string& job)
{
    promised answer;
    int last = -1;
    for (auto i = first; i < m.nodes.size(); ++i) {
        const auto n = static_cast<int>(i);
        if (!b.table.placed(n)) {
            answer.left_out.push_back({job, m.nodes[i].source->key, b.left[i].reason, b.left[i].subject});
            unmark(answer.left_out.back().operation);
            unmark(answer.left_out.back().subject);
            continue;
        }
        auto a = b.assignment_of(n);
        unmark(a.job);
        unmark(a.operation);
        answer.start = answer.steps.empty() ? a.start : std::min(answer.start, a.start);
        if (last < 0 || a.end > answer.end) last = n;
        answer.end = std::max(answer.end, a.end);
        answer.steps.push_back(std::move(a));
    }
    answer.possible = answer.left_out.empty() && !answer.steps.empty();
    if (last >= 0) answer.why = binding_chain(m, b.table, last);
    for (auto& one : answer.why)
        for (auto* key : {&one.job, &one.operation, &one.subject, &one.other_job, &one.other_operation}) unmark(*key);
    return answer;
}

promised promiser::ask(const job& one_piece, double quantity)
{
    auto& in = *parts_;
    const auto first = in.m.nodes.size();
    const auto first_cluster = in.m.clusters.size();
    const auto probe = scaled(one_piece, quantity);
    append(in.m, probe);
    in.set_material_aside(first);
    in.b.grow();
    // A cluster may wait for a later one; every round places at least one.
    for (auto round = first_cluster; round < in.m.clusters.size(); ++round)
        for (auto c = first_cluster; c < in.m.clusters.size(); ++c)
            if (!in.waits_for_open(in.m.clusters[c])) in.b.place_cluster(static_cast<int>(c));
    auto answer = in.read_answer(first, one_piece.key);
    in.b.table.roll_back(0);
    remove_probe(in.m);
    in.b.grow();
    return answer;
}

promised promise(const problem& p, const plan_result& in_force, const job& one_piece, double quantity)
{
    return promiser(p, in_force).ask(one_piece, quantity);
}

} // namespace takt::scheduling
