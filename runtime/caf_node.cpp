#include "runtime/caf_node.hpp"
#include "messages/core/json_read.hpp"

#include <filesystem>
#include <future>

#include "messages/core/log.hpp"
#include "runtime/calculations.hpp"
#include "runtime/directory.hpp"
#include "runtime/past.hpp"

namespace takt::runtime {
namespace {

/// One queue for all workers: work stealing spins on locks whose holder may just have lost its core. See decision 12.
caf::actor_system_config& tuned(caf::actor_system_config& config, std::size_t workers)
{
    config.set("scheduler.max-threads",
               workers != 0 ? workers : std::max<std::size_t>(1, std::thread::hardware_concurrency()));
    config.set("scheduler.policy", caf::atom("sharing"));
    return config;
}

/// Copies for questions stand beside the data, so that files can be linked instead of copied: this and a number.
std::filesystem::path copies_of(const std::string& directory)
{
    const auto data = std::filesystem::absolute(directory).lexically_normal();
    return (data.has_filename() ? data : data.parent_path()).string() + ".copy-";
}

/// Those that a process left behind when it was killed.
void remove_old_copies(const std::string& directory)
{
    const auto copies = copies_of(directory);
    std::error_code ignored;
    for (const auto& beside : std::filesystem::directory_iterator(copies.parent_path(), ignored))
        if (beside.path().filename().string().starts_with(copies.filename().string()))
            std::filesystem::remove_all(beside.path(), ignored);
}

/// A journal with records goes on at the plant time of its last one.
instant start_of(const persistence::store& disk, const node_options& options)
{
    if (const auto block = disk.block(disk.last_position())) {
        const auto last = std::string_view(*block).substr(0, block->size() - 1);
        const auto line = last.substr(last.rfind('\n') == std::string_view::npos ? 0 : last.rfind('\n') + 1);
        const auto r = read_json_text<record>(line, strictness::from_storage);
        if (!r) throw std::runtime_error("the journal's last record is broken: " + describe(r.error()));
        return options.speed == 1.0 && !options.plant_start ? std::max(r->at, plant_clock::wall()) : r->at;
    }
    return options.plant_start.value_or(plant_clock::wall());
}

} // namespace

struct caf_node::parts {
    const kind_registry& kinds;
    node_options options;
    persistence::store disk;
    plant_clock clock;
    caf::actor_system_config config;
    std::optional<caf::actor_system> system; // ended before what its actors use
    std::optional<directory> entities;
    std::optional<derived> known;
    std::optional<commit_log> log;
    std::optional<calculations> beside;
    std::optional<trends> kept;
    std::unique_ptr<entity_world> world;
    std::atomic<std::uint64_t> busy = 0, samples_dropped = 0;
    std::atomic<bool> ready = false;
    std::atomic<unsigned> copies = 0;
    std::mutex sweeper_mutex;
    std::condition_variable sweeper_stop;
    bool stopping = false;
    std::thread sweeper;

    parts(const kind_registry& k, node_options o)
        : kinds(k), options(std::move(o)), disk(options.directory), clock(start_of(disk, options), options.speed)
    {
        remove_old_copies(options.directory);
        system.emplace(tuned(config, options.workers));
        entities.emplace(*system, options.bounds);
        const auto disk_failed = [this](const std::string& why) {
            ready = false;
            log_critical("disk_failed", {{"reason", why}});
        };
        known.emplace(disk, kinds, options.bounds, clock,
                      derived::calls{[this](const entity_ref& e, const armed_timer& t) { fire(e, t); },
                                     [this](const entity_ref& e) { want_snapshot(e); }, disk_failed});
        log.emplace(
            disk, options.bounds, [this](committed_block b) { committed(std::move(b)); }, disk_failed);
        const auto report = [](const entity_ref& e, const trace_id& trace, const std::string& why) {
            log_error("entity_failed", {{"entity", e.path()}, {"trace", to_text(trace)}, {"reason", why}});
        };
        beside.emplace([this](envelope e) { deliver(std::move(e), {}); }, report);
        if (options.bounds.samples_for.count() > 0) kept.emplace(disk, options.bounds, clock);
        world.reset(new entity_world{kinds, options.bounds, clock, *log, *known, *entities, *beside, report,
                                     kept ? &*kept : nullptr});
        for (const auto& kind : kinds.all())
            world->turns.try_emplace(kind->name, std::initializer_list<double>{0.0001, 0.001, 0.01, 0.1, 1, 10});
        entities->open(*world);
        known->recover([this](envelope e) { deliver(std::move(e), {}); });
        known->start();
        sweeper = std::thread([this] { sweep(); });
        ready = true;
    }

