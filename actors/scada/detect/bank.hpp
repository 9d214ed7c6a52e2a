#pragma once

#include <functional>

#include "actors/scada/detect/expression.hpp"
#include "actors/scada/detect/watcher.hpp"

namespace takt::detect {

/// All watchers of one machine, and the tags that are computed for them. Tags are told by their place, which is looked
/// up once, because hundreds of thousands of samples a second come by here.
class bank {
public:
    static constexpr std::size_t nowhere = ~std::size_t{0};

    /// Begins anew with these; a detector that is as it was goes on with what it has learned. `stands` says whether
    /// the detection of a detector's key is known from before. Expressions that cannot be read are left out:
    /// detect::check has refused them at the door.
    void configure(const std::vector<scada::detector>& detectors, const std::vector<scada::computed_tag>& computed,
                   const std::function<bool(const std::string& key)>& stands);

    /// Where a tag is, or `nowhere` if nothing here looks at it.
    std::size_t place_of(std::string_view name) const;

    /// A good value. Times of one tag rise.
    void take(std::size_t place, instant at, double value, findings& out);
    /// Time has gone by: looks for silence, and computes what still waits for a value of the same time.
    void look(instant now, findings& out);

    const std::vector<watcher>& watchers() const { return watchers_; }

private:
    struct tag {
        std::string name;
        double value = 0;
        std::optional<instant> at;
        std::vector<std::size_t> watched_by, counted_by, computes;
    };
    /// A computed tag takes the values of one moment together: at once when all of its tags have been told for that
    /// moment; else when time goes on, with the latest of those that have not.
    struct computation {
        expression how;
        std::size_t into = 0;
        std::vector<std::size_t> from;
        std::vector<double> values; ///< of `from`, while it computes
        std::optional<instant> pending;
    };
    std::size_t place(const std::string& name);
    void feed(std::size_t place, instant at, double value, findings& out);
    void arrive(computation& c, instant at, findings& out);
    void compute(computation& c, instant at, findings& out);

    std::vector<tag> tags_;
    std::vector<watcher> watchers_;
    std::vector<computation> computed_;
};

} // namespace takt::detect
