#pragma once

#include <optional>

#include "messages/core/document.hpp"
#include "runtime/cell.hpp"

/// How cells are written down: the lines of the journal's blocks and the snapshots.
namespace takt::runtime {

/// Writes one record straight into a string, in the member order of `record`.
class record_writer {
public:
    record_writer(std::string& out, const entity_ref& entity, std::uint64_t n, std::uint64_t revision, instant at);
    void command(const envelope& what, std::string_view type);
    void event(const message& e);
    void effect(const outgoing& e);
    void timer(const armed_timer& t, const message& command);
    void cancelled(const std::vector<std::string>& names);
    void reply(std::string_view json);
    void refused(const refusal& why, bool failed);
    void end();

private:
    enum class list { none, events, effects, timers };
    void in(list which, std::string_view name);

    std::string& out_;
    list open_ = list::none;
};

struct stored_answer {
    bool refused = false, failed = false;
    std::string reason, detail, field;
    std::uint64_t rev = 0;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(stored_answer, (), (refused, failed, reason, detail, field, rev, body))

struct stored_sender {
    std::string sender;
    std::uint64_t seq = 0, fp = 0, rev = 0;
    instant at;
    std::optional<stored_answer> first;
    static constexpr auto defaulted = std::array<std::string_view, 2>{"fp", "rev"};
};
BOOST_DESCRIBE_STRUCT(stored_sender, (), (sender, seq, fp, rev, at, first))

/// A snapshot: never the truth, only a short cut to it.
struct stored_cell {
    std::uint64_t n = 0, rev = 0, next = 1;
    std::vector<stored_sender> senders;
    std::vector<recorded_timer> timers;
    boost::json::value state;
};
BOOST_DESCRIBE_STRUCT(stored_cell, (), (n, rev, next, senders, timers, state))

/// Writes a stored_cell without building one.
class snapshot_writer {
public:
    snapshot_writer(std::string& out, std::uint64_t records, std::uint64_t revision, std::uint64_t next_number);
    void sender(const stored_sender& s);
    void timer(const armed_timer& t, const message& command);
    void state(const kind_ops& kind, const void* state);

private:
    std::string& out_;
    bool in_senders_ = false, in_timers_ = false;
};

stored_answer to_stored(const answer& a);
answer to_answer(const stored_answer& a);
/// The first answer to the command of a record, as the sender got it.
answer recorded_answer(const record& r, std::uint64_t revision_after);
/// The stored form of a command; one that is in stored form already stays as it is.
document to_document(const message& command);
std::optional<message> read_command(const kind_ops& kind, const document& stored);

} // namespace takt::runtime
