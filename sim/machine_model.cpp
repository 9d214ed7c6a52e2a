#include "sim/machine_model.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace takt::sim {
namespace {

using packml = machine::packml_state;

constexpr double setup_spread = 0.15;
constexpr double piece_spread = 0.03; ///< of one piece, besides what is common to a run
constexpr double repair_spread = 0.6;
constexpr double loading_ms = 180'000; ///< of a furnace; what comes meanwhile goes in too

std::string subject_of(const mes::job_spec& job)
{
    return job.work_order.text + '/' + job.operation + '/' + std::to_string(job.run);
}

} // namespace

machine_model::machine_model(const plant::machine& what, meter_id meter, const scenario& how, instant now)
    : what_(what),
      meter_(std::move(meter)),
      how_(how),
      noise_(how.seed, what.key.text, "noise"),
      now_(now),
      failure_chances_(dice(how.seed, what.key.text, "failure").of(static_cast<std::uint64_t>(now.ms)))
{
    new_life();
}

void machine_model::assign(const equipment::assignment& what, instant now)
{
    now_ = std::max(now_, now);
    const auto known = [&](const job& j) { return mes::ref_of(j.told.job) == mes::ref_of(what.job); };
    if (const auto found = std::find_if(jobs_.begin(), jobs_.end(), known); found != jobs_.end()) {
        found->told.confirmed = found->told.confirmed && what.confirmed; // told again: it wants to hear it again
        return;
    }
    jobs_.push_back({what, dice(how_.seed, subject_of(what.job), "run"), what.good + what.scrap});
}

void machine_model::withdraw(const mes::run_ref& run)
{
    const auto found =
        std::find_if(jobs_.begin(), jobs_.end(), [&](const job& j) { return mes::ref_of(j.told.job) == run; });
    if (found == jobs_.end()) return;
    const auto index = static_cast<std::size_t>(found - jobs_.begin());
    jobs_.erase(found);
    if (index >= load_) return;
    --load_;
    if (load_ == 0) begin_step(step::none);
}

void machine_model::synchronise(const std::vector<equipment::assignment>& all, bool down, instant now)
{
    std::vector<mes::run_ref> over;
    for (const auto& j : jobs_) {
        const auto run = mes::ref_of(j.told.job);
        const auto same = [&](const equipment::assignment& a) { return mes::ref_of(a.job) == run; };
        if (std::none_of(all.begin(), all.end(), same)) over.push_back(run);
    }
    for (const auto& run : over) withdraw(run);
    for (const auto& a : all) assign(a, now);
    if (down && !down_) { // it broke before this controller was switched on
        down_ = true;
        failure_ = "found down";
        repair_ms_ = static_cast<double>(what_.behaviour.time_to_repair_ms.count()) * how_.repair_factor;
    }
}

void machine_model::repair()
{
    if (!down_) return;
    down_ = false;
    new_life();
}

std::optional<instant> machine_model::next() const
{
    if (acting_) return now_ + milliseconds{static_cast<std::int64_t>(std::ceil(acting_->left_ms))};
    if (stands()) return std::nullopt;
    if (step_ == step::none) {
        if (jobs_.empty()) return std::nullopt;
        return now_;
    }
    double wait = step_left();
    if (step_ == step::running) {
        wait = std::min(wait, life_left_);
        const auto until_progress = static_cast<double>(how_.progress_interval_ms.count()) - since_progress_;
        if (!jobs_.front().told.job.batch) wait = std::min(wait, std::max(until_progress, 0.0));
    }
    return now_ + milliseconds{static_cast<std::int64_t>(std::ceil(wait))};
}

