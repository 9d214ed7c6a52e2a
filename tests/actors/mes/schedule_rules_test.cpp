#include <catch2/catch.hpp>

#include "actors/mes/schedule_parts.hpp"
#include "messages/mes/machine.hpp"

using namespace takt;
using namespace std::chrono_literals;

namespace {

const instant now = *parse_rfc3339("2026-01-12T06:00:00Z");
const machine_id lathe("LATHE-1");

/// A lathe that needs nobody, and work that stands ready for it.
struct ready_work {
    ready_work()
    {
        state.machines[lathe].work_center = work_center_id("turning");
        state.machines[machine_id("LATHE-2")].work_center = work_center_id("turning");
    }

    void add(const std::string& job, milliseconds run, milliseconds due, milliseconds ready_since, int priority = 5,
             milliseconds later_work = 0ms)
    {
        auto& j = state.jobs[work_order_id(job)];
        j.due = now + due;
        j.priority = priority;
        j.earliest = now;
        schedule::operation_entry o;
        o.what.operation = "10";
        o.what.quantity = quantity::of(1);
        o.what.status = mes::operation_status::ready;
        for (const char* on : {"LATHE-1", "LATHE-2"}) {
            plm::operation_mode mode;
            mode.machine = machine_id(on);
            mode.run_time_ms = run;
            o.what.modes.push_back(mode);
        }
        o.ready_at = now - ready_since;
        j.operations.push_back(o);
        if (later_work == 0ms) return;
        schedule::operation_entry later = o;
        later.what.operation = "20";
        later.what.status = mes::operation_status::waiting;
        for (auto& mode : later.what.modes) mode.run_time_ms = later_work;
        j.operations.push_back(later);
    }

    std::string order(schedule::dispatching rule)
    {
        state.definition.dispatching = rule;
        std::string all;
        for (const auto& k : schedule::ranked_by_rule(state, lathe, now)) all += k.work_order.text + ' ';
        return all;
    }

    schedule::state state;
};

} // namespace

TEST_CASE("fifo begins what has waited longest, edd what is due first")
{
    ready_work w;
    w.add("A", 1h, 30h, 10min);
    w.add("B", 2h, 20h, 30min);
    w.add("C", 3h, 10h, 20min);
    CHECK(w.order(schedule::dispatching::fifo) == "B C A ");
    CHECK(w.order(schedule::dispatching::edd) == "C B A ");
}

TEST_CASE("apparent tardiness cost prefers short work when all is late, and urgent work when it is not")
{
    ready_work late;
    late.add("long", 5h, -1h, 1h);
    late.add("short", 1h, -1h, 1h);
    late.add("important", 5h, -1h, 1h, 9);
    CHECK(late.order(schedule::dispatching::atc) == "short important long ");

    ready_work early;
    early.add("short", 1h, 200h, 1h);
    early.add("urgent", 2h, 3h, 1h);
    CHECK(early.order(schedule::dispatching::atc) == "urgent short ");

    ready_work network; // the same due date, but more to do until then
    network.add("last", 1h, 20h, 1h);
    network.add("first", 1h, 20h, 1h, 5, 8h);
    CHECK(network.order(schedule::dispatching::atc) == "first last ");
}

TEST_CASE("with a rule every free machine takes the first that is ready, and no two take the same")
{
    ready_work w;
    w.add("A", 1h, 30h, 10min);
    w.add("B", 2h, 20h, 30min);
    w.state.definition.dispatching = schedule::dispatching::edd;
    decision d;
    schedule::dispatch(d, w.state, std::nullopt, {now, entity_ref("schedule/plant"), "schedule/plant"});
    std::map<std::string, std::string> sent;
    for (const auto& e : d.events())
        if (const auto* s = e.as<schedule::operation_sent>()) sent[s->machine.text] = s->job.work_order.text;
    CHECK(sent == std::map<std::string, std::string>{{"LATHE-1", "B"}, {"LATHE-2", "A"}});
}
