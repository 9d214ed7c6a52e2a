#include "runtime/cell_codec.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

namespace takt::runtime {
namespace {

/// `"type":"x","v":2,"data":{…}`; version 1 goes without saying.
void write_message(std::string& out, const message& m)
{
    if (const auto* stored = m.as<document>()) {
        out += "\"type\":";
        write_json(out, stored->type);
        if (stored->v != 1) {
            out += ",\"v\":";
            write_json(out, stored->v);
        }
        out += ",\"data\":";
        write_json(out, stored->data);
        return;
    }
    out += "\"type\":\"";
    out += m.type().name;
    out += '"';
    if (m.type().version != 1) {
        out += ",\"v\":";
        write_json(out, m.type().version);
    }
    out += ",\"data\":";
    m.write(out);
}

void write_timer(std::string& out, const armed_timer& t, const message& command)
{
    out += "{\"name\":";
    write_json(out, t.name);
    out += ",\"id\":";
    write_json(out, t.id);
    out += ",\"due\":";
    write_json(out, t.due);
    out += ',';
    write_message(out, command);
    out += '}';
}

} // namespace

record_writer::record_writer(std::string& out, const entity_ref& entity, std::uint64_t n, std::uint64_t revision,
                             instant at)
    : out_(out)
{
    out_.reserve(384);
    out_ += "{\"entity\":";
    write_json(out_, entity);
    out_ += ",\"n\":";
    write_json(out_, n);
    out_ += ",\"rev\":";
    write_json(out_, revision);
    out_ += ",\"at\":";
    write_json(out_, at);
}

void record_writer::command(const envelope& what, std::string_view type)
{
    if (!what.sender.empty()) {
        out_ += ",\"by\":";
        write_json(out_, what.sender);
        out_ += ",\"seq\":";
        write_json(out_, what.sequence);
    }
    if (what.fingerprint != 0) {
        out_ += ",\"fp\":";
        write_json(out_, what.fingerprint);
    }
    if (what.trace.id) {
        out_ += ",\"trace\":\"";
        append_text(out_, what.trace);
        out_ += '"';
    }
    out_ += ",\"command\":\"";
    out_ += type;
    out_ += '"';
}

void record_writer::in(list which, std::string_view name)
{
    if (open_ == which) {
        out_ += ',';
        return;
    }
    if (open_ != list::none) out_ += ']';
    open_ = which;
    if (which == list::none) return;
    out_ += ",\"";
    out_ += name;
    out_ += "\":[";
}

void record_writer::event(const message& e)
{
    in(list::events, "events");
    out_ += '{';
    write_message(out_, e);
    out_ += '}';
}

void record_writer::effect(const outgoing& e)
{
    in(list::effects, "effects");
    out_ += "{\"to\":";
    write_json(out_, e.target);
    out_ += ",\"seq\":";
    write_json(out_, e.sequence);
    out_ += ',';
    write_message(out_, e.command);
    out_ += '}';
}

void record_writer::timer(const armed_timer& t, const message& command)
{
    in(list::timers, "timers");
    write_timer(out_, t, command);
}

void record_writer::cancelled(const std::vector<std::string>& names)
{
    if (open_ != list::none) in(list::none, {});
    if (names.empty()) return;
    out_ += ",\"cancel\":";
    write_json(out_, names);
}

void record_writer::reply(std::string_view json)
{
    out_ += ",\"reply\":";
    out_ += json;
}

void record_writer::refused(const refusal& why, bool failed)
{
    out_ += ",\"refused\":";
    write_json(out_, recorded_refusal{why.reason, why.detail, why.field, failed});
}

void record_writer::end() { out_ += '}'; }

snapshot_writer::snapshot_writer(std::string& out, std::uint64_t records, std::uint64_t revision,
                                 std::uint64_t next_number)
    : out_(out)
{
    out_.reserve(256);
    out_ += "{\"n\":";
    write_json(out_, records);
    out_ += ",\"rev\":";
    write_json(out_, revision);
    out_ += ",\"next\":";
    write_json(out_, next_number);
}

void snapshot_writer::sender(const stored_sender& s)
{
    out_ += in_senders_ ? "," : ",\"senders\":[";
    in_senders_ = true;
    write_json(out_, s);
}

void snapshot_writer::timer(const armed_timer& t, const message& command)
{
    if (in_senders_) out_ += ']';
    in_senders_ = false;
    out_ += in_timers_ ? "," : ",\"timers\":[";
    in_timers_ = true;
    write_timer(out_, t, command);
}

void snapshot_writer::state(const kind_ops& kind, const void* state)
{
    if (in_senders_ || in_timers_) out_ += ']';
    out_ += ",\"state\":";
    kind.write_state(out_, state);
    out_ += '}';
}

stored_answer to_stored(const answer& a)
{
    const bool failed = a.result == outcome::failed;
    return {a.result != outcome::accepted, failed, a.reason, a.detail, a.field, a.revision, a.body};
}

answer to_answer(const stored_answer& a)
{
    answer out;
    if (a.refused) out.result = a.failed ? outcome::failed : outcome::refused;
    out.reason = a.reason;
    out.detail = a.detail;
    out.field = a.field;
    out.revision = a.rev;
    out.body = a.body;
    return out;
}

answer recorded_answer(const record& r, std::uint64_t revision_after)
{
    answer a;
    a.revision = revision_after;
    if (r.refused) {
        a.result = r.refused->failed ? outcome::failed : outcome::refused;
        a.reason = r.refused->reason;
        a.detail = r.refused->detail;
        a.field = r.refused->field;
    } else if (!r.reply.is_null()) {
        a.body = to_json(r.reply);
    }
    return a;
}

document to_document(const message& command)
{
    if (const auto* stored = command.as<document>()) return *stored;
    std::string text;
    command.write(text);
    return {std::string(command.type().name), command.type().version, parse_json(text).value()};
}

std::optional<message> read_command(const kind_ops& kind, const document& stored)
{
    const auto* ops = kind.find_command(stored.type);
    if (ops == nullptr) return std::nullopt;
    auto typed = ops->type->read(stored.data, stored.v, strictness::from_storage);
    if (!typed) return std::nullopt;
    return std::move(*typed);
}

} // namespace takt::runtime