void machine_model::advance(instant now, std::vector<message>& reports)
{
    reports_ = &reports;
    std::move(unsaid_.begin(), unsaid_.end(), std::back_inserter(reports));
    unsaid_.clear();
    if (down_ && (state_ != packml::aborted || halt_)) {
        halt_.reset();
        acting_.reset();
        reports.push_back(make_message(machine::report_state{packml::aborted, failure_}));
        state_ = packml::aborted;
    } else if (!down_ && !halt_ && !acting_ && state_ == packml::aborted) {
        reports.push_back(make_message(machine::report_up{}));
        change_state(step_ == step::running ? packml::execute : step_ == step::none ? packml::idle : packml::starting);
    }
    if (!stands() && load_ > 0) join_load();
    double left = static_cast<double>((now - now_).count());
    if (acting_) {
        const double passed = std::min(left, acting_->left_ms);
        acting_->left_ms -= passed;
        left -= passed;
        if (acting_->left_ms <= 0) end_acting();
    }
    if (!stands() && step_ == step::none && jobs_.empty()) change_state(packml::idle);
    while (!stands() && (step_ != step::none || !jobs_.empty())) {
        if (step_ == step::none) {
            begin_work();
            continue;
        }
        double until = step_left();
        if (step_ == step::running) until = std::min(until, life_left_);
        if (until > left) {
            pass(left);
            left = 0;
            break;
        }
        pass(until);
        left -= until;
        if (step_ == step::running && life_left_ <= 0)
            break_down();
        else
            finish_step();
    }
    if (!stands() && step_ == step::none && left > 0) pass(left);
    now_ = std::max(now_, now);
    if (step_ == step::running && since_progress_ >= static_cast<double>(how_.progress_interval_ms.count()))
        say_progress();
    reports_ = nullptr;
}

void machine_model::pass(double ms)
{
    constexpr double ms_per_hour = 3'600'000;
    constexpr double warm_up_ms = 900'000;
    const bool runs = step_ == step::running;
    heat_ += ((runs ? 1.0 : 0.0) - heat_) * (1.0 - std::exp(-ms / warm_up_ms));
    if (step_ == step::none) return;
    step_done_ += ms;
    const double load = runs ? 0.75 * speed() : 0.3;
    energy_kwh_ += (what_.behaviour.idle_power_kw + load * what_.rated_power_kw) * ms / ms_per_hour;
    if (!runs) return;
    life_left_ -= ms;
    since_progress_ += ms;
}

/// The first job in line, and with it those of its batch.
void machine_model::begin_work()
{
    load_ = 1;
    energy_kwh_ = 0;
    stop_wanted_ = false;
    ++counted_.jobs_begun;
    const auto& first = jobs_.front().told;
    take_into_load();
    if (first.running)
        begin_step(step::running);
    else
        begin_step(first.confirmed ? step::setup : step::starting);
}

void machine_model::take_into_load()
{
    const auto& first = jobs_.front().told.job;
    if (!first.batch) return;
    for (std::size_t i = load_; i < jobs_.size() && load_ < static_cast<std::size_t>(what_.capacity); ++i) {
        const auto& j = jobs_[i].told;
        if (!j.job.batch || j.job.setup_family != first.setup_family || j.running != jobs_.front().told.running)
            continue;
        std::swap(jobs_[i], jobs_[load_++]);
        ++counted_.jobs_begun;
    }
}

/// A job of the batch that is just being loaded is taken at once; a job that is told again is confirmed again.
void machine_model::join_load()
{
    if (step_ != step::running) take_into_load();
    if (step_ == step::starting) return;
    for (std::size_t i = 0; i < load_; ++i) confirm(jobs_[i]);
}

void machine_model::begin_step(step which)
{
    step_ = which;
    step_done_ = 0;
    step_length_ = 0;
    since_progress_ = 0;
    if (which == step::none) {
        load_ = 0;
        if (reports_ != nullptr && !stands()) change_state(packml::idle);
        return;
    }
    auto& first = jobs_.front();
    const auto& spec = first.told.job;
    if (which == step::starting) {
        step_length_ = first.chances.of(1).between(500, 3000); // the controller takes the job
        change_state(packml::starting);
    } else if (which == step::setup) {
        step_length_ = static_cast<double>(spec.setup_time_ms.count()) * first.chances.of(2).log_normal(setup_spread);
        if (spec.batch) step_length_ += loading_ms * first.chances.of(5).between(0.7, 1.6);
        change_state(packml::starting);
    } else {
        change_state(packml::execute);
        begin_piece();
    }
}

/// Time of the next piece, or of the batch. Every piece has its own chance, so a run that goes on after a restart is
/// the run that it would have been.
void machine_model::begin_piece()
{
    auto& first = jobs_.front();
    const auto made = first.told.good + first.told.scrap;
    const double run = first.chances.of(3).log_normal(what_.behaviour.run_time_spread) * how_.run_time_factor;
    const double piece = first.chances.of(1000 + static_cast<std::uint64_t>(made)).log_normal(piece_spread);
    step_done_ = 0;
    step_length_ = static_cast<double>(first.told.job.run_time_ms.count()) * run * piece / speed();
    if (!first.told.job.batch && made >= pieces_of(first)) step_length_ = 0;
}

void machine_model::confirm(job& j)
{
    if (j.told.confirmed) return;
    j.told.confirmed = true;
    reports_->push_back(make_message(machine::confirm_job{mes::ref_of(j.told.job)}));
}

