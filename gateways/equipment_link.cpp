#include "gateways/equipment_link.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "gateways/equipment_facts.hpp"
#include "messages/core/log.hpp"

namespace takt::equipment {
namespace {

using clock = std::chrono::steady_clock;
constexpr milliseconds retry_after{50}; ///< real time, when the node was busy

/// What is between the link and one machine.
struct line {
    std::deque<message> unsent;       ///< oldest first; the front is under way if `asked`
    std::uint64_t sequence = 0;       ///< of the front
    bool asked = false;               ///< the front is sent or waits for its next try
    bool known = false;               ///< the controller has been told the state
    std::uint64_t told_revision = 0;  ///< of that state
    std::vector<runtime::fact> early; ///< facts that came before the state
};

/// Whether `newer` makes `older` superfluous: both count the same run.
bool replaces(const message& newer, const message& older)
{
    const auto* a = newer.as<machine::report_progress>();
    const auto* b = older.as<machine::report_progress>();
    return a != nullptr && b != nullptr && a->job == b->job;
}

} // namespace

struct link::parts : std::enable_shared_from_this<link::parts> {
    explicit parts(std::unique_ptr<port> p) : to(std::move(p)) {}

    std::unique_ptr<port> to;
    controller* who = nullptr;
    std::shared_ptr<void> subscription;
    std::thread worker;

    mutable std::mutex mutex; ///< of all below; never held while someone else's code runs
    std::condition_variable wake;
    std::deque<std::function<void()>> inbox; ///< for the worker
    std::multimap<clock::time_point, std::string> retries;
    std::unordered_map<std::string, line> lines;
    bool stopping = false;

    std::atomic<std::uint64_t> instructions{0}, reports{0}, repeated{0}, refused{0}, failed{0}, waiting{0}, samples{0},
        samples_dropped{0};

    void post(std::function<void()> what)
    {
        {
            const std::lock_guard lock(mutex);
            if (stopping) return;
            inbox.push_back(std::move(what));
        }
        wake.notify_one();
    }

