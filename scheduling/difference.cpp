#include "scheduling/difference.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace takt::scheduling {
namespace {

using by_operation = std::unordered_map<std::string_view, const assignment*>;

by_operation index(const plan_result& plan)
{
    by_operation all;
    all.reserve(plan.assignments.size());
    for (const auto& a : plan.assignments) all.emplace(a.operation, &a);
    return all;
}

const assignment* find(const by_operation& all, std::string_view key)
{
    const auto found = all.find(key);
    return found == all.end() ? nullptr : found->second;
}

class comparison {
public:
    comparison(const problem& now, const plan_result& in_force, const plan_result& plan)
        : now_(now), old_(index(in_force)), new_(index(plan))
    {
        for (const auto& m : now.machines) machines_.emplace(m.key, &m);
        for (const auto& a : plan.assignments) {
            on_machine_[a.machine].push_back(&a);
            if (!a.person.empty()) of_person_[a.person].push_back(&a);
        }
    }

    plan_difference compare(const plan_result& in_force, const plan_result& plan)
    {
        plan_difference all;
        for (const auto& j : now_.jobs)
            for (const auto& op : j.operations) compare(j, op, all.operations);
        for (const auto& [job, end] : plan.job_end) {
            const auto before = in_force.job_end.find(job);
            if (before == in_force.job_end.end() || before->second == end) continue;
            (end > before->second ? all.later : all.earlier).push_back({job, end - before->second});
        }
        const auto most_first = [](const job_move& a, const job_move& b) {
            return std::abs(a.later) > std::abs(b.later);
        };
        std::stable_sort(all.later.begin(), all.later.end(), most_first);
        std::stable_sort(all.earlier.begin(), all.earlier.end(), most_first);
        return all;
    }

private:
    void compare(const job& j, const operation& op, std::vector<operation_move>& out) const
    {
        const auto *was = find(old_, op.key), *is = find(new_, op.key);
        if (was == nullptr && is == nullptr) return;
        if (was != nullptr && is != nullptr && was->start == is->start && was->machine == is->machine) return;
        operation_move m{j.key, op.key, {}, {}, 0, 0, {}, {}};
        if (was != nullptr) m.old_start = was->start, m.old_machine = was->machine;
        if (is != nullptr) m.new_start = is->start, m.new_machine = is->machine;
        if (op.status != operation_status::waiting)
            m.cause = "done";
        else if (was == nullptr)
            m.cause = "fresh";
        else if (is == nullptr)
            m.cause = "left_out";
        else
            find_cause(j, op, *was, *is, m);
        out.push_back(std::move(m));
    }

    void find_cause(const job& j, const operation& op, const assignment& was, const assignment& is,
                    operation_move& m) const
    {
        const auto say = [&](const char* cause, const std::string& subject) {
            m.cause = cause;
            m.subject = subject;
        };
        const auto machine = machines_.find(was.machine);
        if (machine == machines_.end() || machine->second->down_until > was.start)
            return say("machine_down", was.machine);
        if (was.start < now_.now) return say("past", {});
        if (op.pinned_start == is.start || op.running_machine == is.machine) return say("pinned", is.machine);
        if (was.start < std::max(j.release, op.earliest)) return say("release", j.key);
        for (const auto& name : predecessors_of(op))
            if (ends_too_late(op, name, was)) return say("predecessor", name);
        if (is_other_length(op, was)) return say("duration", was.machine);
        for (const auto* other : beside(on_machine_, was.machine, op, was)) return say("displaced", other->operation);
        for (const auto* other : beside(of_person_, was.person, op, was)) return say("displaced", other->operation);
        if (!op.needs.empty() && !now_.materials.empty() && is.start > was.start)
            return say("material", op.needs.front().item);
        say("rearranged", {});
    }

    static std::vector<std::string> predecessors_of(const operation& op)
    {
        auto names = op.predecessors;
        for (const auto& l : op.links) names.push_back(l.predecessor);
        return names;
    }

    bool ends_too_late(const operation& op, const std::string& before, const assignment& was) const
    {
        const auto *then = find(old_, before), *ends = find(new_, before);
        if (ends == nullptr) return false;
        for (const auto& l : op.links) {
            if (l.predecessor != before) continue;
            if (l.most < unlimited && was.start > ends->end + l.most) return true;
            if (l.transfer_share < 1) return then != nullptr && ends->end > then->end;
            return ends->end + l.least > was.start;
        }
        return ends->end > was.start;
    }

    /// Judged by the modes only: whether one of them could take as long on the old machine.
    static bool is_other_length(const operation& op, const assignment& was)
    {
        return std::none_of(op.modes.begin(), op.modes.end(), [&](const mode& m) {
            return m.machine == was.machine && m.run <= was.end - was.setup_end;
        });
    }

    using lists = std::unordered_map<std::string_view, std::vector<const assignment*>>;
    /// Who is there now when the operation was; the lists are by start, and what is long before is rarely long enough.
    static std::vector<const assignment*> beside(const lists& all, std::string_view key, const operation& op,
                                                 const assignment& was)
    {
        const auto found = all.find(key);
        if (found == all.end()) return {};
        const auto& list = found->second;
        auto i = std::lower_bound(list.begin(), list.end(), was.end,
                                  [](const assignment* a, time_ms t) { return a->start < t; });
        for (int looked = 0; i != list.begin() && looked < 8; ++looked) {
            --i;
            if ((*i)->end > was.start && (*i)->operation != op.key) return {*i};
        }
        return {};
    }

    const problem& now_;
    by_operation old_, new_;
    lists on_machine_, of_person_;
    std::unordered_map<std::string_view, const machine*> machines_;
};

} // namespace

plan_difference difference(const problem& now, const plan_result& in_force, const plan_result& plan)
{
    return comparison(now, in_force, plan).compare(in_force, plan);
}

} // namespace takt::scheduling
