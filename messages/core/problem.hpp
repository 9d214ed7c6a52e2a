#pragma once

#include <string>
#include <vector>

#include <boost/system/result.hpp>

namespace takt {

/// What is wrong with one place of a document. `pointer` is a JSON pointer in a fragment: "#/lines/0/quantity".
struct field_problem {
    std::string pointer;
    std::string detail;
    friend bool operator==(const field_problem&, const field_problem&) = default;
};

using problems = std::vector<field_problem>;

/// "#/quantity: must be a number; #/due: is missing".
std::string describe(const problems& all);

/// A value, or what was wrong with the input it should have come from.
template <class T> using checked = boost::system::result<T, problems>;

[[noreturn]] void throw_exception_from_error(const problems& all, const boost::source_location& where);

} // namespace takt
