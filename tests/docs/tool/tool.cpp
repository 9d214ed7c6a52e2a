#include "tests/docs/tool/tool.hpp"

#include "actors/refusals.hpp"
#include "messages/anomaly/anomaly.hpp"

namespace takt::tool {

using namespace std::chrono_literals;

decision decide(const state&, const define& c, const context&)
{
    if (c.pieces_per_edge <= 0)
        return decision::refuse("not_positive", "a tool lasts at least one piece", "pieces_per_edge");
    return std::move(decision().emit(defined{c}));
}

/// Never refuses: the pieces are cut, whatever we think of them.
decision decide(const state& s, const use& c, const context& about)
{
    decision d;
    d.emit(used{c.machine, c.pieces});
    const bool wears_out = s.status == status::sharp && s.pieces + c.pieces >= s.definition.pieces_per_edge;
    if (wears_out) d.set_timer("regrind", about.now + 8h, check_regrind{});
    return d;
}

decision decide(const state& s, const regrind&, const context& about)
{
    if (s.status != status::dull) return decision::refuse("not_dull", about.self.path() + " needs no grinding");
    decision d;
    d.cancel_timer("regrind");
    if (s.reground < s.definition.regrinds)
        d.emit(reground{});
    else
        d.emit(scrapped{});
    return d;
}

/// A dull tool that nobody has reground after a shift is a case for a person.
decision decide(const state& s, const check_regrind&, const context& about)
{
    if (s.status != status::dull) return {};
    return std::move(decision().send(anomaly::key_of("tool_dull", about.self),
                                     anomaly::raise{about.self, "tool_dull", anomaly::severity::warning, {}}));
}

void apply(state& s, const defined& e) { s.definition = e.definition; }

void apply(state& s, const used& e)
{
    s.pieces += e.pieces;
    if (s.status == status::sharp && s.pieces >= s.definition.pieces_per_edge) s.status = status::dull;
}

void apply(state& s, const reground&)
{
    s.status = status::sharp;
    s.pieces = 0;
    ++s.reground;
}

void apply(state& s, const scrapped&) { s.status = status::scrapped; }

} // namespace takt::tool
