#include <charconv>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include "messages/core/json_read.hpp"

namespace takt {
namespace {

using boost::json::error_code;
using boost::json::string_view;

/// Builds the value as boost::json::parser does, but for numbers with a fraction: that parser (1.81) may miss the
/// nearest double by one bit, and a state read back would not be the state that was written.
struct exact_builder {
    static constexpr std::size_t max_object_size = boost::json::object::max_size();
    static constexpr std::size_t max_array_size = boost::json::array::max_size();
    static constexpr std::size_t max_key_size = boost::json::string::max_size();
    static constexpr std::size_t max_string_size = boost::json::string::max_size();

    boost::json::value_stack built;
    std::string number; ///< the beginning of a number that came in parts

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return true; }
    bool on_object_end(std::size_t n, error_code&) { return built.push_object(n), true; }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t n, error_code&) { return built.push_array(n), true; }
    bool on_key_part(string_view s, std::size_t, error_code&) { return built.push_chars(s), true; }
    bool on_key(string_view s, std::size_t, error_code&) { return built.push_key(s), true; }
    bool on_string_part(string_view s, std::size_t, error_code&) { return built.push_chars(s), true; }
    bool on_string(string_view s, std::size_t, error_code&) { return built.push_string(s), true; }
    bool on_number_part(string_view s, error_code&)
    {
        number.append(s.data(), s.size());
        return true;
    }
    bool on_int64(std::int64_t i, string_view, error_code&)
    {
        number.clear();
        return built.push_int64(i), true;
    }
    bool on_uint64(std::uint64_t u, string_view, error_code&)
    {
        number.clear();
        return built.push_uint64(u), true;
    }
    bool on_double(double d, string_view s, error_code&)
    {
        number.append(s.data(), s.size());
        double exact = d; // stays what it is when it is beyond all doubles
        std::from_chars(number.data(), number.data() + number.size(), exact);
        number.clear();
        return built.push_double(exact), true;
    }
    bool on_bool(bool b, error_code&) { return built.push_bool(b), true; }
    bool on_null(error_code&) { return built.push_null(), true; }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }
};

} // namespace

checked<boost::json::value> parse_json(std::string_view text)
{
    error_code broken;
    boost::json::basic_parser<exact_builder> parser{boost::json::parse_options()};
    parser.handler().built.reset();
    const std::size_t read = parser.write_some(false, text.data(), text.size(), broken);
    if (broken) return problems{{"#", "is not JSON: " + broken.message() + " at byte " + std::to_string(read)}};
    if (text.find_first_not_of(" \t\r\n", read) != std::string_view::npos)
        return problems{{"#", "has more text after the JSON value, at byte " + std::to_string(read)}};
    return parser.handler().built.release();
}

} // namespace takt