void machine_model::finish_step()
{
    if (step_ == step::running) return jobs_.front().told.job.batch ? finish_batch() : finish_piece();
    take_into_load();
    for (std::size_t i = 0; i < load_; ++i) confirm(jobs_[i]);
    if (step_ == step::starting) return begin_step(step::setup);
    for (std::size_t i = 0; i < load_; ++i) {
        jobs_[i].told.running = true;
        reports_->push_back(make_message(machine::report_setup_done{mes::ref_of(jobs_[i].told.job)}));
    }
    begin_step(step::running);
}

void machine_model::finish_piece()
{
    auto& j = jobs_.front();
    const auto made = j.told.good + j.told.scrap;
    if (made < pieces_of(j)) {
        const double rate = std::min(0.5, what_.behaviour.scrap_rate * how_.scrap_factor);
        const bool bad = j.chances.of(static_cast<std::uint64_t>(made)).of(7).chance(rate);
        ++(bad ? j.told.scrap : j.told.good);
        ++counted_.pieces;
        counted_.scrap += bad ? 1 : 0;
    }
    if (j.told.good + j.told.scrap >= pieces_of(j) || stop_wanted_) return end_load();
    if (since_progress_ >= static_cast<double>(how_.progress_interval_ms.count())) say_progress();
    begin_piece();
}

void machine_model::finish_batch()
{
    const double rate = std::min(0.5, what_.behaviour.scrap_rate * how_.scrap_factor);
    for (std::size_t i = 0; i < load_; ++i) {
        auto& j = jobs_[i];
        const auto pieces = pieces_of(j) - j.told.good - j.told.scrap;
        const auto bad = j.chances.of(4).binomial(pieces, rate);
        j.told.good += pieces - bad;
        j.told.scrap += bad;
        counted_.pieces += static_cast<std::uint64_t>(pieces);
        counted_.scrap += static_cast<std::uint64_t>(bad);
    }
    end_load();
}

void machine_model::end_load()
{
    const double share = energy_kwh_ / static_cast<double>(load_);
    for (std::size_t i = 0; i < load_; ++i) {
        const auto& j = jobs_[i].told;
        reports_->push_back(make_message(
            machine::report_completed{mes::ref_of(j.job), j.good, j.scrap, std::round(share * 1000) / 1000}));
        ++counted_.jobs_ended;
    }
    jobs_.erase(jobs_.begin(), jobs_.begin() + static_cast<std::ptrdiff_t>(load_));
    stop_wanted_ = false;
    begin_step(step::none);
}

void machine_model::say_progress()
{
    since_progress_ = 0;
    auto& j = jobs_.front();
    const auto made = j.told.good + j.told.scrap;
    if (j.told.job.batch || made == j.reported) return;
    j.reported = made;
    reports_->push_back(make_message(machine::report_progress{mes::ref_of(j.told.job), j.told.good, j.told.scrap}));
}

void machine_model::break_down()
{
    constexpr std::array<std::string_view, 6> reasons{"spindle drive fault",     "hydraulic pressure low",
                                                      "tool breakage",           "position sensor fault",
                                                      "coolant pump overloaded", "guard switch open"};
    auto chances = failure_chances_.of(failures_++).of(2);
    down_ = true;
    failure_ = reasons[static_cast<std::size_t>(chances.whole(0, reasons.size() - 1))];
    repair_ms_ = static_cast<double>(what_.behaviour.time_to_repair_ms.count()) * how_.repair_factor *
                 chances.log_normal(repair_spread);
    ++counted_.breakdowns;
    say_progress();
    const double guess = std::ceil(repair_ms_ * chances.between(0.7, 1.4) / 300'000) * 300'000;
    reports_->push_back(make_message(machine::report_down{failure_, milliseconds{static_cast<std::int64_t>(guess)}}));
    change_state(packml::aborted, failure_);
}

void machine_model::new_life()
{
    const double mean = static_cast<double>(what_.behaviour.time_between_failures_ms.count());
    life_ = mean * failure_chances_.of(failures_).of(1).weibull(what_.behaviour.failure_shape) /
            std::max(how_.failure_factor, 1e-9);
    life_left_ = life_;
}

void machine_model::change_state(packml to, std::string reason)
{
    if (to == state_ || reports_ == nullptr) return;
    state_ = to;
    reports_->push_back(make_message(machine::report_state{to, std::move(reason)}));
}

} // namespace takt::sim
