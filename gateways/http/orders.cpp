#include "actors/erp/order.hpp"
#include "gateways/http/answers.hpp"
#include "gateways/http/entity_json.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/idempotency.hpp"
#include "gateways/http/promise.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

/// /api/v1/orders: what customers order.
namespace takt::http {
namespace {

/// The text member of a JSON object, or empty.
std::string text_of(const boost::json::value& document, std::string_view member)
{
    const auto* object = document.if_object();
    const auto* value = object == nullptr ? nullptr : object->if_contains(member);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

bool finished_product(const runtime::entity_view& product)
{
    const auto state = parse_json(product.state);
    if (!state || !state->is_object()) return false;
    const auto* finished = state->as_object().if_contains("finished");
    return finished != nullptr && finished->is_bool() && finished->as_bool();
}

/// An entity answers only what it knows itself, so whether customer and product exist is asked here.
boost::asio::awaitable<problems> check_references(door& d, const boost::json::value& order)
{
    problems wrong;
    const entity_ref customer("customer", text_of(order, "customer"));
    const entity_ref product("product", text_of(order, "product"));
    runtime::entity_view c, p;
    if (valid_key(customer.key())) c = co_await read(d, customer);
    if (valid_key(product.key())) p = co_await read(d, product);
    if (c.revision == 0) wrong.push_back({"#/customer", "there is no " + customer.path()});
    if (p.revision == 0)
        wrong.push_back({"#/product", "there is no " + product.path()});
    else if (!finished_product(p))
        wrong.push_back({"#/product", product.path() + " is not a finished product that can be ordered"});
    co_return wrong;
}

} // namespace

answering list_orders(door& d, const request& r)
{
    request list = r;
    list.path["kind"] = "order";
    co_return co_await list_entities(d, list);
}

answering place_order(door& d, const request& r)
{
    const auto key = idempotency_key(r);
    if (!key) co_return unprocessable(key.error());
    const auto document = parse_json(r.body);
    if (!document) co_return unprocessable(document.error());
    const auto* place = d.kinds.find("order") == nullptr ? nullptr : d.kinds.find("order")->find_command("place");
    if (place == nullptr) co_return problem(501, "no_orders", "This node knows no orders.");
    auto command = place->type->read(*document, place->type->version, strictness::at_the_door);
    if (!command) co_return unprocessable(command.error());

    runtime::envelope envelope;
    envelope.target = entity_ref("order", order_key(*key));
    envelope.command = std::move(*command);
    identify(envelope, r, *key);
    const auto order = envelope.target;
    // A repeated order gets its first answer, whatever has become of its product since.
    const auto before = co_await read(d, order);
    if (before.revision == 0) {
        const auto wrong = co_await check_references(d, *document);
        if (!wrong.empty()) co_return unprocessable(wrong);
    }
    const auto answer = co_await send(d, std::move(envelope));
    auto placed = to_response(d, order, answer, 201);
    if (placed.status == 201) placed.with("Location", location(order));
    co_return placed;
}

namespace {

/// Keeps what was promised, as an order in the state `reserved`. The answer, or what went wrong.
answering reserve(door& d, const request& r, const promise_question& what, promise_answer promised)
{
    const auto key = idempotency_key(r);
    if (!key) co_return unprocessable(key.error());
    runtime::envelope envelope;
    envelope.target = entity_ref("order", order_key(*key));
    const auto due = std::max(what.due.value_or(*promised.date), *promised.date);
    envelope.command =
        make_message(order::reserve{*what.customer, what.product, what.quantity, due, what.priority, what.keep_ms});
    identify(envelope, r, *key);
    const auto order = envelope.target;
    const auto answer = co_await send(d, std::move(envelope));
    auto reserved = to_response(d, order, answer, 201);
    if (reserved.status != 201) co_return reserved;
    const auto view = co_await read(d, order); // a repeated question gets what was reserved at first
    const auto state = read_json_text<order::state>(view.state, strictness::from_storage);
    if (state)
        promised.reservation = promise_reservation{order_id(order.key()), std::string(enum_name(state->status)),
                                                   state->due, state->expires};
    co_return json(201, to_json(promised)).with("Location", location(order));
}

} // namespace

answering ask_promise(door& d, const request& r)
{
    const auto asked = read_json_text<promise_question>(r.body, strictness::at_the_door);
    if (!asked) co_return unprocessable(asked.error());
    if (asked->quantity <= quantity{}) co_return unprocessable({{"#/quantity", "must be more than 0"}});
    if (asked->quantity > order::largest_order)
        co_return unprocessable({{"#/quantity", "must be at most " + to_string(order::largest_order)}});
    const entity_ref product("product", asked->product.text);
    runtime::entity_view known;
    if (valid_key(product.key())) known = co_await read(d, product);
    if (known.revision == 0) co_return unprocessable({{"#/product", "there is no " + product.path()}});
    if (asked->reserve) {
        runtime::entity_view customer;
        const entity_ref who("customer", asked->customer ? asked->customer->text : "");
        if (valid_key(who.key())) customer = co_await read(d, who);
        if (customer.revision == 0) co_return unprocessable({{"#/customer", "names no customer to reserve for"}});
    }
    auto work = [&node = d.node, what = *asked] { return promise(what, node.now(), states_of(node)); };
    auto promised = co_await in_background(d, std::move(work));
    if (asked->reserve && promised.possible) co_return co_await reserve(d, r, *asked, std::move(promised));
    co_return json(200, to_json(promised));
}

} // namespace takt::http
