#include "scheduling/problem_file.hpp"

#include <cmath>
#include <set>

#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

namespace takt::scheduling {

BOOST_DESCRIBE_STRUCT(interval, (), (start, end))
BOOST_DESCRIBE_STRUCT(mode, (), (machine, skill, setup, run, setup_skill, tool, power_kw))
BOOST_DESCRIBE_STRUCT(link, (), (predecessor, least, most, transfer_share))
BOOST_DESCRIBE_STRUCT(material_need, (), (item, quantity))
BOOST_DESCRIBE_ENUM(operation_status, waiting, running, done)
BOOST_DESCRIBE_STRUCT(operation, (),
                      (key, predecessors, modes, setup_family, batch, interruptible, earliest, status, running_machine,
                       running_operator, started, remaining, links, needs, pinned_start, released, load))
BOOST_DESCRIBE_STRUCT(job, (), (key, release, due, weight, operations))
BOOST_DESCRIBE_STRUCT(machine, (), (key, available, down_until, capacity, setup_family, setup_matrix, compatible))
BOOST_DESCRIBE_STRUCT(setup_matrix::change, (), (from, to, setup))
BOOST_DESCRIBE_STRUCT(setup_matrix, (), (key, changes))
BOOST_DESCRIBE_STRUCT(person, (), (key, skills, available, count, regular))
BOOST_DESCRIBE_STRUCT(tool, (), (key, count, down_until))
BOOST_DESCRIBE_STRUCT(receipt, (), (key, at, quantity))
BOOST_DESCRIBE_STRUCT(material, (), (item, on_hand, reserved, receipts))
BOOST_DESCRIBE_STRUCT(power_cap, (), (when, kw))
BOOST_DESCRIBE_STRUCT(tariff, (), (when, price_per_kwh))
BOOST_DESCRIBE_STRUCT(problem, (),
                      (now, frozen_until, skills_matter, machines, people, tools, setup_matrices, materials, power_caps,
                       base_price_per_kwh, tariffs, jobs))
BOOST_DESCRIBE_ENUM(objective, weighted_tardiness, number_late, makespan, setup_time, stability, energy_cost,
                    work_in_progress, operator_overtime)
BOOST_DESCRIBE_STRUCT(goal::term, (), (what, weight))
BOOST_DESCRIBE_STRUCT(goal, (), (terms, by_rank))
BOOST_DESCRIBE_STRUCT(assignment, (), (job, operation, machine, person, start, setup_end, end, setter, tool))
BOOST_DESCRIBE_STRUCT(unplanned, (), (job, operation, reason, subject))
BOOST_DESCRIBE_STRUCT(plan_result, (), (assignments, left_out, job_end))
BOOST_DESCRIBE_STRUCT(problem_file, (problem), (goal, in_force))

namespace {

/// What a file may say although no plant means it, and what the planner takes for granted.
class cross_check {
public:
    explicit cross_check(const problem_file& p) : p_(p) {}

    problems run()
    {
        time(p_.now, "/now");
        time(p_.frozen_until, "/frozen_until");
        unique(p_.machines, "/machines");
        unique(p_.people, "/people");
        unique(p_.tools, "/tools");
        unique(p_.setup_matrices, "/setup_matrices");
        unique(p_.jobs, "/jobs");
        check_resources();
        check_energy();
        each(p_.jobs, "/jobs", [&](const job& j, const std::string& at) { check_job(j, at); });
        each(p_.goal.terms, "/goal/terms", [&](const goal::term& t, const std::string& at) {
            expect(t.weight >= 0 && t.weight <= most_, at + "/weight", "must be 0 to 1e12");
        });
        expect(!p_.goal.terms.empty(), "/goal/terms", "must not be empty");
        return std::move(found_);
    }

private:
    void expect(bool good, const std::string& path, const char* otherwise)
    {
        if (!good) found_.push_back({"#" + path, otherwise});
    }
    void time(time_ms t, const std::string& path) { expect(std::abs(t) <= longest_, path, "is beyond all calendars"); }
    void number(double n, const std::string& path) { expect(n >= 0 && n <= most_, path, "must be 0 to 1e12"); }

    template <class Thing, class Check>
    static void each(const std::vector<Thing>& all, const std::string& path, Check c)
    {
        for (std::size_t i = 0; i < all.size(); ++i) c(all[i], path + "/" + std::to_string(i));
    }

    template <class Thing> void unique(const std::vector<Thing>& all, const std::string& path)
    {
        std::set<std::string_view> known;
        each(all, path, [&](const Thing& one, const std::string& at) {
            expect(known.insert(one.key).second, at + "/key", "is there twice");
        });
    }

    void sorted(const calendar& all, const std::string& path)
    {
        time_ms before = -longest_;
        each(all, path, [&](const interval& i, const std::string& at) {
            expect(i.start >= before && i.end >= i.start && i.end <= longest_, at,
                   "must end after it starts, and start after the one before ends");
            before = i.end;
        });
    }

