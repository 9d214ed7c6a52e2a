#include "scheduling/promise.hpp"

#include <catch2/catch.hpp>

#include "tests/scheduling/random_shop.hpp"

using namespace takt::scheduling;
using takt::test::described;
using takt::test::of;
using takt::test::random_shop;
using takt::test::shop;

namespace {

/// A piece takes 10 on the lathe and one bar of steel.
job piece()
{
    job j{"new", 0, 1000, 1, {}};
    operation op;
    op.key = "turn";
    op.modes = {{"lathe", "", 5, 10}};
    op.needs = {{"steel", 1}};
    j.operations.push_back(op);
    return j;
}

shop busy_lathe()
{
    shop s;
    s.machine("lathe").job("A", 100);
    s.operation({{"lathe", "", 0, 30}});
    s.p.materials = {{"steel", 3, 0, {{"PO-7", 90, 10}}}};
    return s;
}

std::vector<std::string> kinds(const std::vector<binding>& all)
{
    std::vector<std::string> texts;
    for (const auto& b : all) texts.push_back(b.operation + " " + b.kind + " " + b.subject);
    return texts;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("a promise is the earliest end behind what is planned", "[promise]")
{
    const auto s = busy_lathe();
    const auto answer = promise(s.p, plan(s.p), piece(), 3);
    REQUIRE(answer.possible);
    CHECK(answer.steps.front().start == 30);
    CHECK(answer.end == 65); // 5 of setup, three pieces
    CHECK(kinds(answer.why) == texts{"turn setup ", "turn machine lathe", "A.1 now "});
    CHECK(answer.why[1].other_job == "A");
}

TEST_CASE("a promise waits for the receipt that brings what is short, and names it", "[promise]")
{
    const auto s = busy_lathe();
    const auto answer = promise(s.p, plan(s.p), piece(), 4);
    CHECK(answer.steps.front().start == 90);
    CHECK(kinds(answer.why) == texts{"turn setup ", "turn material steel of PO-7"});
}

TEST_CASE("what cannot be promised says why", "[promise]")
{
    const auto s = busy_lathe();
    const auto answer = promise(s.p, plan(s.p), piece(), 14);
    CHECK(!answer.possible);
    REQUIRE(answer.left_out.size() == 1);
    CHECK(answer.left_out.front().reason == "material_short");
    CHECK(answer.left_out.front().subject == "steel");
}

TEST_CASE("a job that is running already can be asked for once more", "[promise]")
{
    const auto s = busy_lathe();
    auto again = piece();
    again.operations[0].status = operation_status::running;
    again.operations[0].running_machine = "elsewhere";
    CHECK(promise(s.p, plan(s.p), again, 3).end == 65);
}

TEST_CASE("asking changes nothing: each answer is the same again", "[promise]")
{
    const auto s = busy_lathe();
    const auto in_force = plan(s.p);
    promiser who(s.p, in_force);
    const auto first = who.ask(piece(), 3);
    who.ask(piece(), 14);
    for (int i = 0; i < 5; ++i) CHECK(who.ask(piece(), 3).steps == first.steps);
}

TEST_CASE("what is promised for random jobs fits into the plan", "[promise][random]")
{
    for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
        auto p = random_shop(seed).make();
        if (p.jobs.size() < 2) continue;
        // One of its own jobs is taken out and asked for again.
        auto asked = p.jobs.back();
        p.jobs.pop_back();
        const bool usual = std::none_of(asked.operations.begin(), asked.operations.end(), [](const operation& op) {
            return op.status != operation_status::waiting || op.pinned_start;
        });
        if (!usual) continue;
        const auto in_force = plan(p);
        promiser who(p, in_force);
        const auto first = who.ask(asked, 1), again = who.ask(asked, 1);
        INFO("seed " << seed);
        CHECK(first.steps == again.steps);
        auto all = in_force;
        p.jobs.push_back(asked);
        for (const auto& a : first.steps) all.assignments.push_back(a);
        for (const auto& u : first.left_out) all.left_out.push_back(u);
        if (first.possible) all.job_end[asked.key] = first.end;
        if (const auto found = violations(p, all); !found.empty()) FAIL("seed " << seed << ":\n" << described(found));
    }
}
