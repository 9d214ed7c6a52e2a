#pragma once

#include <cassert>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/json_write.hpp"
#include "messages/core/message.hpp"

namespace takt {

/// What an entity may know besides its own state and the command. The only clock an entity has.
struct context {
    instant now;        ///< plant time at which the command is decided
    entity_ref self;    ///< the entity that decides
    std::string sender; ///< who asked: an entity path, "client/…" or "key/…" from a door, "timer/NAME", or empty
};

/// Why a command was not taken; a domain answer, not an error. `reason` is a stable snake_case word that code, log,
/// metric and console share; `detail` is for people; `field` is the command's member at fault, if one is.
struct refusal {
    std::string reason;
    std::string detail;
    std::string field;
};

/// A command for another entity. Delivered exactly once, in order per pair of sender and receiver, after the record it
/// stands in is on disk.
struct effect {
    entity_ref target;
    message command;
};

/// A durable timer of this entity: at `due` it receives `command` from "timer/NAME". Setting a name again replaces it.
struct timer {
    std::string name;
    instant due;
    message command;
};

/// Work that takes longer than others should wait for the entity: done beside it on what it was given by value, once.
/// What it returns comes to the entity as a command of its own; nothing, if it has nothing to say. Pure, deterministic,
/// and not durable: a node that stops takes it with it, so a timer should ask again for what must not be missed. It
/// looks at the token now and then and ends when that says so.
using calculation = std::function<message(const std::stop_token&)>;

/// What an entity answers to a command: a refusal that changes nothing, or events with what follows from them.
/// Everything in one decision stands in one journal record: all of it happens, or none.
class decision {
public:
    decision() = default;

    static decision refuse(std::string reason, std::string detail, std::string field = {})
    {
        decision d;
        d.refusal_ = refusal{std::move(reason), std::move(detail), std::move(field)};
        d.refused_ = true;
        return d;
    }

    template <class Event> decision& emit(Event event)
    {
        events_.push_back(make_message(std::move(event)));
        return *this;
    }

    /// The kind of the receiver is the command's own: send("M-104", machine::dispatch{…}) goes to machine/M-104.
    template <class Command> decision& send(std::string_view key, Command command)
    {
        return send(entity_ref(kind_name<Command>(), key), make_message(std::move(command)));
    }
    decision& send(entity_ref target, message command)
    {
        effects_.push_back({std::move(target), std::move(command)});
        return *this;
    }

    template <class Command> decision& set_timer(std::string name, instant due, Command command)
    {
        timers_.push_back({std::move(name), due, make_message(std::move(command))});
        return *this;
    }
    decision& cancel_timer(std::string name)
    {
        cancelled_.push_back(std::move(name));
        return *this;
    }

    decision& calculate(calculation what)
    {
        calculations_.push_back(std::move(what));
        return *this;
    }

    /// What the asker gets besides the entity's key and revision.
    template <class Answer> decision& reply(Answer answer)
    {
        reply_ = to_json(answer);
        return *this;
    }

    bool refused() const { return refused_; }
    const refusal& why() const { return refusal_; }
    const std::vector<message>& events() const { return events_; }
    const std::vector<effect>& effects() const { return effects_; }
    const std::vector<timer>& timers() const { return timers_; }
    const std::vector<std::string>& cancelled() const { return cancelled_; }
    const std::vector<calculation>& calculations() const { return calculations_; }
    const std::string& answer() const { return reply_; } ///< JSON, or empty

private:
    bool refused_ = false;
    refusal refusal_;
    std::vector<message> events_;
    std::vector<effect> effects_;
    std::vector<timer> timers_;
    std::vector<std::string> cancelled_;
    std::vector<calculation> calculations_;
    std::string reply_;
};

} // namespace takt