    ~parts()
    {
        ready = false;
        {
            const std::lock_guard lock(sweeper_mutex);
            stopping = true;
        }
        sweeper_stop.notify_one();
        if (sweeper.joinable()) sweeper.join();
        beside->stop();
        known->stop(); // no timer fires any more; what commits from now on is caught up at the next start
        log->stop();
        entities->close();
        system.reset();
        if (kept) kept->stop();
    }

    void deliver(envelope e, on_answer then)
    {
        auto t = std::make_unique<task>(task::what::handle);
        t->command = std::move(e);
        t->then = std::move(then);
        const auto target = t->command.target;
        entities->send(target, std::move(t));
    }

    void fire(const entity_ref& entity, const armed_timer& timer)
    {
        deliver({entity, {}, "timer/" + timer.name, timer.id, 0, {}, {trace_of_timer(entity, timer.id)}}, {});
    }

    void want_snapshot(const entity_ref& entity)
    {
        entities->send(entity, std::make_unique<task>(task::what::snapshot));
    }

    /// On the commit log's thread, after the fsync: now, and only now, may anything leave the entities.
    void committed(committed_block block)
    {
        for (auto& item : block.items) {
            for (auto& e : item->effects)
                deliver(
                    {e.target, std::move(e.command), item->note.entity.path(), e.sequence, 0, {}, {item->note.trace}},
                    {});
            item->effects.clear();
            if (item->then) item->then(item->reply);
            item->then = {};
        }
        known->take(std::move(block));
    }

    /// Those that still have something to do will hear of time when they are through with it.
    void tell_watched()
    {
        for (const auto& place : world->watched.all()) {
            if (place->pending.load() > 0) continue;
            place->expect();
            tell(place->actor, std::make_unique<task>(task::what::watch));
        }
    }

    void sweep()
    {
        std::unique_lock lock(sweeper_mutex);
        const auto pause =
            std::chrono::seconds(std::clamp<std::int64_t>(options.bounds.passivate_after.count() / 4, 1, 30));
        auto next_passivation = std::chrono::steady_clock::now() + pause;
        while (!sweeper_stop.wait_for(lock, std::chrono::seconds(1), [this] { return stopping; })) {
            tell_watched();
            if (std::chrono::steady_clock::now() < next_passivation) continue;
            next_passivation += pause;
            const auto now = directory::coarse_now();
            const auto idle = static_cast<std::uint32_t>(options.bounds.passivate_after.count());
            if (now > idle) entities->passivate_idle(now - idle);
        }
    }

