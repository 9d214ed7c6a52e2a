#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "messages/scada/detection.hpp"

namespace takt::detect {

/// What a rule thinks after one value.
struct judgement {
    enum class verdict { none, well, deviant }; ///< none: it still learns, or its group of samples is not complete
    verdict says = verdict::none;
    std::optional<double> statistic; ///< that was compared, if it is not the value
    std::optional<double> low, high; ///< with what
    std::optional<double> point;     ///< to be kept in the window instead of the value
    std::optional<instant> forecast;
    int test = 0; ///< nelson: the number of the first test that failed

    static judgement of(bool deviant)
    {
        judgement j;
        j.says = deviant ? verdict::deviant : verdict::well;
        return j;
    }
    bool deviant() const { return says == verdict::deviant; }
};

/// The latest points, oldest first; the oldest gives way.
template <class T, std::size_t Most> class ring {
public:
    void push(const T& one)
    {
        all_[(first_ + count_) % Most] = one;
        if (count_ < Most)
            ++count_;
        else
            first_ = (first_ + 1) % Most;
    }
    void clear() { first_ = count_ = 0; }
    std::size_t size() const { return count_; }
    bool empty() const { return count_ == 0; }
    const T& operator[](std::size_t i) const { return all_[(first_ + i) % Most]; }
    const T& back() const { return (*this)[count_ - 1]; }
    const T& front() const { return (*this)[0]; }
    void pop_front()
    {
        first_ = (first_ + 1) % Most;
        --count_;
    }

private:
    std::array<T, Most> all_{};
    std::size_t first_ = 0, count_ = 0;
};

using evidence_ring = ring<scada::evidence, scada::evidence_most>;

} // namespace takt::detect
