#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

namespace takt {

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;
template <class T> inline constexpr bool is_vector = false;
template <class T> inline constexpr bool is_vector<std::vector<T>> = true;
template <class T> inline constexpr bool is_string_map = false;
template <class K, class T, class C> inline constexpr bool is_string_map<std::map<K, T, C>> = true;

template <class T>
concept described_struct = boost::describe::has_describe_members<T>::value && !std::is_enum_v<T>;
template <class T>
concept described_enum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T> using members_of =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

/// Whether a member may be missing in a document. Optionals and containers may; any other member may only if its
/// struct lists it:  `static constexpr auto defaulted = std::array<std::string_view, 1>{"priority"};`
/// It then keeps the value of its default member initialiser.
template <class Struct, class Member> constexpr bool may_be_missing(std::string_view name)
{
    if constexpr (is_optional<Member> || is_vector<Member> || is_string_map<Member>) return true;
    if constexpr (requires { Struct::defaulted; })
        for (const std::string_view listed : Struct::defaulted)
            if (listed == name) return true;
    return false;
}

template <described_enum E> std::string_view enum_name(E value)
{
    std::string_view name = "?";
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (d.value == value) name = d.name;
    });
    return name;
}

template <described_enum E> std::optional<E> enum_value(std::string_view name)
{
    std::optional<E> value;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (name == d.name) value = d.value;
    });
    return value;
}

template <described_enum E> std::vector<std::string_view> enum_names()
{
    std::vector<std::string_view> names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) { names.push_back(d.name); });
    return names;
}

namespace detail {

template <class T> constexpr std::string_view pretty_type()
{
    constexpr std::string_view whole = __PRETTY_FUNCTION__;
    constexpr std::size_t first = whole.find("T = ") + 4;
    constexpr std::size_t last = whole.find_first_of(";]", first);
    return whole.substr(first, last - first);
}

} // namespace detail

/// "dispatch" for takt::machine::dispatch.
template <class T> constexpr std::string_view type_name()
{
    constexpr std::string_view full = detail::pretty_type<T>();
    return full.substr(full.rfind(':') + 1);
}

/// "machine" for takt::machine::dispatch: a message belongs to the kind of entity whose namespace it stands in. A
/// namespace that would be a C++ keyword ends in an underscore, its kind does not: "operator" for takt::operator_.
template <class T> constexpr std::string_view kind_name()
{
    constexpr std::string_view full = detail::pretty_type<T>();
    constexpr std::string_view scope = full.substr(0, full.rfind("::"));
    constexpr std::string_view last = scope.substr(scope.rfind(':') + 1);
    return last.back() == '_' ? last.substr(0, last.size() - 1) : last;
}

/// The stored version of a type: 1, or its own `static constexpr int version`.
template <class T> constexpr int version_of()
{
    if constexpr (requires { T::version; }) return T::version;
    return 1;
}

/// One sentence for people: `static constexpr std::string_view doc = "…"`.
template <class T> constexpr std::string_view doc_of()
{
    if constexpr (requires { T::doc; }) return T::doc;
    return {};
}

} // namespace takt
