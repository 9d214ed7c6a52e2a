#include <catch2/catch.hpp>

#include "actors/kinds.hpp"
#include "gateways/http/certificate.hpp"
#include "gateways/http/quality_figures.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"
#include "messages/scm/purchase_order.hpp"
#include "tests/gateways/http/house.hpp"

using namespace takt;
using namespace takt::test;
using namespace std::chrono_literals;

namespace {

const instant begin = *parse_rfc3339("2026-01-05T06:00:00Z");

/// A bought lot with its inspection, as the entities have them.
struct archive {
    std::map<std::string, std::string> states;

    archive(inspection::inspection_status result, wms::lot_status status)
    {
        lot::state l;
        l.item = "BAR";
        l.status = status;
        l.created = quantity::of(20);
        l.origin = entity_ref("purchase_order", "PO-1");
        l.supplier = "S-1";
        l.supplier_lot = "HEAT-77";
        l.created_at = begin;
        states["lot/L-1"] = to_json(l);
        inspection::state i;
        i.status = result;
        i.item = "BAR";
        i.plan = {"incoming", 3, 0, {{"diameter_mm", 24.9, 25.1, "micrometer"}}};
        i.inspected = 3;
        i.measurements = {{"diameter_mm", {24.95, 25.0, 25.2}}};
        states["inspection/Q-L-1"] = to_json(i);
    }
    http::state_reader reader() const
    {
        return [this](const entity_ref& e) {
            const auto found = states.find(e.path());
            return found == states.end() ? std::string() : found->second;
        };
    }
    http::certificate certificate(const http::nonconformances& all = {}) const
    {
        return *http::certificate_of("L-1", reader(), all, begin + 1h);
    }
};

nonconformance::state concession()
{
    nonconformance::state s;
    s.status = nonconformance::status::done;
    s.what.what = entity_ref("lot", "L-1");
    s.chosen = nonconformance::disposition::use_as_is;
    s.by = "mara";
    s.reason = "coating only";
    s.opened_at = begin;
    s.disposed_at = begin + 1h;
    s.done_at = begin + 1h;
    return s;
}

} // namespace

TEST_CASE("a certificate has the lot's measurements against their limits, and says whether the lot conforms")
{
    const auto good = archive(inspection::inspection_status::accepted, wms::lot_status::unrestricted).certificate();
    CHECK(good.conforms);
    CHECK(good.supplier_lot == "HEAT-77");
    REQUIRE(good.inspections.size() == 1);
    const auto& m = good.inspections.front().measurements.front();
    CHECK(m.method == "micrometer");
    CHECK(m.mean == Approx(25.05));
    CHECK_FALSE(m.conforms); // one value; the plan's acceptance number is another question

    const auto pending = archive(inspection::inspection_status::pending, wms::lot_status::inspection).certificate();
    CHECK_FALSE(pending.conforms);
    CHECK(pending.reservations == std::vector<std::string>{"the lot is inspection", "Q-L-1 is pending"});
    const archive empty(inspection::inspection_status::none, wms::lot_status::unrestricted);
    CHECK_FALSE(http::certificate_of("L-2", empty.reader(), {}, begin));
}

TEST_CASE("a lot that is used by concession conforms, and its certificate says so")
{
    const archive papers(inspection::inspection_status::rejected, wms::lot_status::unrestricted);
    const auto conceded = papers.certificate({{"NC-L-1-S1.1", concession()}});
    CHECK(conceded.conforms);
    REQUIRE(conceded.reservations.size() == 1);
    CHECK(conceded.reservations.front() == "concession NC-L-1-S1.1 by mara: coating only");
    auto undecided = concession();
    undecided.chosen.reset();
    CHECK_FALSE(papers.certificate({{"NC-L-1-S1.1", undecided}}).conforms);
    auto of_another = undecided;
    of_another.what.what = entity_ref("lot", "L-7");
    CHECK(papers.certificate({{"NC-L-7-S1.1", of_another}}).deviations.empty());
}

TEST_CASE("a quality report counts what was judged and decided in its period, the worst series first")
{
    http::quality_figures figures(begin, begin + 24h);
    const auto judged = [&](const char* series, bool accepted, milliseconds later, const char* origin) {
        inspection::state s;
        s.status = accepted ? inspection::inspection_status::accepted : inspection::inspection_status::rejected;
        s.series = series;
        s.origin = entity_ref(origin);
        s.inspected = 10;
        s.defects = accepted ? 0 : 2;
        s.decided_at = begin + later;
        figures.add(s);
    };
    judged("BAR:incoming:S-1", true, 1h, "lot/L-1");
    judged("BAR:incoming:S-1", false, 2h, "lot/L-2");
    judged("GEAR:final", true, 3h, "work_order/WO-1");
    judged("GEAR:final", false, 25h, "work_order/WO-2"); // the next day
    figures.add(concession());
    anomaly::state closed;
    closed.kind = "quality";
    closed.opened = begin + 1h;
    closed.closed = begin + 4h;
    figures.add(closed);
    auto other = closed;
    other.kind = "machine_fault";
    figures.add(other);
    corrective_action::state action;
    action.status = corrective_action::status::open;
    action.opened_at = begin - 20 * 24h;
    action.overdue = true;
    figures.add(action);

    const auto r = figures.report();
    CHECK(r.all.lots == 3);
    CHECK(r.incoming.rejected == 1);
    CHECK(r.incoming.acceptance == Approx(0.5));
    CHECK(r.all.defective_ppm == Approx(2e6 / 30));
    CHECK(r.in_process.acceptance == 1);
    REQUIRE(r.series.size() == 2);
    CHECK(r.series.front().series == "BAR:incoming:S-1");
    CHECK(r.nonconformances_done == 1);
    CHECK(r.nonconformances_open == 0);
    CHECK(r.dispositions.at("use_as_is") == 1);
    CHECK(r.cases_closed == 1);
    CHECK(*r.mean_time_to_close_ms == 3h);
    CHECK(r.actions_opened == 0);
    CHECK(r.actions_overdue == 1);
}

TEST_CASE("certificates and the quality report are read at the door")
{
    house h(all_kinds());
    auto c = h.client();
    CHECK(c.get("/api/v1/lots/L-9/certificate").status == 404);
    CHECK(c.get("/api/v1/machines/M-1/certificate").status == 404);
    c.post("/api/v1/purchase_order/PO-1/commands/create",
           R"({"supplier":"S-1","item":"BAR","quantity":5,"due":"2026-01-05T06:00:00Z","receiving_bin":"DOCK"})");
    c.post("/api/v1/purchase_order/PO-1/commands/receive", R"({"quantity":5})");
    REQUIRE(soon([&] { return c.get("/api/v1/lots/L-PO-1-1/certificate").status == 200; }));
    const auto body = parse_json(c.get("/api/v1/lots/L-PO-1-1/certificate").body).value().as_object();
    CHECK(body.at("supplier").as_string() == "S-1");
    CHECK(body.at("conforms").as_bool());
    CHECK(c.get("/api/v1/quality/report").status == 200);
    CHECK(c.get("/api/v1/quality/report?from=yesterday").status == 422);
    CHECK(c.get("/api/v1/quality/report?from=2026-01-05T06:00:00Z&to=2026-01-05T05:00:00Z").status == 422);
}
