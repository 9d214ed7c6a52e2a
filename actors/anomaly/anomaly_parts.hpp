#pragma once

#include "actors/anomaly/anomaly.hpp"

/// What a case's decisions share.
namespace takt::anomaly {

inline constexpr std::string_view rejected = "rejected"; ///< the symptom of pieces that were judged bad

bool is_open(const case_file& s);
const step* find_step(const case_file& s, step_kind what);
bool ended(const step& one);
/// It belongs to a case that is as severe as this one.
bool applies(const case_file& s, const step& one);
bool any_stands(const case_file& s);
/// Pieces wait for inspection.
bool any_waits(const case_file& s);
std::string words(step_kind what);
/// Judged bad and not yet disposed of.
bool is_bad(const case_file& s, const entity_ref& what);
/// A command of a person who has no name, or about a case that is over.
std::optional<decision> refuse_person(const case_file& s, const std::string& by, const context& about);
/// Into the timeline.
void note(case_file& s, instant at, std::string what, std::string by, std::optional<entity_ref> about = std::nullopt);
/// The trouble is back, or worse, while its cure is verified: what has been done is to be done again.
void begin_again(case_file& s);
/// The first piece after a repair is inspected.
decision judge_first_article(const case_file& s, const take_inspection& what, const context& about);
/// A step that another entity does: anomaly_coordination.cpp.
bool is_of_others(step_kind what);
/// Whether what is wrong at this source can be met by it.
bool can_be_asked(const entity_ref& source, step_kind what);

/// A decision in the making, with the case as it will be after it.
class progress {
public:
    progress(const case_file& s, const context& about) : s_(s), about_(about) {}

    template <class Event> void emit(Event event)
    {
        apply(s_, event);
        d_.emit(std::move(event));
    }
    template <class Command> void send(std::string_view key, Command command) { d_.send(key, std::move(command)); }
    const case_file& now() const { return s_; }
    const context& about() const { return about_; }

    void end_step(step_kind what, std::string detail);
    /// Begins every step whose turn has come, and closes the case when nothing is left to do.
    decision advance();
    /// Does not wait for more.
    decision done() { return std::move(d_); }
    void begin(step_kind what, const std::string& by);
    void ask_others(step_kind what, const std::string& by);
    void close_case(std::string cause, std::string detail, std::string by);
    void ask_to_quarantine(const entity_ref& what);
    /// All that was asked has answered, and is inspected.
    void end_quarantine_if_over(const char* how);
    void watch_deadline();
    /// Opens a case, or adds the symptom to the one that is open.
    void raise(const anomaly::raise& what);

    void hold_all();
    void ask_origin(const entity_ref& what);
    void trace_all();
    void end_trace_if_over();
    void open_nonconformances();
    /// What was stopped by this case, and was not inspected as it was bad anyway, is stopped no more.
    void let_go(const entity_ref& what, std::optional<nonconformance::disposition> how);
    void tell_customers(const std::vector<entity_ref>& orders, const entity_ref& what);

private:
    void go_on_disposing();
    bool watch_next_lots();
    void begin_due_steps();
    bool may_verify() const;

    case_file s_;
    const context& about_;
    decision d_;
};

} // namespace takt::anomaly
