#include "metrics/business_watch.hpp"

#include <catch2/catch.hpp>

#include "messages/anomaly/anomaly.hpp"
#include "messages/core/json_write.hpp"
#include "messages/ems/meter.hpp"
#include "messages/erp/order.hpp"
#include "messages/mes/schedule_events.hpp"
#include "messages/mes/work_order.hpp"
#include "messages/scada/alarm.hpp"

using namespace takt;
using namespace takt::metrics;
using namespace std::chrono_literals;

namespace {

const instant monday = *parse_rfc3339("2026-01-05T06:00:00Z");

struct watched_plant {
    business_watch watch;
    instant now = monday;

    template <class Event> void happen(std::string_view kind, std::string_view key, const Event& e)
    {
        runtime::fact f;
        f.entity = entity_ref(kind, key);
        f.at = now;
        f.type = type_name<Event>();
        f.data = to_json(e);
        watch.take(f);
    }
    double value(const std::string& name, const std::string& label = {}) const
    {
        std::vector<prometheus::MetricFamily> all;
        watch.add_families(all, now);
        for (const auto& f : all)
            for (const auto& m : f.metric)
                if (f.name == name && (label.empty() || m.label.front().value == label))
                    return f.type == prometheus::MetricType::Counter ? m.counter.value : m.gauge.value;
        return -1;
    }
};

order::shipped shipment(bool complete, bool late, instant at)
{
    order::shipped e;
    e.complete = complete;
    e.late = late;
    e.at = at;
    return e;
}

alarm::raised an_alarm(instant at, bool annunciated = true)
{
    alarm::raised e;
    e.source = entity_ref("machine", "M-1");
    e.annunciated = annunciated;
    e.at = at;
    return e;
}

} // namespace

TEST_CASE("a promise is kept if the order is complete by the date that was promised at first", "[metrics]")
{
    watched_plant f;
    f.happen("order", "SO-1", order::placed{});
    f.happen("order", "SO-1", order::promised{monday, monday + 48h});
    f.happen("order", "SO-1", order::promised{monday + 1h, monday + 72h});
    CHECK(f.value("takt_promises_moved_total") == 1);
    f.happen("order", "SO-1", shipment(false, false, monday + 24h));
    CHECK(f.value("takt_promises_total", "kept") == 0);
    f.happen("order", "SO-1", shipment(true, false, monday + 60h)); // in time for its due date, not for the promise
    f.watch.take_order("SO-2", monday + 48h);
    f.happen("order", "SO-2", shipment(true, true, monday + 48h));
    CHECK(f.value("takt_promises_total", "broken") == 1);
    CHECK(f.value("takt_promises_total", "kept") == 1);
    CHECK(f.value("takt_orders_shipped_total", "in_time") == 1);
    CHECK(f.value("takt_orders_shipped_total", "late") == 1);
    CHECK(f.value("takt_orders_placed_total") == 1);
}

TEST_CASE("alarms of the last ten minutes of plant time are those that were shown to operators", "[metrics]")
{
    watched_plant f;
    for (int i = 0; i < 12; ++i) {
        f.now += 1min;
        f.happen("alarm", "M-1.limit." + std::to_string(i), an_alarm(f.now));
    }
    f.happen("alarm", "M-1.shelved", an_alarm(f.now, false));
    CHECK(f.value("takt_alarms_recent") == 11); // the one exactly ten minutes ago too
    CHECK(f.value("takt_alarms_annunciated_total") == 12);
    f.now += 20min;
    CHECK(f.value("takt_alarms_recent") == 0);
}

TEST_CASE("scrap is counted by its reason, and reasons are bounded", "[metrics]")
{
    watched_plant f;
    work_order::run_ended ended;
    ended.scrap = 2;
    f.happen("work_order", "WO-1", ended);
    for (int i = 0; i < 100; ++i)
        f.happen("work_order", "WO-1",
                 work_order::pieces_scrapped{"10", quantity::of(1), "reason " + std::to_string(i)});
    CHECK(f.value("takt_scrap_pieces_total", "machine") == 2);
    CHECK(f.value("takt_scrap_pieces_total", "reason 3") == 1);
    CHECK(f.value("takt_scrap_pieces_total", "other") == 80);
}

TEST_CASE("the plan's size, moves and worth are those of the plan in force", "[metrics]")
{
    watched_plant f;
    schedule::job_announced job;
    job.job.work_order = "WO-1";
    job.job.operations.resize(3);
    f.happen("schedule", "plant", job);
    f.watch.take_job("WO-2", 4);
    schedule::planned plan;
    plan.placed.resize(3);
    plan.placed[1].old_start = monday;
    plan.worth = schedule::objectives{};
    plan.worth->stability = 2;
    plan.worth->number_late = 1;
    f.happen("schedule", "plant", plan);
    CHECK(f.value("takt_schedule_jobs") == 2);
    CHECK(f.value("takt_schedule_operations") == 7);
    CHECK(f.value("takt_schedule_plans_total", "repair") == 1);
    CHECK(f.value("takt_schedule_operations_moved_total") == 1);
    CHECK(f.value("takt_schedule_instability_seconds") == 7200);
    CHECK(f.value("takt_schedule_late_jobs") == 1);
    f.happen("schedule", "plant", schedule::job_removed{"WO-2"});
    CHECK(f.value("takt_schedule_operations") == 3);
}

TEST_CASE("energy is counted in joules by tariff, cases by kind and cause", "[metrics]")
{
    watched_plant f;
    f.happen("meter", "W-1", meter::energy_recorded{monday, monday + 15min, 2.0, 8.0, "peak", 0.5});
    CHECK(f.value("takt_energy_joules_total", "peak") == 7.2e6);
    CHECK(f.value("takt_energy_cost_total") == 0.5);
    anomaly::opened opened;
    opened.source = entity_ref("machine", "M-1");
    opened.kind = "machine_fault";
    f.happen("anomaly", "A-1", opened);
    anomaly::closed closed;
    closed.cause = "worn bearing";
    f.happen("anomaly", "A-1", closed);
    CHECK(f.value("takt_anomalies_opened_total", "machine_fault") == 1);
    CHECK(f.value("takt_anomalies_closed_total", "worn bearing") == 1);
}