    void run();
    void ask_state(const std::string& machine);
    void take_state(const std::string& machine, const runtime::entity_view& view);
    void take_facts(const runtime::facts& all);
    void tell(const runtime::fact& f);
    void send_front(const std::string& machine);
    void take_answer(const std::string& machine, const runtime::answer& a);
};

/// The link's one thread.
void link::parts::run()
{
    std::unique_lock lock(mutex);
    while (!stopping) {
        if (!inbox.empty()) {
            const auto work = std::move(inbox.front());
            inbox.pop_front();
            lock.unlock();
            work();
            lock.lock();
            continue;
        }
        if (!retries.empty() && retries.begin()->first <= clock::now()) {
            const auto machine = retries.begin()->second;
            retries.erase(retries.begin());
            lock.unlock();
            send_front(machine);
            lock.lock();
            continue;
        }
        if (retries.empty())
            wake.wait(lock);
        else
            wake.wait_until(lock, retries.begin()->first);
    }
}

void link::parts::ask_state(const std::string& machine)
{
    to->read(entity_ref("machine", machine), [self = weak_from_this(), machine](const runtime::entity_view& view) {
        if (const auto p = self.lock()) p->post([q = p.get(), machine, view] { q->take_state(machine, view); });
    });
}

void link::parts::take_state(const std::string& machine, const runtime::entity_view& view)
{
    std::vector<runtime::fact> early;
    {
        const std::lock_guard lock(mutex);
        auto& l = lines[machine];
        l.known = true;
        l.told_revision = view.revision;
        early.swap(l.early);
    }
    const auto now = read_machine(view.state);
    if (!now) log_error("equipment_state_unreadable", {{"machine", machine}, {"problems", describe(now.error())}});
    ++instructions;
    who->synchronise(machine, now ? now->jobs : std::vector<assignment>{}, now && now->down);
    if (now && now->control) who->control(machine, *now->control);
    for (const auto& f : early)
        if (f.revision > view.revision) tell(f);
}

void link::parts::take_facts(const runtime::facts& all)
{
    for (const auto& f : *all) {
        {
            const std::lock_guard lock(mutex);
            const auto found = lines.find(std::string(f.entity.key()));
            if (found == lines.end()) continue;
            if (!found->second.known) {
                found->second.early.push_back(f);
                continue;
            }
            if (f.revision <= found->second.told_revision) continue;
        }
        tell(f);
    }
}

void link::parts::tell(const runtime::fact& f)
{
    const machine_id machine(f.entity.key());
    const auto what = read_instruction(f);
    if (!what) return log_error("equipment_fact_unreadable", {{"entity", f.entity.path()}, {"type", f.type}});
    if (what->run) who->assign(machine, *what->run);
    if (what->stop) who->withdraw(machine, *what->stop);
    if (what->control) who->control(machine, *what->control);
    if (what->run || what->stop || what->control) ++instructions;
}

void link::parts::send_front(const std::string& machine)
{
    runtime::envelope e;
    {
        const std::lock_guard lock(mutex);
        auto& l = lines[machine];
        if (l.unsent.empty()) return;
        e.command = l.unsent.front();
        e.sequence = l.sequence;
    }
    e.target = entity_ref("machine", machine);
    e.sender = "link/" + machine;
    to->send(std::move(e), [self = weak_from_this(), machine](const runtime::answer& a) {
        if (const auto p = self.lock()) p->post([q = p.get(), machine, a] { q->take_answer(machine, a); });
    });
}

void link::parts::take_answer(const std::string& machine, const runtime::answer& a)
{
    const bool again = a.result == runtime::outcome::busy || a.result == runtime::outcome::unavailable;
    message answered;
    bool more = false;
    {
        const std::lock_guard lock(mutex);
        auto& l = lines[machine];
        if (again) {
            retries.emplace(clock::now() + retry_after, machine);
        } else {
            answered = std::move(l.unsent.front());
            l.unsent.pop_front();
            more = l.asked = !l.unsent.empty();
            const auto by_time = static_cast<std::uint64_t>(to->now().ms) * 1000;
            l.sequence = std::max(l.sequence + 1, by_time);
        }
    }
    if (again) {
        ++repeated;
        return;
    }
    --waiting;
    if (a.result == runtime::outcome::refused) {
        ++refused;
        log_debug(
            "equipment_report_refused",
            {{"machine", machine}, {"command", answered.type().name}, {"reason", a.reason}, {"detail", a.detail}});
    } else if (a.result == runtime::outcome::failed) {
        ++failed;
        log_error("equipment_report_failed", {{"machine", machine}, {"command", answered.type().name}});
    }
    if (more) send_front(machine);
}

link::link(std::unique_ptr<port> to) : parts_(std::make_shared<parts>(std::move(to))) {}

link::~link() { detach(); }

void link::attach(controller& who, const std::vector<machine_id>& machines)
{
    listen(who, machines);
    parts_->worker = std::thread([core = parts_] { core->run(); });
}

void link::attach_by_hand(controller& who, const std::vector<machine_id>& machines) { listen(who, machines); }

bool link::work()
{
    auto& p = *parts_;
    std::unique_lock lock(p.mutex);
    const bool any = !p.inbox.empty();
    while (!p.inbox.empty()) {
        const auto what = std::move(p.inbox.front());
        p.inbox.pop_front();
        lock.unlock();
        what();
        lock.lock();
    }
    return any;
}

void link::listen(controller& who, const std::vector<machine_id>& machines)
{
    auto& p = *parts_;
    p.who = &who;
    // One past what a report just before a restart may have had.
    const auto first = static_cast<std::uint64_t>(p.to->now().ms + 1) * 1000;
    for (const auto& m : machines) p.lines[m.text].sequence = first;
    auto facts = [self = parts_->weak_from_this()](const runtime::facts& all) {
        if (const auto core = self.lock()) core->post([q = core.get(), all] { q->take_facts(all); });
    };
    auto lost = [self = parts_->weak_from_this()] {
        const auto core = self.lock();
        if (!core) return;
        std::vector<std::string> all;
        {
            const std::lock_guard lock(core->mutex);
            for (auto& [machine, l] : core->lines) {
                l.known = false;
                all.push_back(machine);
            }
        }
        for (const auto& machine : all) core->ask_state(machine);
    };
    p.subscription = p.to->subscribe(std::move(facts), std::move(lost)); // first, so that no fact is missed
    for (const auto& m : machines) p.ask_state(m.text);
}

void link::detach()
{
    auto& p = *parts_;
    p.subscription.reset();
    {
        const std::lock_guard lock(p.mutex);
        p.stopping = true;
        p.inbox.clear();
    }
    p.wake.notify_all();
    if (p.worker.joinable()) p.worker.join();
}

void link::report(const machine_id& machine, message command)
{
    auto& p = *parts_;
    bool first = false;
    {
        const std::lock_guard lock(p.mutex);
        if (p.stopping) return;
        auto& l = p.lines[machine.text];
        const std::size_t under_way = l.asked ? 1 : 0;
        if (l.unsent.size() > under_way && replaces(command, l.unsent.back())) {
            l.unsent.back() = std::move(command);
            return;
        }
        if (l.unsent.empty()) l.sequence = std::max(l.sequence, static_cast<std::uint64_t>(p.to->now().ms) * 1000);
        l.unsent.push_back(std::move(command));
        first = !std::exchange(l.asked, true);
    }
    ++p.reports;
    ++p.waiting;
    if (first) p.post([q = &p, key = machine.text] { q->send_front(key); });
}

void link::measure(std::vector<scada::sample> samples)
{
    const auto count = samples.size();
    (parts_->to->observe(std::move(samples)) ? parts_->samples : parts_->samples_dropped) += count;
}

instant link::now() const { return parts_->to->now(); }

link_figures link::counted() const
{
    const auto& p = *parts_;
    return {p.instructions, p.reports, p.repeated, p.refused, p.failed, p.waiting, p.samples, p.samples_dropped};
}

} // namespace takt::equipment
