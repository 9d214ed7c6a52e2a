#include "runtime/cell.hpp"

#include <stdexcept>

#include "messages/core/dead_letter.hpp"
#include "messages/core/json_read.hpp"
#include "runtime/cell_codec.hpp"

namespace takt::runtime {
namespace {

constexpr std::string_view timer_prefix = "timer/";

bool from_timer(const envelope& what) { return what.sender.starts_with(timer_prefix); }

/// Somebody outside waits for the answer and may ask again with the same key; entities and timers never do.
bool from_outside(const kind_registry& kinds, std::string_view sender)
{
    return !sender.starts_with(timer_prefix) && kinds.find(sender.substr(0, sender.find('/'))) == nullptr;
}

answer refused_answer(const refusal& why, std::uint64_t revision)
{
    answer a;
    a.result = outcome::refused;
    a.reason = why.reason;
    a.detail = why.detail;
    a.field = why.field;
    a.revision = revision;
    return a;
}

} // namespace

cell::cell(const kind_registry& kinds, const kind_ops& kind, entity_ref self)
    : kinds_(kinds), kind_(kind), self_(std::move(self)), state_(kind.make_state())
{
}

handled cell::handle(const envelope& what, instant now)
{
    handled out;
    if (auto first = seen_before(what, now)) {
        out.reply = std::move(*first);
        return out;
    }
    if (what.only_at_revision && *what.only_at_revision != revision_) {
        const auto detail = self_.path() + " is at revision " + std::to_string(revision_);
        out.reply = refused_answer({"revision_changed", detail, {}}, revision_);
        return out;
    }
    const message command = resolve(what, out);
    if (from_timer(what) && !command) return out; // replaced or cancelled while it was on its way
    const decision d = decide(command, what, now, out);
    if (d.refused() && what.sender.empty() && out.error.empty()) { // without identity there is nothing to remember
        out.reply = refused_answer(d.why(), revision_);
        return out;
    }
    commit(d, command, what, now, out);
    return out;
}

std::optional<answer> cell::seen_before(const envelope& what, instant now) const
{
    if (what.sender.empty() || from_timer(what)) return std::nullopt;
    const auto found = senders_.find(what.sender);
    if (found == senders_.end() || what.sequence > found->second.sequence) return std::nullopt;
    const remembered& seen = found->second;
    if (now - seen.at > remember_keys_for) return std::nullopt;
    if (what.sequence == seen.sequence && what.fingerprint != seen.fingerprint)
        return refused_answer({"key_reused", "this key came with another request before", {}}, revision_);
    answer again;
    if (seen.first && what.sequence == seen.sequence) again = *seen.first;
    again.revision = what.sequence == seen.sequence ? seen.revision : revision_;
    again.repeated = true;
    return again;
}

/// The typed command: from the timer that fired, from its stored form, or as it is. Empty where there is none.
message cell::resolve(const envelope& what, handled& out) const
{
    if (from_timer(what)) {
        const auto name = std::string_view(what.sender).substr(timer_prefix.size());
        for (const auto& t : timers_)
            if (t.timer.name == name && t.timer.id == what.sequence) return t.command;
        return {};
    }
    const auto* stored = what.command.as<document>();
    if (stored == nullptr) return what.command;
    const auto* ops = kind_.find_command(stored->type);
    if (ops == nullptr) {
        out.error = "kind " + std::string(kind_.name) + " has no command " + stored->type;
        return {};
    }
    auto typed = ops->type->read(stored->data, stored->v, strictness::from_storage);
    if (typed) return *typed;
    out.error = stored->type + ": " + describe(typed.error());
    return {};
}

decision cell::decide(const message& command, const envelope& what, instant now, handled& out) const
{
    if (!command) return dead_letter(what, what.command, "unreadable", out.error);
    const auto* ops = kind_.find_command(command.type());
    if (ops == nullptr) {
        out.error = "kind " + std::string(kind_.name) + " does not take " + std::string(command.type().name);
        return dead_letter(what, command, "unreadable", out.error);
    }
    decision d;
    try {
        d = ops->decide(state_.get(), command.value(), context{now, self_, what.sender});
        for (const auto& e : d.effects())
            if (kinds_.find(e.target.kind()) == nullptr || !valid_key(e.target.key()))
                throw std::logic_error("sends to " + e.target.path() + ", which cannot be an entity");
    } catch (const std::exception& thrown) {
        out.error = thrown.what();
        return dead_letter(what, command, "failed", out.error);
    }
    const bool nobody_waits = !what.sender.empty() && !from_outside(kinds_, what.sender);
    if (d.refused() && nobody_waits)
        return dead_letter(what, command, "refused", d.why().reason + ": " + d.why().detail);
    return d;
}

/// A decision that changes nothing here and keeps the command where a person sees it.
decision cell::dead_letter(const envelope& what, const message& command, std::string reason, std::string detail) const
{
    decision d = decision::refuse(reason, detail);
    const auto letters = kind_name<takt::dead_letter::keep>();
    if (kind_.name == letters || kinds_.find(letters) == nullptr)
        return d; // it would be about itself, or nobody keeps any
    std::string key(self_.kind());
    key.append(".").append(self_.key()).append(".").append(std::to_string(records_ + 1));
    if (key.size() > longest_key) key = key.substr(key.size() - longest_key);
    d.send(key,
           takt::dead_letter::keep{self_, what.sender, to_document(command), std::move(reason), std::move(detail)});
    return d;
}

void cell::commit(const decision& d, const message& command, const envelope& what, instant now, handled& out)
{
    const bool failed = d.refused() && !out.error.empty();
    record_writer line(out.record, self_, records_ + 1, revision_, now);
    line.command(what, command ? command.type().name : std::string_view("unreadable"));
    for (const auto& e : d.events()) line.event(e);
    for (const auto& e : d.effects()) {
        out.effects.push_back({e.target, next_number_++, e.command});
        line.effect(out.effects.back());
    }
    for (const auto& t : d.timers()) {
        out.armed.push_back({t.name, next_number_++, t.due});
        line.timer(out.armed.back(), t.command);
    }
    line.cancelled(d.cancelled());
    if (d.refused())
        line.refused(d.why(), failed);
    else if (!d.answer().empty())
        line.reply(out.reply.body = d.answer());
    line.end();

    ++records_;
    for (const auto& e : d.events()) {
        const auto* ops = kind_.find_event(e.type());
        if (ops == nullptr)
            throw std::logic_error("kind " + std::string(kind_.name) + " lacks event " + std::string(e.type().name));
        ops->apply(state_.get(), e.value());
        ++revision_;
    }
    if (from_timer(what)) {
        disarm(std::string_view(what.sender).substr(timer_prefix.size()));
        out.disarmed.push_back(what.sender.substr(timer_prefix.size()));
    }
    for (const auto& name : d.cancelled()) {
        disarm(name);
        out.disarmed.push_back(name);
    }
    for (std::size_t i = 0; i < d.timers().size(); ++i) arm(out.armed[i], d.timers()[i].command);

    out.calculations = d.calculations();
    out.events = d.events().size();
    if (d.refused()) out.reply = refused_answer(d.why(), revision_);
    if (failed) out.reply.result = outcome::failed;
    out.reply.revision = revision_;
    if (!what.sender.empty() && !from_timer(what))
        remember(what.sender, what.sequence, what.fingerprint, now, out.reply);
}

void cell::remember(const std::string& sender, std::uint64_t sequence, std::uint64_t fingerprint, instant at,
                    const answer& first)
{
    forget_old(at);
    auto& seen = senders_[sender];
    seen.sequence = sequence;
    seen.fingerprint = fingerprint;
    seen.revision = first.revision;
    seen.at = at;
    const bool plain = first.result == outcome::accepted && first.body.empty();
    seen.first = from_outside(kinds_, sender) && !plain ? std::make_unique<answer>(first) : nullptr;
}

/// Looks through the senders once an hour of plant time, not at every command.
void cell::forget_old(instant now)
{
    if (now - forgotten_at_ < std::chrono::hours(1)) return;
    forgotten_at_ = now;
    erase_if(senders_, [&](const auto& s) { return now - s.second.at > remember_keys_for; });
}

void cell::arm(const armed_timer& timer, message command)
{
    disarm(timer.name);
    timers_.push_back({timer, std::move(command)});
}

void cell::disarm(std::string_view name)
{
    std::erase_if(timers_, [&](const kept_timer& t) { return t.timer.name == name; });
}

std::vector<armed_timer> cell::timers() const
{
    std::vector<armed_timer> all;
    all.reserve(timers_.size());
    for (const auto& t : timers_) all.push_back(t.timer);
    return all;
}

entity_view cell::view() const
{
    entity_view v{self_, revision_, {}, {}};
    kind_.write_state(v.state, state_.get());
    return v;
}

void cell::take_event(const recorded_event& e)
{
    const auto* ops = kind_.find_event(e.type);
    if (ops == nullptr) throw std::runtime_error(self_.path() + ": journal has an unknown event " + e.type);
    auto event = ops->type->read(e.data, e.v, strictness::from_storage);
    if (!event) throw std::runtime_error(self_.path() + ": event " + e.type + ": " + describe(event.error()));
    ops->apply(state_.get(), event->value());
    ++revision_;
}

void cell::replay(const record& r)
{
    if (r.n <= records_) return;
    if (r.n != records_ + 1 || r.rev != revision_)
        throw std::runtime_error(self_.path() + ": record " + std::to_string(r.n) + " follows record " +
                                 std::to_string(records_));
    for (const auto& e : r.events) take_event(e);
    ++records_;
    next_number_ += r.effects.size() + r.timers.size();
    const bool fired = r.by.starts_with(timer_prefix);
    if (fired) disarm(std::string_view(r.by).substr(timer_prefix.size()));
    for (const auto& name : r.cancel) disarm(name);
    for (const auto& t : r.timers) {
        auto command = read_command(kind_, {t.type, t.v, t.data});
        if (command) arm({t.name, t.id, t.due}, std::move(*command));
    }
    if (!r.by.empty() && !fired) remember(r.by, r.seq, r.fp, r.at, recorded_answer(r, revision_));
}

std::string cell::snapshot() const
{
    std::string out;
    snapshot_writer line(out, records_, revision_, next_number_);
    for (const auto& [sender, seen] : senders_) {
        std::optional<stored_answer> first;
        if (seen.first) first = to_stored(*seen.first);
        line.sender({sender, seen.sequence, seen.fingerprint, seen.revision, seen.at, std::move(first)});
    }
    for (const auto& t : timers_) line.timer(t.timer, t.command);
    line.state(kind_, state_.get());
    return out;
}

bool cell::restore(std::string_view text)
{
    auto read = read_json_text<stored_cell>(text, strictness::from_storage);
    if (!read) return false;
    auto state = kind_.read_state(read->state);
    if (!state) return false;
    std::vector<kept_timer> timers;
    for (const auto& t : read->timers) {
        auto command = read_command(kind_, {t.type, t.v, t.data});
        if (!command) return false;
        timers.push_back({{t.name, t.id, t.due}, std::move(*command)});
    }
    state_ = std::move(*state);
    records_ = read->n;
    revision_ = read->rev;
    next_number_ = read->next;
    timers_ = std::move(timers);
    for (auto& s : read->senders) {
        auto& seen = senders_[s.sender];
        seen.sequence = s.seq;
        seen.fingerprint = s.fp;
        seen.revision = s.rev;
        seen.at = s.at;
        if (s.first) seen.first = std::make_unique<answer>(to_answer(*s.first));
    }
    return true;
}

} // namespace takt::runtime
