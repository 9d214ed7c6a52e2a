#pragma once

#include <mutex>

#include "messages/plant/plant.hpp"
#include "sim/agenda.hpp"
#include "sim/dice.hpp"
#include "sim/figures.hpp"
#include "sim/scenario.hpp"
#include "sim/way_in.hpp"

namespace takt::sim {

class floor;

/// What all people of a simulation share. They act on one thread, that of `time`.
struct world {
    const plant::file& plant;
    const scenario& how;
    agenda& time;
    door& node;
    floor& machines;

    dice chances(std::string_view subject, std::string_view purpose) const { return {how.seed, subject, purpose}; }

    void count(std::uint64_t figures::*what, std::uint64_t n = 1)
    {
        const std::lock_guard lock(mutex);
        counted.*what += n;
    }
    figures so_far() const
    {
        const std::lock_guard lock(mutex);
        return counted;
    }

    mutable std::mutex mutex;
    figures counted;
};

/// One of the trades that people have. They hear the news, and look around at times in case they missed some; what
/// they do is decided on the entity's state as they find it when they come to it, so hearing of it twice is harmless.
class trade {
public:
    virtual ~trade() = default;
    virtual void hear(const news_item& news) = 0;
    virtual void look_around() = 0;
};

inline milliseconds seconds_ms(double seconds) { return milliseconds{static_cast<std::int64_t>(seconds * 1000)}; }

} // namespace takt::sim