    std::optional<answer> not_taken(const envelope& e) const
    {
        answer a;
        if (!ready || log->failed()) {
            a.result = outcome::unavailable;
            a.reason = log->failed() ? "disk_failed" : "not_ready";
            a.detail = "the node takes no commands now";
        } else if (kinds.find(e.target.kind()) == nullptr || !valid_key(e.target.key())) {
            a.result = outcome::refused;
            a.reason = "unknown_kind";
            a.detail = "there is no entity " + e.target.path();
        } else if (log->full()) {
            a.result = outcome::busy;
            a.reason = "busy";
            a.detail = "the journal has more to write than it can now; try again";
        } else {
            return std::nullopt;
        }
        return a;
    }
};

caf_node::caf_node(const kind_registry& kinds, node_options options)
    : parts_(std::make_unique<parts>(kinds, std::move(options)))
{
}
caf_node::~caf_node() = default;

const kind_registry& caf_node::kinds() const { return parts_->kinds; }
instant caf_node::now() const { return parts_->clock.now(); }
const plant_clock& caf_node::clock() const { return parts_->clock; }
bool caf_node::ready() const { return parts_->ready; }

void caf_node::send(envelope command, on_answer then)
{
    if (const auto no = parts_->not_taken(command)) {
        if (no->result == outcome::busy) ++parts_->busy;
        if (then) then(*no);
        return;
    }
    if (!command.trace.id) command.trace.id = new_trace();
    auto t = std::make_unique<task>(task::what::handle);
    t->command = std::move(command);
    t->then = std::move(then);
    const auto target = t->command.target;
    if (parts_->entities->offer(target, t, parts_->options.bounds.inbox_most)) return;
    ++parts_->busy;
    answer a;
    a.result = outcome::busy;
    a.reason = "busy";
    a.detail =
        target.path() + " has " + std::to_string(parts_->options.bounds.inbox_most) + " commands waiting; try again";
    if (t->then) t->then(a);
}

answer caf_node::ask(envelope command)
{
    auto promise = std::make_shared<std::promise<answer>>();
    auto got = promise->get_future();
    send(std::move(command), [promise](const answer& a) { promise->set_value(a); });
    return got.get();
}

bool caf_node::observe(const entity_ref& source, std::vector<scada::sample> samples)
{
    const auto* kind = parts_->kinds.find(source.kind());
    const auto count = samples.size();
    if (kind != nullptr && kind->live != nullptr && valid_key(source.key())) {
        auto t = std::make_unique<task>(task::what::observe);
        t->samples = std::move(samples);
        if (parts_->entities->offer(source, t, parts_->options.bounds.telemetry_inbox_most)) return true;
    }
    parts_->samples_dropped += count;
    return false;
}

void caf_node::read(const entity_ref& entity, on_view then)
{
    if (parts_->kinds.find(entity.kind()) == nullptr || !valid_key(entity.key())) return then({entity, 0, {}, {}});
    auto t = std::make_unique<task>(task::what::view);
    t->look = std::move(then);
    parts_->entities->send(entity, std::move(t));
}

std::vector<scada::sample> caf_node::samples(const entity_ref& source, const std::string& tag, instant from, instant to,
                                             std::size_t limit)
{
    if (!parts_->kept) return {};
    return parts_->kept->samples(source, tag, from, to, limit);
}

std::vector<scada::rollup> caf_node::rollups(const entity_ref& source, const std::string& tag, instant from, instant to,
                                             milliseconds each, std::size_t limit)
{
    if (!parts_->kept) return {};
    return parts_->kept->rollups(source, tag, from, to, each, limit);
}

std::vector<scada::sample> caf_node::latest(const entity_ref& source)
{
    if (!parts_->kept) return {};
    return parts_->kept->latest(source);
}

entity_view caf_node::view(const entity_ref& entity)
{
    auto promise = std::make_shared<std::promise<entity_view>>();
    auto got = promise->get_future();
    read(entity, [promise](const entity_view& v) { promise->set_value(v); });
    return got.get();
}

std::vector<fact> caf_node::history(const entity_ref& entity, std::uint64_t after, std::size_t limit)
{
    parts_->known->catch_up();
    return parts_->known->history(entity, after, limit);
}

namespace {

/// A cell replayed as far as `wanted` says; it may shorten a record.
entity_view replay_while(const derived& known, const kind_registry& kinds, const entity_ref& entity,
                         const std::function<bool(record&)>& wanted)
{
    const auto* kind = kinds.find(entity.kind());
    if (kind == nullptr) return {entity, 0, {}, {}};
    cell c(kinds, *kind, entity);
    known.catch_up();
    known.records_of(entity, [&](const record& r, std::uint64_t) {
        record some = r;
        if (!wanted(some)) return false;
        c.replay(some);
        return true;
    });
    return c.view();
}

} // namespace

traced caf_node::trace(const trace_id& id, std::size_t limit)
{
    parts_->known->catch_up();
    return parts_->known->trace(id, limit);
}

entity_view caf_node::at_revision(const entity_ref& entity, std::uint64_t revision)
{
    return replay_while(*parts_->known, parts_->kinds, entity, [&](record& r) {
        if (r.rev >= revision) return false;
        r.events.resize(std::min<std::size_t>(r.events.size(), revision - r.rev));
        return true;
    });
}

entity_view caf_node::at_time(const entity_ref& entity, instant when)
{
    return replay_while(*parts_->known, parts_->kinds, entity, [&](record& r) { return r.at <= when; });
}

std::vector<row> caf_node::list(std::string_view kind, const std::string& after, std::size_t limit,
                                const std::function<bool(const row&)>& wanted)
{
    parts_->known->catch_up();
    return parts_->known->listed().list(kind, after, limit, wanted);
}

std::optional<row> caf_node::find(const entity_ref& entity)
{
    parts_->known->catch_up();
    return parts_->known->listed().find(entity);
}

std::shared_ptr<void> caf_node::subscribe(std::function<void(const facts&)> sink)
{
    return parts_->known->subscribe(std::move(sink));
}

std::vector<fact> caf_node::events_after(std::uint64_t after, std::size_t limit)
{
    std::vector<fact> found;
    parts_->disk.scan(std::max<std::uint64_t>(block_of(after), 1), [&](std::uint64_t position, std::string_view block) {
        for (auto& f : facts_of(position, block))
            if (f.position > after && found.size() < limit) found.push_back(std::move(f));
        return found.size() < limit;
    });
    return found;
}

std::uint64_t caf_node::events_end() const { return event_position(parts_->disk.last_position() + 1, 0) - 1; }

std::shared_ptr<const past> caf_node::copy()
{
    auto& p = *parts_;
    const auto name = copies_of(p.options.directory).string() + std::to_string(++p.copies);
    const auto at = p.clock.now();
    if (const auto why = p.disk.checkpoint(name)) throw std::runtime_error("cannot copy the data: " + *why);
    return std::make_shared<const past>(name, p.kinds, at);
}

node_counters caf_node::counters() const
{
    const auto& p = *parts_;
    const auto log = p.log->counted();
    const auto known = p.known->counted();
    node_counters c;
    c.commands = p.world->handled;
    c.refused = p.world->refused;
    c.busy = p.busy;
    c.failed = p.world->failed;
    c.events = p.world->events;
    c.blocks = log.blocks;
    c.block_bytes = log.bytes;
    c.samples = p.world->samples;
    c.samples_dropped = p.samples_dropped;
    if (p.kept) {
        const auto kept = p.kept->counted();
        c.samples_stored = kept.stored;
        c.samples_lost = kept.lost;
        c.samples_late = kept.late;
    }
    c.sample_bytes = p.disk.disk_bytes(persistence::family::samples) + p.disk.disk_bytes(persistence::family::trends);
    c.activations = p.world->activations;
    c.passivations = p.world->passivations;
    c.effects_pending = known.effects_pending;
    c.timers_pending = known.timers_pending;
    c.entities_resident = p.entities->resident();
    c.journal_position = p.disk.last_position();
    c.derived_position = known.position;
    c.store_memory_bytes = p.disk.memory_bytes();
    c.fsync_seconds_sum = log.sync_seconds;
    return c;
}

node_load caf_node::load() const
{
    const auto& p = *parts_;
    const auto seconds = [](milliseconds d) { return std::chrono::duration<double>(d).count(); };
    const auto inboxes = p.entities->inboxes();
    auto log = p.log->counted();
    node_load l;
    l.inbox_waiting = inboxes.waiting;
    l.inbox_deepest = inboxes.deepest;
    l.inbox_oldest_seconds = seconds(inboxes.oldest);
    l.journal_waiting = log.waiting;
    l.calculations_waiting = p.beside->waiting();
    l.timers_overdue = p.known->timers_overdue();
    l.effects_oldest_seconds = seconds(p.known->oldest_effect().value_or(milliseconds(0)));
    l.block_records = std::move(log.block_records);
    l.block_seconds = std::move(log.block_seconds);
    l.commit_seconds = std::move(log.longest_seconds);
    l.calculation_seconds = p.beside->seconds();
    for (const auto& [kind, turns] : p.world->turns) l.turn_seconds.emplace(kind, turns.counted());
    return l;
}

bool caf_node::settle(std::chrono::milliseconds longest) const
{
    const auto until = std::chrono::steady_clock::now() + longest;
    int quiet = 0;
    std::uint64_t before = ~0ULL;
    while (quiet < 3) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        const auto c = counters();
        const bool still = c.commands == before && parts_->beside->idle() && c.derived_position == c.journal_position &&
                           parts_->known->settled();
        quiet = still ? quiet + 1 : 0;
        before = c.commands;
    }
    return true;
}

void caf_node::passivate_all() { parts_->entities->passivate_idle(~0U); }

} // namespace takt::runtime
