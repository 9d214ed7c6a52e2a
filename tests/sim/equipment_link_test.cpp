#include <catch2/catch.hpp>

#include <condition_variable>
#include <mutex>

#include "actors/mes/machine.hpp"
#include "gateways/equipment_link.hpp"
#include "messages/core/json_write.hpp"

using namespace takt;
using namespace std::chrono_literals;

namespace {

/// A node that answers as it is told to.
struct scripted_port final : equipment::port {
    struct notes {
        std::mutex mutex;
        std::condition_variable changed;
        std::vector<runtime::envelope> sent;
        std::vector<runtime::answer> answers; ///< to be given, then `accepted`
        std::function<void(const runtime::facts&)> sink;
        std::function<void()> lost;
        machine::state state;
        std::uint64_t revision = 1;

        bool wait_for(const std::function<bool()>& what)
        {
            std::unique_lock lock(mutex);
            return changed.wait_for(lock, 5s, what);
        }
    };

    explicit scripted_port(std::shared_ptr<notes> n) : all(std::move(n)) {}

    instant now() const override { return {1'767'589'200'000}; }
    void send(runtime::envelope command, runtime::on_answer then) override
    {
        runtime::answer a;
        {
            const std::lock_guard lock(all->mutex);
            all->sent.push_back(std::move(command));
            if (!all->answers.empty()) {
                a = all->answers.front();
                all->answers.erase(all->answers.begin());
            }
        }
        all->changed.notify_all();
        then(a);
    }
    void read(const entity_ref& entity, runtime::on_view then) override
    {
        runtime::entity_view view;
        {
            const std::lock_guard lock(all->mutex);
            view = {entity, all->revision, to_json(all->state), {}};
        }
        then(view);
    }
    std::shared_ptr<void> subscribe(std::function<void(const runtime::facts&)> sink,
                                    std::function<void()> lost) override
    {
        all->sink = std::move(sink);
        all->lost = std::move(lost);
        return std::make_shared<int>(0);
    }
    bool observe(std::vector<scada::sample> samples) override { return samples.size() < 3; }

    std::shared_ptr<notes> all;
};

/// Writes down what it is told.
struct notebook final : equipment::controller {
    void synchronise(const machine_id& m, const std::vector<equipment::assignment>& all, bool down) override
    {
        std::string line = "all " + m.text + (down ? " down" : "");
        for (const auto& a : all) line += ' ' + a.job.work_order.text + ':' + std::to_string(a.good);
        write(line);
    }
    void assign(const machine_id& m, const equipment::assignment& a) override
    {
        write("run " + m.text + ' ' + a.job.work_order.text);
    }
    void withdraw(const machine_id& m, const mes::run_ref& job) override
    {
        write("stop " + m.text + ' ' + job.work_order.text);
    }
    void control(const machine_id& m, const machine::control_order& what) override
    {
        write("control " + m.text + ' ' + std::string(enum_name(what.action)) + ' ' + std::to_string(what.number));
    }
    void write(std::string line)
    {
        {
            const std::lock_guard lock(mutex);
            lines.push_back(std::move(line));
        }
        changed.notify_all();
    }
    bool wait_for_lines(std::size_t n)
    {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, 5s, [&] { return lines.size() >= n; });
    }
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> lines;
};

mes::job_spec spec(const std::string& order)
{
    mes::job_spec s;
    s.work_order = order;
    s.operation = "10";
    s.run = 1;
    s.machine = "T-101";
    return s;
}

runtime::fact dispatched(const std::string& order, std::uint64_t revision)
{
    runtime::fact f;
    f.entity = entity_ref("machine", "T-101");
    f.revision = revision;
    f.type = "dispatched";
    f.data = to_json(machine::dispatched{spec(order), {}});
    return f;
}

runtime::facts block(std::vector<runtime::fact> all)
{
    return std::make_shared<const std::vector<runtime::fact>>(std::move(all));
}

struct linked {
    std::shared_ptr<scripted_port::notes> node = std::make_shared<scripted_port::notes>();
    notebook book;
    std::unique_ptr<equipment::link> link;

    void attach()
    {
        link = std::make_unique<equipment::link>(std::make_unique<scripted_port>(node));
        link->attach(book, {machine_id("T-101")});
        REQUIRE(book.wait_for_lines(1));
    }
};

} // namespace

TEST_CASE("a controller is told first what its machine has to do, then what is new")
{
    linked l;
    machine::job j;
    j.spec = spec("WO-1");
    j.phase = machine::job_phase::running;
    j.good = 7;
    l.node->state.jobs.push_back(j);
    l.node->revision = 10;
    l.attach();
    l.node->sink(block({dispatched("WO-1", 10), dispatched("WO-2", 11)}));
    REQUIRE(l.book.wait_for_lines(2));
    l.link->detach();
    CHECK(l.book.lines == std::vector<std::string>{"all T-101 WO-1:7", "run T-101 WO-2"});
}

