#include "sim/people.hpp"

namespace takt::sim {
namespace {

/// What people want to hear of.
topics wanted()
{
    return {{"work_order", "order", "purchase_order", "inspection", "lot", "operator", "maintenance_order",
             "nonconformance"},
            {"released", "pick_declined", "allocated", "shipment_short", "created", "status_changed",
             "disposal_declined", "called_in", "called_off", "assigned", "opened", "not_possible", "expedited"}};
}

constexpr milliseconds look_every{20 * 60'000};               ///< plant time, but
constexpr auto look_at_most_every = std::chrono::seconds(15); ///< real time

} // namespace

people::people(way_in way, const plant::file& plant, const scenario& how, std::function<instant()> now, floor& machines,
               pace moved)
    : way_(std::move(way)),
      agenda_(std::move(now), moved),
      door_(way_.exchange, [this] { return agenda_.stopping(); }),
      world_{plant, how, agenda_, door_, machines, {}, {}},
      warehouse_crew_(world_, "logistics"),
      inspection_crew_(world_, "inspection"),
      maintenance_crew_(world_, "maintenance"),
      attendance_(world_, {&warehouse_crew_, &inspection_crew_, &maintenance_crew_}),
      customers_(world_),
      technicians_(world_, maintenance_crew_),
      warehouse_(world_, warehouse_crew_),
      suppliers_(world_, warehouse_crew_),
      inspectors_(world_, inspection_crew_),
      trades_{&technicians_, &warehouse_, &suppliers_, &inspectors_}
{
}

people::~people() { stop(); }

void people::start()
{
    agenda_.soon([this] { begin(); });
    agenda_.start();
}

void people::stop()
{
    agenda_.stop();
    news_.reset();
}

void people::begin()
{
    attendance_.begin();
    news_ = way_.listen(
        wanted(), [this](news_item news) { arrive(std::move(news)); },
        [this] {
            agenda_.soon([this] {
                for (auto* t : trades_) t->look_around();
            });
        });
    look_around();
    customers_.begin();
}

void people::look_around()
{
    const auto now = std::chrono::steady_clock::now();
    if (looked_ == std::chrono::steady_clock::time_point{} || now - looked_ >= look_at_most_every) {
        for (auto* t : trades_) t->look_around();
        looked_ = std::chrono::steady_clock::now();
    }
    if (agenda_.moved() == pace::by_hand) return; // no news is ever missed
    agenda_.in(look_every, [this] { look_around(); });
}

void people::arrive(news_item news)
{
    agenda_.soon([this, item = std::move(news)] {
        attendance_.hear(item);
        for (auto* t : trades_) t->hear(item);
    });
}

void people::call_technician(const machine_id& machine, milliseconds work, const std::string& what)
{
    agenda_.soon([this, machine, work, what] { technicians_.called(machine, work, what); });
}

figures people::counted() const
{
    auto f = world_.so_far();
    f.requests = door_.requests();
    f.requests_refused = door_.refused();
    f.requests_repeated = door_.repeated();
    return f;
}

} // namespace takt::sim
