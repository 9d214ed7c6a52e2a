#include "gateways/http/handlers.hpp"
#include "gateways/http/trace_tree.hpp"

namespace takt::http {
namespace {

constexpr std::size_t most_records = 5000;

} // namespace

answering get_trace(door& d, const request& r)
{
    const auto id = runtime::read_trace_id(r.part("id"));
    if (!id) co_return problem(404, "no_such_trace", "A trace goes by 32 lower-case hexadecimal digits, not all 0.");
    const auto format = r.where.parameter("format").value_or("tree");
    if (format != "tree" && format != "otlp") co_return unprocessable({{"?format", "must be tree or otlp"}});
    auto find = [&node = d.node, wanted = *id] { return node.trace(wanted, most_records); };
    const auto found = co_await in_background(d, std::move(find));
    if (found.records.empty())
        co_return problem(404, "no_such_trace",
                          "Nothing in the journal belongs to this trace, or it is too old to be looked up.");
    const auto tree = tree_of(*id, found);
    co_return json(200, format == "otlp" ? to_otlp(tree) : to_json_tree(tree)).with("Cache-Control", "no-cache");
}

} // namespace takt::http
