#include "runtime/entity_actor.hpp"

#include "runtime/calculations.hpp"
#include "runtime/directory.hpp"

namespace takt::runtime {

entity_actor::entity_actor(caf::actor_config& config, entity_world& world, const kind_ops& kind, entity_ref self,
                           std::shared_ptr<slot> place)
    : caf::event_based_actor(config), world_(world), kind_(kind), self_(std::move(self)), place_(std::move(place))
{
}

/// Nothing but tasks and CAF's own messages comes here; one behavior does for all entities, and is never matched.
caf::behavior entity_actor::make_behavior()
{
    static const caf::behavior tasks_only{[](caf::unit_t) {}};
    return tasks_only;
}

caf::invoke_message_result entity_actor::consume(caf::mailbox_element& x)
{
    if (typeid(x) != typeid(task)) return caf::event_based_actor::consume(x);
    take(static_cast<task&>(x));
    return caf::invoke_message_result::consumed;
}

void entity_actor::take(task& t)
{
    const bool about_leaving = t.kind == task::what::passivate || t.kind == task::what::leave;
    if (!about_leaving && t.kind != task::what::watch) {
        place_->used_at.store(directory::coarse_now(), std::memory_order_relaxed);
        leaving_ = false;
    }
    place_->busy_since.store(t.put_at, std::memory_order_relaxed);
    if (!loaded(t)) {
        refuse_corrupt(t);
    } else {
        switch (t.kind) {
        case task::what::handle: handle(t); break;
        case task::what::observe: observe(t); break;
        case task::what::watch: watch(); break;
        case task::what::view: look(t); break;
        case task::what::snapshot: write_snapshot(); break;
        case task::what::passivate: prepare_to_leave(); break;
        case task::what::leave: break;
        }
    }
    place_->pending.fetch_sub(1);
    if (t.kind == task::what::leave) leave_if_idle();
}

bool entity_actor::loaded(const task& t)
{
    if (cell_) return true;
    if (corrupt_) return false;
    try {
        cell_ = std::make_unique<cell>(world_.known.load(self_));
        snapshot_at_ = cell_->records();
        turns_ = &world_.turns.at(kind_.name);
        ++world_.activations;
        if (kind_.live != nullptr) live_ = kind_.live->make();
        ask_for_watch();
        return true;
    } catch (const std::exception& why) {
        corrupt_ = true;
        world_.report(self_, t.command.trace.id, why.what());
        return false;
    }
}

void entity_actor::refuse_corrupt(task& t)
{
    answer a;
    a.result = outcome::unavailable;
    a.reason = "corrupt";
    a.detail = self_.path() + " cannot be replayed from the journal; see the node's log";
    if (t.then) t.then(a);
    if (t.look) t.look({self_, 0, {}, {}});
}

void entity_actor::handle(task& t)
{
    const auto began = std::chrono::steady_clock::now();
    auto result = cell_->handle(t.command, world_.clock.now());
    turns_->add(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    ++world_.handled;
    if (result.reply.result == outcome::refused) ++world_.refused;
    if (result.reply.result == outcome::failed) ++world_.failed;
    if (!result.error.empty()) world_.report(self_, t.command.trace.id, result.error);
    for (auto& what : result.calculations) world_.beside.add(self_, std::move(what), t.command.trace);
    if (result.record.empty() && !t.then) return;
    world_.events += result.events;
    if (result.events > 0) ask_for_watch();

    auto item = std::make_unique<pending_commit>();
    item->note = note_of(t.command, result, cell_->revision());
    if (!result.record.empty()) {
        item->record = std::move(result.record);
        item->effects = std::move(result.effects);
        if (kind_.listed && result.events > 0) kind_.write_state(item->state, cell_->state());
    }
    item->reply = std::move(result.reply);
    item->then = std::move(t.then);
    append(std::move(item));
    if (cell_->records() - snapshot_at_ >= world_.bounds.records_between_snapshots) write_snapshot();
}

void entity_actor::append(pending_ptr item)
{
    if (world_.log.append(item)) return;
    answer no;
    no.result = outcome::unavailable;
    no.reason = "stopping";
    no.detail = "the node takes no more commands";
    if (item->then) item->then(no);
}

/// Samples change what is known now; a command that follows from one is the entity's own and is journalled as usual.
void entity_actor::observe(task& t)
{
    if (kind_.live == nullptr) return;
    for (const auto& s : t.samples) follow(kind_.live->observe(live_.get(), cell_->state(), s));
    world_.samples += t.samples.size();
    if (world_.kept != nullptr) world_.kept->offer(self_, std::move(t.samples));
}

void entity_actor::follow(message what)
{
    if (!what) return;
    task own(task::what::handle);
    own.command = {self_, std::move(what), {}, 0, 0, {}, {new_trace()}};
    handle(own);
}

void entity_actor::watch() { follow(kind_.live->watch(live_.get(), cell_->state(), world_.clock.now())); }

/// Once is enough: what it watches may change, and then it says that nothing has happened.
void entity_actor::ask_for_watch()
{
    if (watched_ || kind_.live == nullptr || kind_.live->watched == nullptr) return;
    if (!kind_.live->watched(cell_->state())) return;
    watched_ = true;
    world_.watched.add(place_);
}

/// What a reader sees must be durable too: it waits behind the entity's records.
void entity_actor::look(task& t)
{
    auto v = cell_->view();
    if (kind_.live != nullptr) kind_.live->write(v.live, live_.get());
    auto item = std::make_unique<pending_commit>();
    item->note.entity = self_;
    item->then = [seen = std::move(v), look = std::move(t.look)](const answer&) { look(seen); };
    append(std::move(item));
}

void entity_actor::write_snapshot(std::function<void()> stored)
{
    snapshot_at_ = cell_->records();
    auto item = std::make_unique<pending_commit>();
    item->note.entity = self_;
    item->snapshot = cell_->snapshot();
    item->stored = std::move(stored);
    append(std::move(item));
}

/// An entity leaves in two steps: first its snapshot; then, when that can be read back and still nobody has come, it
/// goes. Entities with telemetry stay: what they know of now is only in memory. Corrupt ones stay as evidence.
void entity_actor::prepare_to_leave()
{
    if (leaving_ || kind_.live != nullptr) return;
    leaving_ = true;
    auto then = [place = place_] {
        place->expect();
        tell(place->actor, std::make_unique<task>(task::what::leave));
    };
    if (cell_->records() == 0)
        then();
    else
        write_snapshot(std::move(then));
}

void entity_actor::leave_if_idle()
{
    if (!leaving_ || !world_.others.remove_if_idle(self_.path(), place_)) return;
    ++world_.passivations;
    place_->actor = nullptr; // the slot and the actor hold each other
    quit();
}

} // namespace takt::runtime
