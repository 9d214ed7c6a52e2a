#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "messages/core/problem.hpp"

namespace takt::detect {

/// A small formula over tags: numbers, tags, + - * / < <= > >= == != and or not, parentheses, and the functions
/// abs(x), sqrt(x), min(x, y), max(x, y). Comparisons and logic give 1 or 0; anything but 0 is true.
///
///     "torque_nm * rotational_speed_rpm * 0.104719755"
///     "process_kelvin - air_kelvin < 8.6 and rotational_speed_rpm < 1380"
class expression {
public:
    /// The problem says where it is broken: "character 12: expected a value, found ')'".
    static checked<expression> parse(std::string_view text);

    /// The tags in it, each once, in the order in which they occur.
    const std::vector<std::string>& tags() const { return tags_; }

    /// `values`: of the tags, in their order. What cannot be (a division by nothing) is not a number, or infinite.
    double value(const std::vector<double>& values) const;

private:
    enum class op {
        number,
        tag,
        add,
        subtract,
        multiply,
        divide,
        less,
        less_equal,
        greater,
        greater_equal,
        equal,
        not_equal,
        both,
        either,
        negate,
        invert,
        absolute,
        root,
        least,
        most
    };
    struct step { ///< reverse Polish
        op what;
        double number = 0;
        std::size_t tag = 0;
    };
    friend class expression_parser;
    std::vector<step> steps_;
    std::vector<std::string> tags_;
};

} // namespace takt::detect
