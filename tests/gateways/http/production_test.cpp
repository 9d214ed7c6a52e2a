#include "gateways/http/production.hpp"

#include <catch2/catch.hpp>

#include "actors/mes/machine.hpp"
#include "messages/core/json_write.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;

namespace {

/// A machine's day from its events, as it would be read from a journal.
class day {
public:
    day() : followed_(runtime::entity_view{entity_ref("machine", "M-1"), 0, "{}", {}}, test::monday) {}

    template <class Event> void at(std::chrono::minutes after, Event event)
    {
        runtime::fact f;
        f.entity = entity_ref("machine", "M-1");
        f.revision = ++revision_;
        f.at = test::monday + after;
        f.type = type_name<Event>();
        f.data = to_json(event);
        followed_.take(f);
    }
    http::output hour(std::size_t index, std::chrono::minutes now) const
    {
        return followed_.hours(test::monday + now).at(index);
    }

private:
    http::machine_day followed_;
    std::uint64_t revision_ = 0;
};

mes::job_spec shafts()
{
    mes::job_spec job;
    job.work_order = "WO-1";
    job.operation = "10";
    job.run = 7;
    job.quantity = quantity::of(20);
    job.run_time_ms = 3min;
    return job;
}

} // namespace

TEST_CASE("time is split between set-up, run and down, and by the hour")
{
    day d;
    d.at(5min, machine::dispatched{shafts(), test::monday + 5min});
    d.at(50min, machine::setup_done{mes::ref_of(shafts()), test::monday + 50min});
    d.at(80min, machine::went_down{"chuck", {}, test::monday + 80min});
    d.at(95min, machine::came_up{15min, test::monday + 95min});
    CHECK(d.hour(0, 120min).setup_ms == 45min);
    CHECK(d.hour(0, 120min).run_ms == 10min);
    CHECK(d.hour(1, 120min).run_ms == 45min);
    CHECK(d.hour(1, 120min).down_ms == 15min);
    CHECK(d.hour(1, 100min).run_ms == 25min); // what lasts is counted until now
}

TEST_CASE("pieces are counted once however often they are reported, with the time they should have taken")
{
    day d;
    d.at(5min, machine::dispatched{shafts(), test::monday + 5min});
    d.at(10min, machine::setup_done{mes::ref_of(shafts()), test::monday + 10min});
    d.at(20min, machine::progressed{mes::ref_of(shafts()), 3, 0});
    d.at(30min, machine::progressed{mes::ref_of(shafts()), 5, 1});
    d.at(40min, machine::progressed{mes::ref_of(shafts()), 5, 1});
    d.at(70min, machine::job_completed{mes::ref_of(shafts()), 18, 2, 5min, 60min, {}, test::monday + 70min});
    CHECK(d.hour(0, 120min).good == 5);
    CHECK(d.hour(0, 120min).scrap == 1);
    CHECK(d.hour(0, 120min).ideal_ms == 6 * 3min);
    CHECK(d.hour(1, 120min).good == 13);
    CHECK(d.hour(1, 120min).scrap == 1);
    CHECK(d.hour(1, 120min).run_ms == 10min);
}

TEST_CASE("a batch counts the time of its run once, not for each piece")
{
    auto batch = shafts();
    batch.batch = true;
    batch.run_time_ms = 30min;
    day d;
    d.at(0min, machine::dispatched{batch, test::monday});
    d.at(5min, machine::setup_done{mes::ref_of(batch), test::monday + 5min});
    d.at(40min, machine::job_completed{mes::ref_of(batch), 20, 0, 5min, 35min, {}, test::monday + 40min});
    CHECK(d.hour(0, 60min).ideal_ms == 30min);
    CHECK(d.hour(0, 60min).good == 20);
}

TEST_CASE("what was at a machine when the day began goes on in it")
{
    machine::state before;
    before.jobs.push_back({shafts(), machine::job_phase::running, 4, 0, 0, test::monday - 1h, {}, {}});
    http::machine_day d({entity_ref("machine", "M-1"), 12, to_json(before), {}}, test::monday);
    runtime::fact f;
    f.revision = 13;
    f.at = test::monday + 30min;
    f.type = "progressed";
    f.data = to_json(machine::progressed{mes::ref_of(shafts()), 10, 0});
    d.take(f);
    CHECK(d.revision() == 13);
    CHECK(d.hours(test::monday + 45min).front().run_ms == 45min);
    CHECK(d.hours(test::monday + 45min).front().good == 6);
}
