#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "messages/mes/machine.hpp"
#include "runtime/node.hpp"

/// The door for controllers of machines that run in the same process: what a field protocol carries between a
/// controller and the plant, without the wire. A controller is told what its machine is to do, and reports by the door
/// commands of machine/… and by samples.
namespace takt::equipment {

/// A job that a machine has, and how far it is as far as the plant knows.
struct assignment {
    mes::job_spec job;
    bool confirmed = false; ///< the controller has said that it has got it
    bool running = false;   ///< set-up is done
    std::int64_t good = 0, scrap = 0;
};

/// Whoever drives machines. Called by the link's one thread, one call at a time; may call link::report and
/// link::measure, must not block.
class controller {
public:
    virtual ~controller() = default;

    /// Everything that a machine is to do, after an attachment or a lost connection. Whatever else it is doing is to
    /// end. `down`: the plant takes it for broken.
    virtual void synchronise(const machine_id& machine, const std::vector<assignment>& all, bool down) = 0;
    /// One more job. The same run may be told again; it is one job.
    virtual void assign(const machine_id& machine, const assignment& what) = 0;
    /// Stop this job, or do not begin it. Nothing more is reported of it.
    virtual void withdraw(const machine_id& machine, const mes::run_ref& job) = 0;
    /// Do this, and report machine::confirm_control, then the states on the way or machine::refuse_control. A command
    /// that was not confirmed is told again after a lost connection: one number is one command.
    virtual void control(const machine_id& machine, const machine::control_order& what) = 0;
};

struct link_figures {
    std::uint64_t instructions = 0;                                   ///< told to the controller
    std::uint64_t reports = 0, repeated = 0, refused = 0, failed = 0; ///< commands; `repeated` because busy
    std::uint64_t waiting = 0;                                        ///< reports not yet answered, now
    std::uint64_t samples = 0, samples_dropped = 0;
};

/// What a controller speaks through: the link, or a field protocol. All members may be called from any thread and do
/// not block, but for attach and detach.
class uplink {
public:
    virtual ~uplink() = default;
    /// Begins to tell `who` what these machines are to do, first of all what they have now. Once in its life.
    virtual void attach(controller& who, const std::vector<machine_id>& machines) = 0;
    /// After this returns the controller is not called any more, and nothing is sent. Not from a thread of the uplink.
    virtual void detach() = 0;
    /// A door command of machine/…: report_progress, report_down…
    virtual void report(const machine_id& machine, message command) = 0;
    virtual void measure(std::vector<scada::sample> samples) = 0;
    virtual instant now() const = 0; ///< plant time
    virtual link_figures counted() const = 0;
};

/// How a link reaches a node. All members may be called from any thread and do not block; callbacks come on a thread of
/// the port's own, or on the caller's.
class port {
public:
    virtual ~port() = default;
    virtual instant now() const = 0; ///< plant time
    virtual void send(runtime::envelope command, runtime::on_answer then) = 0;
    virtual void read(const entity_ref& entity, runtime::on_view then) = 0;
    /// Facts of kind machine from now on, until the token is destroyed. After a gap, `lost` is called and facts go on.
    virtual std::shared_ptr<void> subscribe(std::function<void(const runtime::facts&)> sink,
                                            std::function<void()> lost) = 0;
    /// False if the samples were dropped.
    virtual bool observe(std::vector<scada::sample> samples) = 0;
};

/// A port to a node in this process, which must outlive it.
std::unique_ptr<port> port_to(runtime::node& node);

/// Carries what is said between machines and a node, and loses none of it but telemetry:
///
/// - Reports of one machine are sent in their order, each when the one before is answered, with the machine's own
///   rising sequence; `busy` and `unavailable` are tried again until there is an answer. While one waits, a newer count
///   of the same run takes the place of an older one, so the buffer is bounded by what can happen to a machine.
///   A refused report is stale (of a run that is over): counted, logged and forgotten.
/// - Instructions follow the journal. On attachment, and after a gap, the machine's state is read, told whole, and
///   facts that it holds already are not told again.
/// - Samples that find a full inbox are dropped and counted.
///
/// Sequences are plant time in microseconds, so they rise across restarts without being stored.
class link final : public uplink {
public:
    /// The port must outlive nothing but the link: it is the link's.
    explicit link(std::unique_ptr<port> to);
    /// Detaches. Reports that were not answered yet are lost; the controller's counts are cumulative.
    ~link() override;
    link(const link&) = delete;
    link& operator=(const link&) = delete;

    void attach(controller& who, const std::vector<machine_id>& machines) override;
    /// The same without a thread: whoever attaches calls work() when something may have come.
    void attach_by_hand(controller& who, const std::vector<machine_id>& machines);
    /// By hand: does all that there is to do. False if there was nothing.
    bool work();
    void detach() override;
    void report(const machine_id& machine, message command) override;
    void measure(std::vector<scada::sample> samples) override;
    instant now() const override;
    link_figures counted() const override;

private:
    struct parts;
    void listen(controller& who, const std::vector<machine_id>& machines);
    std::shared_ptr<parts> parts_;
};

} // namespace takt::equipment
