#include "actors/scada/detect/expression.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace takt::detect {
namespace {

constexpr std::size_t steps_most = 200, depth_most = 50;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

/// Recursive descent, one function a level of binding.
class expression_parser {
public:
    explicit expression_parser(std::string_view text) : text_(text) {}

    expression parse()
    {
        either();
        skip_space();
        if (at_ != text_.size()) fail("expected an operator");
        return std::move(made_);
    }

private:
    using op = expression::op;
    using level = void (expression_parser::*)();
    struct operation {
        std::string_view sign;
        op what;
    };

    [[noreturn]] void fail(const std::string& expected) const
    {
        const auto found = at_ < text_.size() ? "'" + std::string(1, text_[at_]) + "'" : std::string("the end");
        throw std::invalid_argument("character " + std::to_string(at_ + 1) + ": " + expected + ", found " + found);
    }

    void skip_space()
    {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }

    /// The sign, if it comes next; a word only as a whole.
    bool take(std::string_view sign)
    {
        skip_space();
        if (!text_.substr(at_).starts_with(sign)) return false;
        const auto after = at_ + sign.size();
        if (is_letter(sign.back()) && after < text_.size() && (is_letter(text_[after]) || is_digit(text_[after])))
            return false;
        at_ = after;
        return true;
    }

    void put(op what, double number = 0, std::size_t tag = 0)
    {
        if (made_.steps_.size() == steps_most) fail("expected less: a formula has at most 200 steps");
        made_.steps_.push_back({what, number, tag});
    }

    /// operand (sign operand)*
    template <std::size_t N> void chain(const std::array<operation, N>& signs, level operand)
    {
        (this->*operand)();
        while (true) {
            const auto found = std::find_if(signs.begin(), signs.end(), [&](const auto& s) { return take(s.sign); });
            if (found == signs.end()) return;
            (this->*operand)();
            put(found->what);
        }
    }

    void either() { chain(std::array<operation, 1>{{{"or", op::either}}}, &expression_parser::both); }
    void both() { chain(std::array<operation, 1>{{{"and", op::both}}}, &expression_parser::inverted); }

    void inverted()
    {
        if (!take("not")) return comparison();
        deeper();
        inverted();
        --depth_;
        put(op::invert);
    }

    void comparison()
    {
        chain(std::array<operation, 6>{{{"<=", op::less_equal},
                                        {">=", op::greater_equal},
                                        {"==", op::equal},
                                        {"!=", op::not_equal},
                                        {"<", op::less},
                                        {">", op::greater}}},
              &expression_parser::sum);
    }

    void sum() { chain(std::array<operation, 2>{{{"+", op::add}, {"-", op::subtract}}}, &expression_parser::product); }

    void product()
    {
        chain(std::array<operation, 2>{{{"*", op::multiply}, {"/", op::divide}}}, &expression_parser::factor);
    }

    void factor()
    {
        deeper();
        if (take("-")) {
            factor();
            put(op::negate);
        } else if (take("(")) {
            either();
            if (!take(")")) fail("expected ')'");
        } else if (!number() && !word()) {
            fail("expected a value");
        }
        --depth_;
    }

    void deeper()
    {
        if (++depth_ > depth_most) fail("expected less depth");
    }

    bool number()
    {
        skip_space();
        if (at_ == text_.size() || !(is_digit(text_[at_]) || text_[at_] == '.')) return false;
        double value = 0;
        const auto read = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
        if (read.ec != std::errc()) fail("expected a number");
        at_ = static_cast<std::size_t>(read.ptr - text_.data());
        put(op::number, value);
        return true;
    }

    bool word()
    {
        constexpr std::array<std::string_view, 3> reserved{"and", "or", "not"};
        auto end = at_;
        while (end < text_.size() &&
               (is_letter(text_[end]) || (end > at_ && (is_digit(text_[end]) || text_[end] == '.'))))
            ++end;
        const std::string name(text_.substr(at_, end - at_));
        if (name.empty() || std::find(reserved.begin(), reserved.end(), name) != reserved.end()) return false;
        at_ = end;
        if (take("("))
            call(name);
        else
            tag(name);
        return true;
    }

    void call(const std::string& name)
    {
        struct function {
            std::string_view name;
            op what;
            int arguments;
        };
        constexpr std::array<function, 4> known{
            {{"abs", op::absolute, 1}, {"sqrt", op::root, 1}, {"min", op::least, 2}, {"max", op::most, 2}}};
        const auto found = std::find_if(known.begin(), known.end(), [&](const auto& f) { return f.name == name; });
        if (found == known.end()) throw std::invalid_argument("there is no function '" + name + "'");
        either();
        if (found->arguments == 2) {
            if (!take(",")) fail("expected ','");
            either();
        }
        if (!take(")")) fail("expected ')'");
        put(found->what);
    }

    void tag(const std::string& name)
    {
        auto& tags = made_.tags_;
        const auto found = std::find(tags.begin(), tags.end(), name);
        put(op::tag, 0, static_cast<std::size_t>(found - tags.begin()));
        if (found == tags.end()) tags.push_back(name);
    }

    std::string_view text_;
    std::size_t at_ = 0, depth_ = 0;
    expression made_;
};

checked<expression> expression::parse(std::string_view text)
{
    try {
        return expression_parser(text).parse();
    } catch (const std::invalid_argument& why) {
        return problems{{"#", why.what()}};
    }
}

double expression::value(const std::vector<double>& values) const
{
    std::array<double, steps_most + 1>
        stack; // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    std::size_t top = 0;
    for (const auto& s : steps_) {
        if (s.what == op::number || s.what == op::tag) {
            stack[top++] = s.what == op::number ? s.number : values[s.tag];
            continue;
        }
        const double b = stack[--top];
        const bool one = s.what == op::negate || s.what == op::invert || s.what == op::absolute || s.what == op::root;
        const double a = one ? 0 : stack[--top];
        double r = 0;
        switch (s.what) {
        case op::number:
        case op::tag: break;
        case op::add: r = a + b; break;
        case op::subtract: r = a - b; break;
        case op::multiply: r = a * b; break;
        case op::divide: r = a / b; break;
        case op::less: r = a < b ? 1 : 0; break;
        case op::less_equal: r = a <= b ? 1 : 0; break;
        case op::greater: r = a > b ? 1 : 0; break;
        case op::greater_equal: r = a >= b ? 1 : 0; break;
        case op::equal: r = a == b ? 1 : 0; break;
        case op::not_equal: r = a != b ? 1 : 0; break;
        case op::both: r = a != 0 && b != 0 ? 1 : 0; break;
        case op::either: r = a != 0 || b != 0 ? 1 : 0; break;
        case op::negate: r = -b; break;
        case op::invert: r = b == 0 ? 1 : 0; break;
        case op::absolute: r = std::abs(b); break;
        case op::root: r = std::sqrt(b); break;
        case op::least: r = std::min(a, b); break;
        case op::most: r = std::max(a, b); break;
        }
        stack[top++] = r;
    }
    return stack[0];
}

} // namespace takt::detect
