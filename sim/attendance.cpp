#include "sim/attendance.hpp"

#include <algorithm>

#include "messages/hrm/operator.hpp"
#include "sim/floor.hpp"

namespace takt::sim {
namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr milliseconds ask_again{60'000}; ///< who cannot leave yet

struct person_view {
    static constexpr auto defaulted = std::to_array<std::string_view>({"present", "machine"});
    bool present = false;
    std::optional<mes::run_ref> job;
    machine_id machine;
};
BOOST_DESCRIBE_STRUCT(person_view, (), (present, job, machine))

struct call_view {
    instant from, to;
};
BOOST_DESCRIBE_STRUCT(call_view, (), (from, to))

struct called_view {
    std::vector<call_view> called;
};
BOOST_DESCRIBE_STRUCT(called_view, (), (called))

struct operation_view {
    std::string key;
    bool interruptible = true, batch = false;
};
BOOST_DESCRIBE_STRUCT(operation_view, (), (key, interruptible, batch))

struct work_order_view {
    std::vector<operation_view> operations;
};
BOOST_DESCRIBE_STRUCT(work_order_view, (), (operations))

std::string path_of(const plant::person& who) { return "/api/v1/operator/" + who.key.text; }

std::string identity(const plant::person& who, std::string_view what, instant at)
{
    return "sim/" + std::string(what) + '/' + who.key.text + '/' + std::to_string(at.ms);
}

} // namespace

attendance::attendance(world& w, std::vector<crew*> crews) : world_(w), crews_(std::move(crews))
{
    for (const auto& p : w.plant.operators) members_.push_back({&p, false, {}, {}});
}

void attendance::begin()
{
    const auto now = world_.time.now();
    std::map<std::string, bool> there;
    std::map<std::string, std::vector<scheduling::interval>> called;
    world_.node.list("/api/v1/operators", [&](const boost::json::object& o) {
        const auto* key = o.if_contains("key");
        const auto* present = o.if_contains("present");
        if (key != nullptr && key->is_string() && present != nullptr)
            there[std::string(key->get_string())] = present->is_bool() && present->get_bool();
        const auto seen = read_json<called_view>(o, strictness::from_storage);
        if (key != nullptr && key->is_string() && seen)
            for (const auto& s : seen->called) called[std::string(key->get_string())].push_back({s.from.ms, s.to.ms});
    });
    for (std::size_t i = 0; i < members_.size(); ++i) {
        if (there[members_[i].who->key.text]) set_present(members_[i], true);
        members_[i].called = called[members_[i].who->key.text];
        plan_next(i, now);
    }
}

/// The shifts of these keys, breaks included: nobody clocks out for a break.
const scheduling::calendar& attendance::shifts_of(const plant::person& who, instant at)
{
    if (at.ms + 8 * day_ms > horizon_.end) {
        calendars_.clear();
        horizon_ = {at.ms - day_ms, at.ms + 40 * day_ms};
    }
    std::string name;
    for (const auto& s : who.shifts) name += s + ' ';
    const auto found = calendars_.find(name);
    if (found != calendars_.end()) return found->second;
    hrm::work_calendar pattern{world_.plant.time_zone, {}, world_.plant.holidays};
    for (const auto& shift : world_.plant.shifts)
        if (!shift.optional && std::find(who.shifts.begin(), who.shifts.end(), shift.key) != who.shifts.end())
            pattern.shifts.push_back({shift.key, shift.weekdays, shift.start, shift.end, {}, false});
    return calendars_[name] = scheduling::working_time(pattern, horizon_.start, horizon_.end);
}

void attendance::hear(const news_item& news)
{
    if (news.entity.kind() != "operator") return;
    const auto found = std::find_if(members_.begin(), members_.end(),
                                    [&](const member& m) { return m.who->key.text == news.entity.key(); });
    if (found == members_.end()) return;
    if (news.type == "called_in") {
        if (const auto e = read_json<operator_::called_in>(news.data, strictness::from_storage))
            call(static_cast<std::size_t>(found - members_.begin()), {e->from.ms, e->to.ms});
    } else if (news.type == "called_off") {
        if (const auto e = read_json<operator_::called_off>(news.data, strictness::from_storage))
            std::erase_if(found->called, [&](const auto& i) { return i.start == e->from.ms; });
    }
}

void attendance::call(std::size_t index, scheduling::interval shift)
{
    members_[index].called.push_back(shift);
    plan_next(index, world_.time.now());
}

/// The one that ends first after this instant.
std::optional<scheduling::interval> attendance::next_shift(const member& m, instant after)
{
    std::optional<scheduling::interval> next;
    const auto take = [&](const scheduling::interval& s) {
        if (s.end > after.ms && s.start < s.end && (!next || s.end < next->end)) next = s;
    };
    for (const auto& s : shifts_of(*m.who, after)) take(s);
    for (const auto& s : m.called) take(s);
    return next;
}

void attendance::plan_next(std::size_t index, instant after)
{
    auto& m = members_[index];
    if (m.who->shifts.empty()) { // is always there
        world_.node.tell(m.who->key.text, operator_::clock_in{}, identity(*m.who, "in", after));
        return set_present(m, true);
    }
    const auto next = next_shift(m, after);
    if (!next) // a long holiday: look again later
        return world_.time.at(after + milliseconds{7 * day_ms},
                              [this, index, after] { plan_next(index, after + milliseconds{7 * day_ms}); });
    const auto shift = *next;
    if (m.next_start == shift.start) return; // is planned already
    auto chances = world_.chances(m.who->key.text, "shift").of(static_cast<std::uint64_t>(shift.start));
    const bool absent = chances.chance(world_.how.absence_rate);
    const bool late = chances.chance(world_.how.lateness_share);
    const double minutes = late ? chances.between(5, 40) : chances.between(-8, 1);
    // There out of hours, as after a restart: goes home first.
    if (m.present && after.ms < shift.start - day_ms / 48) return leave(index, {shift.start - day_ms, after.ms}, 0);
    if (absent && !m.present) {
        world_.count(&figures::absences);
        m.next_start = shift.start;
        return world_.time.at({shift.end}, [this, index, shift] { plan_next(index, {shift.end}); });
    }
    m.next_start = shift.start;
    world_.time.at({shift.start + static_cast<std::int64_t>(minutes * 60'000)},
                   [this, index, shift] { come(index, shift); });
}

void attendance::come(std::size_t index, scheduling::interval shift)
{
    auto& m = members_[index];
    if (m.next_start != shift.start) return; // called in to an earlier one, or off this one
    if (!m.present) {
        const auto a = world_.node.tell(m.who->key.text, operator_::clock_in{}, identity(*m.who, "in", {shift.start}));
        if (a.ok()) {
            world_.count(&figures::clock_ins);
            set_present(m, true);
        }
    }
    auto chances = world_.chances(m.who->key.text, "leave").of(static_cast<std::uint64_t>(shift.start));
    world_.time.at({shift.end + static_cast<std::int64_t>(chances.between(0, 4) * 60'000)},
                   [this, index, shift] { leave(index, shift, 0); });
}

void attendance::leave(std::size_t index, scheduling::interval shift, int tries)
{
    auto& m = members_[index];
    const auto now = world_.time.now();
    const auto a = world_.node.tell(m.who->key.text, operator_::clock_out{}, identity(*m.who, "out", now));
    if (a.ok() || a.reason != "on_a_job") {
        set_present(m, false);
        return plan_next(index, {std::max(shift.end, now.ms)});
    }
    if (tries % 5 == 0) {
        const auto seen = world_.node.read<person_view>(path_of(*m.who));
        if (seen && seen->job && may_stop(*seen->job)) world_.machines.press_stop(seen->machine);
    }
    world_.time.in(ask_again, [this, index, shift, tries] { leave(index, shift, tries + 1); });
}

bool attendance::may_stop(const mes::run_ref& job)
{
    const auto order = world_.node.read<work_order_view>("/api/v1/work_order/" + job.work_order.text);
    if (!order) return false;
    return std::any_of(order->operations.begin(), order->operations.end(),
                       [&](const operation_view& o) { return o.key == job.operation && o.interruptible && !o.batch; });
}

void attendance::set_present(member& m, bool present)
{
    if (m.present != present) world_.count(&figures::people_present, present ? 1 : ~std::uint64_t{0});
    m.present = present;
    for (auto* c : crews_) c->attend(m.who->key.text, present);
}

} // namespace takt::sim
