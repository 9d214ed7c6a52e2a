#include "actors/qms/corrective_action.hpp"

#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "actors/kinds.hpp"
#include "actors/qms/sampling.hpp"
#include "runtime/replay_host.hpp"

using namespace takt;
using namespace std::chrono_literals;
using corrective_action::status;

namespace {

struct office {
    kind_registry kinds = all_kinds();
    runtime::replay_host plant{kinds, *parse_rfc3339("2026-01-05T06:00:00Z")};
    const entity_ref series{"sampling", "BAR:incoming:S-1"};
    const entity_ref action{"corrective_action", "CA-BAR:incoming:S-1"};
    int lots = 0;

    const corrective_action::state& it() { return plant.state<corrective_action::state>(action); }
    void lot(bool accepted)
    {
        sampling::note_result r;
        r.inspection = "Q-" + std::to_string(++lots);
        r.item = "BAR";
        r.quantity = quantity::of(10);
        r.origin = entity_ref("lot", "L-" + std::to_string(lots));
        r.plan.key = "incoming";
        r.accepted = accepted;
        r.inspected = 3;
        r.defects = accepted ? 0 : 1;
        plant.tell(series.key(), r);
        plant.settle();
    }
    void lots_accepted(int n)
    {
        for (int i = 0; i < n; ++i) lot(true);
    }
    template <class Command> runtime::answer say(Command c)
    {
        auto answer = plant.ask(action.key(), std::move(c));
        plant.settle();
        return answer;
    }
};

} // namespace

TEST_CASE("three rejected lots of the last ten ask for a corrective action, once")
{
    office o;
    o.lot(false);
    o.lots_accepted(3);
    o.lot(false);
    CHECK(o.it().status == status::none);
    o.lot(false);
    CHECK(o.it().status == status::open);
    CHECK(o.it().what.problem == "3 of the last 6 lots of BAR were not accepted");
    CHECK(o.it().what.about == o.series);
    o.lot(false);
    CHECK(o.it().number == 1);
}

TEST_CASE("a corrective action is closed when the next lots show that it helped, and open again when they do not")
{
    office o;
    for (int i = 0; i < 3; ++i) o.lot(false);
    CHECK(o.say(corrective_action::report_implemented{"mara", ""}).reason == "is_open");
    CHECK(o.say(corrective_action::plan{"mara", "", "x", {}}).field == "root_cause");
    o.say(corrective_action::plan{"mara", "worn die", "new die", {}});
    o.say(corrective_action::report_implemented{"mara", "die 7 in use"});
    o.lots_accepted(2);
    o.lot(false);
    CHECK(o.it().status == status::open);
    CHECK(o.it().attempts == 1);

    o.say(corrective_action::plan{"mara", "wrong steel", "another mill", {}});
    o.say(corrective_action::report_implemented{"mara", ""});
    o.lots_accepted(4);
    CHECK(o.it().status == status::implemented);
    o.lots_accepted(1);
    CHECK(o.it().status == status::closed);
    CHECK(o.it().detail == "5 lots in a row were accepted");
    CHECK_FALSE(o.plant.first_that_differs_from_replay());
}

TEST_CASE("a person judges an action that no lots can show, with a reason")
{
    office o;
    CHECK(o.say(corrective_action::open{{"machine", "LATHE-1"}, "", "quality", {}}).field == "problem");
    o.say(corrective_action::open{{"machine", "LATHE-1"}, "wrong drawings at the machine", "quality", {}});
    CHECK(o.say(corrective_action::open{{"machine", "LATHE-1"}, "again", "quality", {}}).reason == "already_open");
    o.say(corrective_action::plan{"mara", "paper", "screens", {}});
    o.say(corrective_action::report_implemented{"mara", ""});
    CHECK(o.say(corrective_action::verify{"mara", "", true}).field == "detail");
    o.say(corrective_action::verify{"mara", "audit of May", true});
    CHECK(o.it().status == status::closed);
}

TEST_CASE("a corrective action that is not done in time is a case, until it is")
{
    office o;
    for (int i = 0; i < 3; ++i) o.lot(false);
    o.plant.advance(15 * 24h);
    const entity_ref late("anomaly", anomaly::key_of("corrective_action_overdue", o.action));
    CHECK(o.plant.state<anomaly::state>(late).state == anomaly::case_state::open);
    o.say(corrective_action::plan{"mara", "worn die", "new die", {}});
    o.say(corrective_action::report_implemented{"mara", ""});
    CHECK(o.plant.state<anomaly::state>(late).state == anomaly::case_state::closed);
}
