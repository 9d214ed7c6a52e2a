#include "sim/what_if.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "actors/erp/order.hpp"
#include "messages/core/json_write.hpp"
#include "sim/outcome.hpp"

namespace takt::sim {
namespace {

using http::what_if_answer;
using http::what_if_question;

constexpr milliseconds an_hour{3'600'000};

/// What is counted of one order.
struct fate {
    int runs = 0, decided = 0, on_time = 0, shipped = 0;
    double shipped_ms = 0; ///< sum
};

struct order_facts {
    item_id product;
    takt::quantity quantity;
    instant due;
    fate before, after;
};

bool wanted(const order::state& o)
{
    using enum order::order_status;
    return o.status != none && o.status != cancelled && o.status != rejected;
}

plant::outcome mean(const std::vector<plant::outcome>& all)
{
    plant::outcome out;
    boost::mp11::mp_for_each<members_of<plant::outcome>>([&](auto member) {
        double sum = 0;
        for (const auto& one : all) sum += static_cast<double>(one.*member.pointer);
        using type = std::decay_t<decltype(out.*member.pointer)>;
        const double value = sum / static_cast<double>(all.size());
        out.*member.pointer =
            std::is_integral_v<type> ? static_cast<type>(std::llround(value)) : static_cast<type>(value);
    });
    return out;
}

class look_ahead {
public:
    look_ahead(const kind_registry& kinds, const plant::file& plant, const what_if_question& what,
               std::shared_ptr<const runtime::past> before, const std::function<bool(double)>& go_on)
        : kinds_(kinds), plant_(plant), what_(what), before_(std::move(before)), go_on_(go_on)
    {
    }

    what_if_answer run()
    {
        what_if_answer answer;
        answer.from = before_->at();
        answer.to = answer.from + what_.hours * an_hour;
        std::vector<plant::outcome> before, after;
        for (int i = 0; i < what_.runs; ++i) {
            after.push_back(one(i, true));
            before.push_back(one(i, false));
        }
        answer.before = mean(before);
        answer.after = mean(after);
        answer.orders = orders();
        return answer;
    }

private:
    plant::outcome one(int run, bool changed)
    {
        scenario how;
        how.seed = what_.seed + static_cast<std::uint64_t>(run);
        how.opening_orders = 0;
        if (!what_.new_orders) how.orders_per_day = 0;
        virtual_plant plant(kinds_, plant_, how, before_);
        std::set<std::string> watched;
        note_open(plant, watched);
        if (changed) make_changes(plant);
        note_open(plant, watched);
        const observation seen(plant, plant_);
        for (int hour = 0; hour < what_.hours; ++hour) {
            plant.run_for(an_hour);
            const double runs_done = 2.0 * run + (changed ? 0 : 1) + (hour + 1.0) / what_.hours;
            if (!go_on_(runs_done / (2.0 * what_.runs))) throw std::runtime_error("stopped");
        }
        for (const auto& path : watched) note_fate(plant, path, changed);
        return seen.so_far();
    }

    void make_changes(virtual_plant& plant) const
    {
        for (std::size_t i = 0; i < what_.changes.size(); ++i) {
            const auto& c = what_.changes[i];
            const auto a = plant.door().send("POST", c.path, to_json(c.body),
                                             {{"Idempotency-Key", "\"what-if/" + std::to_string(i) + '"'}});
            if (!a.ok()) throw std::runtime_error("#/changes/" + std::to_string(i) + ": " + a.complaint());
        }
    }

    /// Orders that are not shipped yet.
    static void note_open(virtual_plant& plant, std::set<std::string>& into)
    {
        auto& host = plant.node().host();
        for (const auto& e : host.entities()) {
            if (e.kind() != "order") continue;
            const auto& o = host.state<order::state>(e);
            if (wanted(o) && o.status != order::order_status::shipped) into.insert(e.path());
        }
    }

    void note_fate(virtual_plant& plant, const std::string& path, bool changed)
    {
        const auto& o = plant.node().host().state<order::state>(entity_ref(path));
        if (!wanted(o)) return;
        auto& all = orders_[path];
        all.product = o.product;
        all.quantity = o.quantity;
        all.due = o.due;
        auto& f = changed ? all.after : all.before;
        ++f.runs;
        if (o.status == order::order_status::shipped || o.due <= plant.node().now()) ++f.decided;
        if (o.status != order::order_status::shipped || !o.shipped_at) return;
        ++f.shipped;
        f.shipped_ms += static_cast<double>(o.shipped_at->ms);
        f.on_time += *o.shipped_at <= o.due ? 1 : 0;
    }

    static std::optional<http::what_if_case> case_of(const fate& f)
    {
        if (f.runs == 0) return std::nullopt;
        http::what_if_case c;
        if (f.decided > 0) c.on_time_percent = 100.0 * f.on_time / f.decided;
        c.shipped_percent = 100.0 * f.shipped / f.runs;
        if (f.shipped > 0) c.shipped = instant{std::llround(f.shipped_ms / f.shipped)};
        return c;
    }

    /// By how differently they fare: what is worth reading first.
    static double difference(const http::what_if_order& o)
    {
        if (!o.before || !o.after) return 1e9;
        double sum = std::abs(o.before->on_time_percent.value_or(100) - o.after->on_time_percent.value_or(100)) * 1000 +
                     std::abs(o.before->shipped_percent - o.after->shipped_percent) * 100;
        if (o.before->shipped && o.after->shipped)
            sum += std::abs(static_cast<double>((*o.before->shipped - *o.after->shipped) / an_hour));
        return sum;
    }

    std::vector<http::what_if_order> orders() const
    {
        std::vector<http::what_if_order> all;
        for (const auto& [path, o] : orders_)
            all.push_back(
                {order_id(entity_ref(path).key()), o.product, o.quantity, o.due, case_of(o.before), case_of(o.after)});
        std::stable_sort(all.begin(), all.end(),
                         [](const auto& a, const auto& b) { return difference(a) > difference(b); });
        return all;
    }

    const kind_registry& kinds_;
    const plant::file& plant_;
    const what_if_question& what_;
    const std::shared_ptr<const runtime::past> before_;
    const std::function<bool(double)>& go_on_;
    std::map<std::string, order_facts> orders_;
};

} // namespace

http::what_if_runner what_if_runner(const kind_registry& kinds, plant::file plant)
{
    return [&kinds, plant = std::move(plant)](const what_if_question& what, std::shared_ptr<const runtime::past> before,
                                              const std::function<bool(double)>& go_on) {
        return look_ahead(kinds, plant, what, std::move(before), go_on).run();
    };
}

} // namespace takt::sim
