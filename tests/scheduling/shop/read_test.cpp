#include "scheduling/shop/read.hpp"

#include <catch2/catch.hpp>

using namespace takt::scheduling::shop;
using Catch::Matchers::Contains;

namespace {

std::string why(format f, const std::string& text, const read_limits& most = {})
{
    try {
        read(f, text, most);
    } catch (const unreadable& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("a job shop is read, in whatever lines it stands", "[shop][read]")
{
    for (const std::string text : {"2 2\n0 3 1 4\n1 5 0 6\n", "# two jobs\n\n2 2\r\n 0 3\n1 4\n 1 5\t0 6"}) {
        const auto p = read(format::jsp, text);
        CHECK(p.jobs == 2);
        CHECK(p.job_begin == std::vector<int>{0, 2, 4});
        CHECK(p.way(2, 0).machine == 1);
        CHECK(p.way(2, 0).duration == 5);
        CHECK_FALSE(p.flexible());
    }
}

TEST_CASE("jobs of a job shop may differ in length and return to a machine", "[shop][read]")
{
    const auto p = read(format::jsp, "2 2\n0 3\n1 5 0 6 1 7\n");
    CHECK(p.job_begin == std::vector<int>{0, 1, 4});
    CHECK(p.way(3, 0).duration == 7);
}

TEST_CASE("a flexible job shop is read, its machines counted from 1", "[shop][read]")
{
    const auto p = read(format::fjsp, "1 3 1.5\n2 2 1 5 3 6 1 2 7\n");
    CHECK(p.machines == 3);
    CHECK(p.choices(0) == 2);
    CHECK(p.way(0, 1).machine == 2);
    CHECK(p.way(1, 0).duration == 7);
}

TEST_CASE("setups are read by jobs or by operations", "[shop][read]")
{
    const std::string jobs = "2 1\n1 1 1 3\n2 1 1 4 1 1 5\n";
    const auto by_job = read(format::fjsp_sdst, jobs + "0 1\n2 0\n");
    CHECK(by_job.setup_kinds == 2);
    CHECK(by_job.kind == std::vector<int>{0, 1, 1});
    CHECK(by_job.setup == std::vector<int>{0, 1, 2, 0});
    const auto by_operation = read(format::fjsp_sdst, jobs + "0 1 2 3 4 5 6 7 8");
    CHECK(by_operation.setup_kinds == 3);
    CHECK_THAT(why(format::fjsp_sdst, jobs + "0 1 2"),
               Contains("line 4") && Contains("4 setup times") && Contains("or 9") && Contains("found 3"));
}

TEST_CASE("dates and workers are read", "[shop][read]")
{
    const auto dates = read(format::fjsp_twt, "2 1\n1 1 1 3 0 9 2\n1 1 1 4 5 8 1\n");
    CHECK(dates.release == std::vector<int>{0, 5});
    CHECK(dates.due == std::vector<int>{9, 8});
    CHECK(dates.weight == std::vector<int>{2, 1});

    const auto workers = read(format::fjsp_workers, "1 2 3\n1 2 1 2 1 10 3 12 2 1 2 7\n");
    CHECK(workers.workers == 3);
    REQUIRE(workers.choices(0) == 3);
    CHECK(workers.way(0, 1).worker == 2);
    CHECK(workers.way(0, 2).machine == 1);
    CHECK(workers.way(0, 2).duration == 7);
    CHECK(read(format::fjsp_workers, "1 1 3.0\n1 1 1 1 2 5\n").workers == 3);
    CHECK(read(format::fjsp_workers, "1 1 2.5\n1 1 1 1 3 5\n").workers == 3);
    CHECK_THAT(why(format::fjsp_workers, "1 1 2.x\n1 1 1 1 3 5\n"), Contains("found '2.x'"));
}

TEST_CASE("a text that is no instance is refused with its line", "[shop][read]")
{
    CHECK_THAT(why(format::jsp, ""), Contains("line 1") && Contains("number of jobs") && Contains("the file ends"));
    CHECK_THAT(why(format::jsp, "2 2\n0 3 1 4\n2 5 0 6\n"),
               Contains("line 3") && Contains("job 2, operation 1: its machine") && Contains("from 0 to 1, found 2"));
    CHECK_THAT(why(format::jsp, "2 2\n0 3 1 4\n1 5 0\n"), Contains("line 3") && Contains("duration"));
    CHECK_THAT(why(format::jsp, "2 2\n0 3 1 4\n"), Contains("job 2") && Contains("the file ends"));
    CHECK_THAT(why(format::jsp, "1 1\n0 -3\n"), Contains("line 2") && Contains("a duration") && Contains("found -3"));
    CHECK_THAT(why(format::jsp, "1 1\n0 3x\n"), Contains("found '3x'"));
    CHECK_THAT(why(format::jsp, "1 1\n0 99999999999999999999\n"), Contains("line 2"));
    CHECK_THAT(why(format::fjsp, "1 2\n1 0\n"), Contains("job 1, operation 1: the number of its machines"));
    CHECK_THAT(why(format::fjsp, "1 2\n1 1 0 5\n"), Contains("counted from 1"));
    CHECK_THAT(why(format::fjsp, "1 2\n1 1 1 5\n7\n"), Contains("line 3") && Contains("the end of the file"));
    CHECK_THAT(why(format::fjsp_twt, "1 1\n1 1 1 3 0\n"), Contains("job 1: its due date"));
    CHECK_THAT(why(format::fjsp_workers, "1 1 1\n1 1 1 1 2 5\n"), Contains("a worker, counted from 1"));
}

TEST_CASE("absurd sizes are refused before they are stored", "[shop][read]")
{
    CHECK_THAT(why(format::jsp, "2000000000 1\n"), Contains("number of jobs"));
    CHECK_THAT(why(format::fjsp, "1 1\n2000000000\n"), Contains("operations of job 1"));
    CHECK_THAT(why(format::jsp, "2 1\n0 600000000\n0 600000000\n"), Contains("line 3") && Contains("together"));
    read_limits few;
    few.alternatives = 1;
    CHECK_THAT(why(format::fjsp, "1 2\n1 2 1 5 2 5\n", few), Contains("more than 1 alternatives"));
    few = {};
    few.bytes = 3;
    CHECK_THAT(why(format::jsp, "1 1\n0 3\n", few), Contains("larger than 3"));
}

TEST_CASE("due dates follow the work of a job, weights its place", "[shop][read]")
{
    auto p = read(format::jsp, "5 1\n0 10\n0 10\n0 10\n0 10\n0 15\n");
    set_due_dates(p, 1.3);
    CHECK(p.due == std::vector<int>{13, 13, 13, 13, 19});
    CHECK(p.weight == std::vector<int>{4, 2, 2, 2, 1});
}