TEST_CASE("a job that is withdrawn is told")
{
    linked l;
    l.attach();
    auto f = dispatched("WO-3", 5);
    f.type = "job_withdrawn";
    f.data = to_json(machine::job_withdrawn{{"WO-3", "10", 1}, "withdrawn_by_work_order", {}});
    l.node->sink(block({f}));
    REQUIRE(l.book.wait_for_lines(2));
    l.link->detach();
    CHECK(l.book.lines.back() == "stop T-101 WO-3");
}

TEST_CASE("a command is told when it is asked for, and again after a gap until it is confirmed")
{
    linked l;
    l.attach();
    runtime::fact f = dispatched("WO-1", 5);
    f.type = "control_requested";
    const machine::control_order hold{3, machine::control_action::hold, {}, {}, {}};
    f.data = to_json(machine::control_requested{hold, "a test", "", {}});
    l.node->sink(block({f}));
    REQUIRE(l.book.wait_for_lines(2));
    const auto gap_at = [&](std::uint64_t revision, bool confirmed) {
        {
            const std::lock_guard lock(l.node->mutex);
            l.node->state.control = machine::control_in_force{hold, "a test", "", confirmed, {}};
            l.node->revision = revision;
        }
        l.node->lost();
    };
    gap_at(6, false);
    REQUIRE(l.book.wait_for_lines(4));
    gap_at(7, true);
    REQUIRE(l.book.wait_for_lines(5));
    l.link->detach();
    CHECK(l.book.lines == std::vector<std::string>{"all T-101", "control T-101 hold 3", "all T-101",
                                                   "control T-101 hold 3", "all T-101"});
}

TEST_CASE("after a gap the whole is told again")
{
    linked l;
    l.attach();
    {
        const std::lock_guard lock(l.node->mutex);
        l.node->state.up = false;
    }
    l.node->lost();
    REQUIRE(l.book.wait_for_lines(2));
    l.link->detach();
    CHECK(l.book.lines.back() == "all T-101 down");
}

TEST_CASE("a report that meets a busy node is sent again as the same one, and the next waits for it")
{
    linked l;
    runtime::answer busy;
    busy.result = runtime::outcome::busy;
    l.node->answers = {busy, busy};
    l.attach();
    l.link->report("T-101", make_message(machine::report_setup_done{{"WO-1", "10", 1}}));
    l.link->report("T-101", make_message(machine::report_up{}));
    REQUIRE(l.node->wait_for([&] { return l.node->sent.size() >= 4; }));
    l.link->detach();
    const auto& sent = l.node->sent;
    REQUIRE(sent.size() == 4);
    CHECK(sent[0].sender == "link/T-101");
    CHECK(sent[0].sequence == sent[1].sequence);
    CHECK(sent[1].sequence == sent[2].sequence);
    CHECK(sent[2].command.as<machine::report_setup_done>() != nullptr);
    CHECK(sent[3].command.as<machine::report_up>() != nullptr);
    CHECK(sent[3].sequence > sent[2].sequence);
    CHECK(l.link->counted().repeated == 2);
}

TEST_CASE("while a report waits, newer counts take the place of older ones")
{
    linked l;
    runtime::answer busy;
    busy.result = runtime::outcome::busy;
    l.node->answers = {busy};
    l.attach();
    const auto progress = [](std::int64_t good) {
        return make_message(machine::report_progress{{"WO-1", "10", 1}, good, 0});
    };
    l.link->report("T-101", make_message(machine::report_up{}));
    REQUIRE(l.node->wait_for([&] { return !l.node->sent.empty(); }));
    for (std::int64_t good = 1; good <= 50; ++good) l.link->report("T-101", progress(good));
    REQUIRE(l.node->wait_for([&] { return l.node->sent.size() >= 3; }));
    l.link->detach();
    REQUIRE(l.node->sent.size() == 3);
    const auto* last = l.node->sent.back().command.as<machine::report_progress>();
    REQUIRE(last != nullptr);
    CHECK(last->good == 50);
}

TEST_CASE("a refused report is counted and does not hold up the next")
{
    linked l;
    runtime::answer refused;
    refused.result = runtime::outcome::refused;
    refused.reason = "unknown_job";
    l.node->answers = {refused};
    l.attach();
    l.link->report("T-101", make_message(machine::report_setup_done{{"WO-9", "10", 1}}));
    l.link->report("T-101", make_message(machine::report_up{}));
    REQUIRE(l.node->wait_for([&] { return l.node->sent.size() >= 2; }));
    l.link->detach();
    CHECK(l.link->counted().refused == 1);
}

TEST_CASE("samples that find no room are counted as dropped")
{
    linked l;
    l.attach();
    const scada::sample one{entity_ref("machine", "T-101"), "power_kw", 1, {}};
    l.link->measure({one, one});
    l.link->measure({one, one, one});
    l.link->detach();
    CHECK(l.link->counted().samples == 2);
    CHECK(l.link->counted().samples_dropped == 3);
}
