#include "gateways/http/dispatch_list.hpp"

#include <algorithm>

#include "actors/mes/schedule_parts.hpp"
#include "scheduling/calendar.hpp"

namespace takt::http {
namespace {

using mes::operation_status;
using schedule::job_entry;
using schedule::machine_entry;
using schedule::operation_entry;

constexpr milliseconds week{7 * 24 * 3'600'000LL};

/// Whether anything of it has got beyond waiting for its kit.
bool is_staged(const job_entry& job)
{
    return std::any_of(job.operations.begin(), job.operations.end(),
                       [](const auto& o) { return o.what.status != operation_status::waiting; });
}

class list_maker {
public:
    list_maker(const schedule::state& s, const machine_id& key, const machine_entry& m, instant now)
        : s_(s), key_(key), m_(m), now_(now), calendars_(s, now - week, now + week), limits_(s, now)
    {
    }

    dispatch_list make()
    {
        dispatch_list list;
        list.machine = key_;
        list.up = m_.up;
        list.plan = s_.plan_number;
        for (const auto& r : m_.runs)
            if (const auto* o = schedule::find_operation(s_, r.work_order, r.operation))
                list.running.push_back({r.work_order, r.operation, s_.jobs.at(r.work_order).item, o->what.quantity,
                                        o->sent.person, o->what.status, o->sent.at, o->sent.at + o->sent.expected_ms});
        for (const auto& k : m_.queue) {
            const auto* o = schedule::find_operation(s_, k.work_order, k.operation);
            if (o != nullptr && o->planned && o->sent.run == 0) list.next.push_back(row(k, *o));
        }
        return list;
    }

private:
    dispatch_row row(const schedule::operation_key& k, const operation_entry& o)
    {
        const auto& job = s_.jobs.at(k.work_order);
        dispatch_row r{k.work_order,        k.operation,      job.item, o.what.quantity, o.planned->person,
                       o.what.setup_family, o.planned->start, {},       o.planned->end,  job.due,
                       job.priority,        is_staged(job),   {}};
        r.setup_end = o.planned->setup_end;
        of_job(r, job, o);
        of_machine(r);
        of_person(r);
        if (const auto* mode = schedule::mode_on(o, key_); mode != nullptr)
            if (const char* limit = limits_.against(job, o, *mode))
                add(r, limit, limit == std::string_view("tool") ? mode->tool : key_.text);
        return r;
    }

    static void add(dispatch_row& r, std::string reason, std::string subject, std::optional<instant> until = {})
    {
        r.waits_for.push_back({std::move(reason), std::move(subject), until});
    }

    void of_job(dispatch_row& r, const job_entry& job, const operation_entry& o)
    {
        if (job.held) add(r, "held", r.work_order.text);
        if (o.not_before > now_) add(r, "returned", r.operation, o.not_before);
        if (o.what.status == operation_status::ready) return;
        const operation_entry* before = nullptr;
        for (const auto& other : job.operations) {
            if (other.what.operation == r.operation) break;
            if (other.what.status != operation_status::done) before = &other;
        }
        if (before != nullptr)
            add(r, "operation", before->what.operation,
                before->sent.run != 0 ? std::optional(before->sent.at + before->sent.expected_ms)
                : before->planned     ? std::optional(before->planned->end)
                                      : std::nullopt);
        else if (!job.earliest || *job.earliest > now_)
            add(r, "material", job.item.text, job.earliest);
        else
            add(r, "picking", job.item.text);
    }

    void of_machine(dispatch_row& r)
    {
        if (!m_.up) add(r, "machine_down", key_.text, m_.down_until);
        for (const auto& d : m_.downtimes)
            if (d.from <= r.start) add(r, "maintenance", key_.text, d.to);
        for (const auto& run : m_.runs)
            if (const auto* o = schedule::find_operation(s_, run.work_order, run.operation))
                add(r, "machine_busy", run.work_order.text + "/" + run.operation, o->sent.at + o->sent.expected_ms);
        off_shift(r, m_.shifts, key_.text);
    }

    void of_person(dispatch_row& r)
    {
        const auto p = s_.people.find(r.person);
        if (p == s_.people.end()) return;
        if (p->second.job)
            add(r, "operator", r.person.text + " is at " + p->second.job->work_order.text);
        else if (!p->second.present)
            add(r, "operator", r.person.text + " is not there");
    }

    void off_shift(dispatch_row& r, const std::vector<std::string>& shifts, const std::string& who)
    {
        const auto& when = calendars_.of(shifts);
        if (scheduling::works_at(when, now_.ms)) return;
        const auto next = scheduling::next_working(when, now_.ms);
        add(r, "shift", who, next ? std::optional(instant{*next}) : std::nullopt);
    }

    const schedule::state& s_;
    const machine_id& key_;
    const machine_entry& m_;
    instant now_;
    schedule::calendars calendars_;
    schedule::floor_limits limits_;
};

} // namespace

std::optional<dispatch_list> dispatch_list_of(const schedule::state& s, const machine_id& machine, instant now)
{
    const auto found = s.machines.find(machine);
    if (found == s.machines.end()) return std::nullopt;
    return list_maker(s, machine, found->second, now).make();
}

} // namespace takt::http
