#pragma once

#include "actors/core/dead_letter.hpp"
#include "actors/make_kind.hpp"

/// A small kind of entity for tests of the runtime: a store that passes parts on to other stores, at once or later.
namespace takt::store {

struct receive {
    quantity amount;
};
BOOST_DESCRIBE_STRUCT(receive, (), (amount))

struct pass_on {
    std::string to;
    quantity amount;
};
BOOST_DESCRIBE_STRUCT(pass_on, (), (to, amount))

struct pass_on_later {
    std::string to;
    quantity amount;
    instant at;
};
BOOST_DESCRIBE_STRUCT(pass_on_later, (), (to, amount, at))

struct explode {
    std::string how; ///< "throw" or "refuse"
};
BOOST_DESCRIBE_STRUCT(explode, (), (how))

struct light_fuse {
    std::string at;
    std::string how;
};
BOOST_DESCRIBE_STRUCT(light_fuse, (), (at, how))

/// Has the sum of 1 to `upto` calculated beside it, which then arrives as parts.
struct order_sum {
    std::int64_t upto = 0; ///< less than 0: the calculation throws
};
BOOST_DESCRIBE_STRUCT(order_sum, (), (upto))

struct received {
    quantity amount;
};
BOOST_DESCRIBE_STRUCT(received, (), (amount))

struct passed_on {
    std::string to;
    quantity amount;
};
BOOST_DESCRIBE_STRUCT(passed_on, (), (to, amount))

struct put_off {
    std::string to;
};
BOOST_DESCRIBE_STRUCT(put_off, (), (to))

struct fuse_lit {};
BOOST_DESCRIBE_STRUCT(fuse_lit, (), ())

struct left {
    quantity amount;
};
BOOST_DESCRIBE_STRUCT(left, (), (amount))

struct state {
    quantity amount;
    int arrivals = 0;
};
BOOST_DESCRIBE_STRUCT(state, (), (amount, arrivals))

inline decision decide(const state& s, const receive& c, const context&)
{
    return std::move(decision().emit(received{c.amount}).reply(left{s.amount + c.amount}));
}

inline decision decide(const state& s, const pass_on& c, const context&)
{
    if (s.amount < c.amount) return decision::refuse("too_little", "has " + to_string(s.amount), "amount");
    return std::move(
        decision().emit(passed_on{c.to, c.amount}).send(c.to, receive{c.amount}).reply(left{s.amount - c.amount}));
}

inline decision decide(const state&, const order_sum& c, const context&)
{
    return std::move(decision().calculate([upto = c.upto](const std::stop_token& stopping) -> message {
        if (upto < 0) throw std::runtime_error("cannot count down");
        std::int64_t sum = 0;
        for (std::int64_t i = 1; i <= upto && !stopping.stop_requested(); ++i) sum += i;
        return sum == 0 ? message() : make_message(receive{quantity::of(sum)});
    }));
}

inline decision decide(const state&, const pass_on_later& c, const context&)
{
    return std::move(decision().emit(put_off{c.to}).set_timer("to." + c.to, c.at, pass_on{c.to, c.amount}));
}

inline decision decide(const state&, const explode& c, const context&)
{
    if (c.how == "throw") throw std::runtime_error("boom");
    return decision::refuse("unwilling", "does not explode");
}

inline decision decide(const state&, const light_fuse& c, const context&)
{
    return std::move(decision().emit(fuse_lit{}).send(c.at, explode{c.how}));
}

inline void apply(state& s, const received& e)
{
    s.amount += e.amount;
    ++s.arrivals;
}
inline void apply(state& s, const passed_on& e) { s.amount -= e.amount; }
inline void apply(state&, const put_off&) {}
inline void apply(state&, const fuse_lit&) {}

struct kind {
    static constexpr std::string_view name = "store";
    static constexpr std::string_view doc = "A store, for tests.";
    using state = store::state;
    using commands = types<receive, pass_on, pass_on_later, explode, light_fuse, order_sum>;
    using events = types<received, passed_on, put_off, fuse_lit>;
};

inline const kind_registry& kinds()
{
    static const kind_registry all = [] {
        kind_registry r;
        r.add(make_kind<store::kind>());
        r.add(make_kind<dead_letter::kind>());
        return r;
    }();
    return all;
}

} // namespace takt::store