    void check_resources()
    {
        each(p_.machines, "/machines", [&](const machine& m, const std::string& at) {
            sorted(m.available, at + "/available");
            time(m.down_until, at + "/down_until");
            expect(m.capacity >= 1, at + "/capacity", "must be at least 1");
        });
        each(p_.people, "/people", [&](const person& one, const std::string& at) {
            sorted(one.available, at + "/available");
            sorted(one.regular, at + "/regular");
            expect(one.count >= 0 && one.count <= most_units_, at + "/count", "must be 0 to 10000");
        });
        each(p_.tools, "/tools", [&](const tool& t, const std::string& at) {
            expect(t.count >= 0 && t.count <= most_units_, at + "/count", "must be 0 to 10000");
            time(t.down_until, at + "/down_until");
        });
        each(p_.setup_matrices, "/setup_matrices", [&](const setup_matrix& x, const std::string& at) {
            each(x.changes, at + "/changes", [&](const setup_matrix::change& c, const std::string& one) {
                expect(c.setup >= 0 && c.setup <= longest_, one + "/setup", "must not be negative");
            });
        });
        each(p_.materials, "/materials", [&](const material& m, const std::string& at) {
            number(m.on_hand, at + "/on_hand");
            number(m.reserved, at + "/reserved");
            each(m.receipts, at + "/receipts", [&](const receipt& r, const std::string& one) {
                time(r.at, one + "/at");
                number(r.quantity, one + "/quantity");
            });
        });
    }

    void check_energy()
    {
        number(p_.base_price_per_kwh, "/base_price_per_kwh");
        each(p_.power_caps, "/power_caps", [&](const power_cap& c, const std::string& at) {
            sorted({c.when}, at + "/when");
            number(c.kw, at + "/kw");
        });
        calendar windows;
        each(p_.tariffs, "/tariffs", [&](const tariff& t, const std::string& at) {
            windows.push_back(t.when);
            number(t.price_per_kwh, at + "/price_per_kwh");
        });
        sorted(windows, "/tariffs");
    }

    void check_job(const job& j, const std::string& path)
    {
        time(j.release, path + "/release");
        time(j.due, path + "/due");
        number(j.weight, path + "/weight");
        each(j.operations, path + "/operations",
             [&](const operation& op, const std::string& at) { check_operation(op, at); });
    }

    void check_operation(const operation& op, const std::string& path)
    {
        time(op.earliest, path + "/earliest");
        time(op.started, path + "/started");
        time(op.pinned_start.value_or(0), path + "/pinned_start");
        expect(op.remaining >= 0 && op.remaining <= longest_, path + "/remaining", "must not be negative");
        expect(op.load >= 1, path + "/load", "must be at least 1");
        const bool running = op.status == operation_status::running;
        expect(!running || is_machine(op.running_machine), path + "/running_machine", "names no machine");
        each(op.modes, path + "/modes",
             [&](const mode& m, const std::string& at) { number(m.power_kw, at + "/power_kw"); });
        each(op.needs, path + "/needs",
             [&](const material_need& n, const std::string& at) { number(n.quantity, at + "/quantity"); });
        each(op.links, path + "/links", [&](const link& l, const std::string& at) {
            expect(l.least >= 0 && l.least <= longest_, at + "/least", "must not be negative");
            expect(l.most >= l.least && l.most <= unlimited, at + "/most", "must not be less than least");
            expect(l.transfer_share > 0 && l.transfer_share <= 1, at + "/transfer_share", "must be above 0, at most 1");
        });
    }

    bool is_machine(const std::string& key)
    {
        if (machines_.empty())
            for (const auto& m : p_.machines) machines_.insert(m.key);
        return machines_.count(key) != 0;
    }

    static constexpr time_ms longest_ = 1'000'000'000'000'000; ///< 30 000 years
    static constexpr double most_ = 1e12;
    static constexpr int most_units_ = 10'000;
    const problem_file& p_;
    std::set<std::string_view> machines_;
    problems found_;
};

} // namespace

checked<problem_file> read_problem(std::string_view text)
{
    auto p = read_json_text<problem_file>(text, strictness::at_the_door);
    if (!p) return p;
    if (auto wrong = cross_check(*p).run(); !wrong.empty()) return wrong;
    return p;
}

checked<plan_result> read_plan(std::string_view text)
{
    auto plan = read_json_text<plan_result>(text, strictness::at_the_door);
    if (!plan) return plan;
    for (auto& a : plan->assignments) a.setup_end = std::max(a.setup_end, a.start);
    return plan;
}

std::string to_json(const problem_file& p) { return takt::to_json(p); }
std::string to_json(const plan_result& plan) { return takt::to_json(plan); }
std::string to_json(const std::vector<unplanned>& all) { return takt::to_json(all); }

} // namespace takt::scheduling
