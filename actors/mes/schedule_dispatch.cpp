#include <set>

#include "actors/mes/schedule_parts.hpp"
#include "messages/hrm/operator.hpp"
#include "messages/mes/machine.hpp"
#include "scheduling/calendar.hpp"

namespace takt::schedule {
namespace {

/// How far down a machine's queue to look for something that can be begun at once.
constexpr int look_ahead = 20;
constexpr milliseconds same_batch{60'000};
constexpr milliseconds try_again_after{60'000};
constexpr milliseconds around_now{36 * 3'600'000};

struct candidate {
    operation_key key;
    const job_entry* job = nullptr;
    const operation_entry* operation = nullptr;
    const plm::operation_mode* mode = nullptr;
};

class dispatcher {
public:
    dispatcher(decision& d, const state& s, const context& about)
        : d_(d),
          s_(s),
          about_(about),
          calendars_(s, about.now - around_now, about.now + around_now),
          by_rule_(s.definition.dispatching != dispatching::plan),
          limits_(s, about.now),
          last_run_(s.last_run)
    {
    }

    void serve(const machine_id& key, const machine_entry& m)
    {
        if (!m.up || is_maintained(m, about_.now) || !m.runs.empty()) return;
        const auto queue = by_rule_ ? ranked_by_rule(s_, key, about_.now) : m.queue;
        if (queue.empty() || !on_shift(key, m)) return;
        const auto waiting = open_work(key, queue);
        auto reserved = next_downtime(m); ///< by maintenance, or something more urgent that cannot begin yet
        std::optional<instant> look_again;
        for (const auto& c : waiting) {
            const bool fits = !reserved || about_.now + duration(m, c) <= *reserved;
            if (is_ready(c) && fits && begin(key, m, c, waiting, look_again)) return;
            if (is_ready(c)) continue;
            if (c.operation->what.status == mes::operation_status::ready)
                look_again = earlier(look_again, about_.now + try_again_after); // what holds it back may end any time
            const auto start = c.operation->planned->start;
            if (start > about_.now) reserved = reserved ? std::min(*reserved, start) : start;
            if (c.operation->not_before > about_.now) look_again = earlier(look_again, c.operation->not_before);
            if (const auto& pinned = c.operation->pinned; pinned && pinned->start > about_.now)
                look_again = earlier(look_again, pinned->start);
        }
        if (look_again) d_.set_timer("dispatch-" + key.text, *look_again, dispatch_due{key});
    }

private:
    static instant earlier(std::optional<instant> a, instant b) { return a ? std::min(*a, b) : b; }

    bool on_shift(const machine_id& key, const machine_entry& m)
    {
        const auto& when = calendars_.of(m.shifts);
        if (scheduling::works_at(when, about_.now.ms)) return true;
        if (const auto next = scheduling::next_working(when, about_.now.ms))
            d_.set_timer("dispatch-" + key.text, instant{*next}, dispatch_due{key});
        return false;
    }

    /// What is planned on the machine and not begun, in order.
    std::vector<candidate> open_work(const machine_id& key, const std::vector<operation_key>& queue) const
    {
        std::vector<candidate> all;
        for (const auto& k : queue) {
            const auto job = s_.jobs.find(k.work_order);
            const auto* o = find_operation(s_, k.work_order, k.operation);
            if (o == nullptr || o->sent.run != 0 || begun_.contains(k)) continue;
            if (!by_rule_ && (!o->planned || o->planned->machine != key)) continue;
            if (o->what.status != mes::operation_status::waiting && o->what.status != mes::operation_status::ready)
                continue;
            const auto* mode = mode_on(*o, key);
            if (mode == nullptr) continue;
            all.push_back({k, &job->second, o, mode});
            if (static_cast<int>(all.size()) == look_ahead) break;
        }
        return all;
    }

    bool is_ready(const candidate& c) const
    {
        return schedule::is_ready(*c.job, *c.operation, about_.now) &&
               limits_.against(*c.job, *c.operation, *c.mode) == nullptr;
    }

    milliseconds duration(const machine_entry& m, const candidate& c) const
    {
        return duration_on(s_, m, *c.operation, *c.mode);
    }

    /// Those that are planned to share the candidate's run, itself included.
    std::vector<const candidate*> batch_of(const machine_entry& m, const candidate& c,
                                           const std::vector<candidate>& waiting) const
    {
        std::vector<const candidate*> all{&c};
        const auto& family = c.operation->what.setup_family;
        if (!c.operation->what.batch || m.capacity < 2 || family.empty()) return all;
        for (const auto& other : waiting) {
            if (&other == &c || !other.operation->what.batch || other.operation->what.setup_family != family) continue;
            if (by_rule_ || together(*c.operation->planned, *other.operation->planned)) all.push_back(&other);
        }
        return all;
    }

    static bool together(const place& a, const place& b)
    {
        return a.start - b.start < same_batch && b.start - a.start < same_batch;
    }

    bool begin(const machine_id& key, const machine_entry& m, const candidate& c, const std::vector<candidate>& waiting,
               std::optional<instant>& look_again)
    {
        auto load = batch_of(m, c, waiting);
        const bool all_ready =
            std::all_of(load.begin(), load.end(), [&](const candidate* one) { return is_ready(*one); });
        if (!all_ready && c.operation->planned->start > about_.now) {
            look_again = earlier(look_again, c.operation->planned->start); // the others may still come in time
            return false;
        }
        std::erase_if(load, [&](const candidate* one) { return !is_ready(*one); });
        if (load.size() > static_cast<std::size_t>(m.capacity)) load.resize(static_cast<std::size_t>(m.capacity));
        bool any = false;
        for (const auto* one : load) any = send(key, m, *one, look_again) || any;
        if (any) limits_.take(*c.mode);
        return any;
    }

    bool send(const machine_id& key, const machine_entry& m, const candidate& c, std::optional<instant>& look_again)
    {
        const auto person = find_person(c);
        if (!person) {
            miss(c, look_again);
            return false;
        }
        mes::job_spec job;
        job.work_order = c.key.work_order;
        job.operation = c.key.operation;
        job.run = ++last_run_;
        job.item = c.job->item;
        job.quantity = c.operation->what.quantity;
        job.machine = key;
        job.person = *person;
        job.setup_time_ms = setup_time(s_, m, *c.operation, *c.mode);
        job.run_time_ms = c.mode->run_time_ms;
        job.setup_family = c.operation->what.setup_family;
        job.batch = c.operation->what.batch;
        begun_.insert(c.key);
        d_.emit(operation_sent{mes::ref_of(job), key, *person, duration(m, c), about_.now});
        if (person->empty()) {
            d_.send(key.text, machine::dispatch{std::move(job)});
        } else {
            taken_.insert(person->text);
            d_.send(person->text, operator_::assign{std::move(job)});
        }
        return true;
    }

    bool can_take(const operator_id& key, const person_entry& p, const std::string& skill) const
    {
        return p.present && !p.job && !taken_.contains(key.text) &&
               std::find(p.skills.begin(), p.skills.end(), skill) != p.skills.end();
    }

    /// Nobody can do it now: whoever is planned for it should be there.
    void miss(const candidate& c, std::optional<instant>& look_again)
    {
        if (!c.operation->planned || c.operation->planned->person.empty()) return;
        const auto& person = c.operation->planned->person;
        if (!missed_.insert(person.text).second) return;
        const auto later = note_missing(d_, s_, person, c.mode->skill, about_);
        if (later) look_again = earlier(look_again, *later);
    }

    /// Whom the plan names if they are free, else anyone who can do it; empty for what runs unattended.
    std::optional<operator_id> find_person(const candidate& c) const
    {
        const auto& skill = c.mode->skill;
        if (skill.empty()) return operator_id{};
        if (c.operation->planned) {
            const auto planned = s_.people.find(c.operation->planned->person);
            if (planned != s_.people.end() && can_take(planned->first, planned->second, skill)) return planned->first;
        }
        for (const auto& [key, p] : s_.people)
            if (can_take(key, p, skill)) return key;
        return std::nullopt;
    }

    decision& d_;
    const state& s_;
    const context& about_;
    calendars calendars_;
    const bool by_rule_;
    floor_limits limits_;
    std::int64_t last_run_;
    std::set<std::string> taken_;   ///< people who were given a job by this decision
    std::set<std::string> missed_;  ///< people who were looked for by this decision
    std::set<operation_key> begun_; ///< by this decision: a rule ranks an operation for every machine that can do it
};

} // namespace

void dispatch(decision& d, const state& s, const std::optional<machine_id>& machine, const context& about)
{
    dispatcher now(d, s, about);
    if (!machine) {
        for (const auto& [key, m] : s.machines) now.serve(key, m);
        return;
    }
    const auto found = s.machines.find(*machine);
    if (found != s.machines.end()) now.serve(found->first, found->second);
}

} // namespace takt::schedule
