#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include <catch2/catch.hpp>

#include "actors/kinds.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"
#include "tests/support.hpp"

/// Every command and event of every kind, by the schema that the codec itself gives: whoever adds a type has it tested
/// here. The golden files keep one document of each stored version of each event for ever.
using namespace takt;

namespace {

class document_maker {
public:
    explicit document_maker(std::uint64_t seed) : random_(seed) {}

    boost::json::value make(const boost::json::object& schema) // NOLINT(misc-no-recursion): as deep as the type
    {
        if (const auto* values = schema.if_contains("enum")) return one_of(values->as_array());
        const auto* type = schema.if_contains("type");
        if (type == nullptr) return boost::json::object{{"anything", draw(0, 9)}};
        const auto& name = type->is_array() ? type->as_array()[0].as_string() : type->as_string();
        if (name == "object") return make_object(schema);
        if (name == "array") {
            boost::json::array all;
            for (auto n = draw(0, 3); n > 0; --n) all.push_back(make(schema.at("items").as_object()));
            return all;
        }
        if (name == "boolean") return draw(0, 1) == 1;
        if (name == "integer") return draw(0, 100'000);
        if (name == "number") return static_cast<double>(draw(-1000, 1'000'000)) / 8;
        return make_text(schema);
    }

private:
    std::int64_t draw(std::int64_t least, std::int64_t most)
    {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }

    boost::json::value one_of(const boost::json::array& values)
    {
        const auto& chosen = values[static_cast<std::size_t>(draw(0, static_cast<std::int64_t>(values.size()) - 1))];
        return chosen.is_null() ? values[0] : chosen;
    }

    boost::json::value make_object(const boost::json::object& schema) // NOLINT(misc-no-recursion)
    {
        boost::json::object all;
        if (const auto* properties = schema.if_contains("properties")) {
            for (const auto& p : properties->as_object()) all.emplace(p.key(), make(p.value().as_object()));
        } else if (const auto* values = schema.if_contains("additionalProperties")) {
            for (auto n = draw(0, 3); n > 0; --n) all.emplace("K-" + std::to_string(n), make(values->as_object()));
        }
        return all;
    }

    boost::json::value make_text(const boost::json::object& schema)
    {
        if (schema.contains("format")) return boost::json::string(to_rfc3339({draw(0, 4'000'000'000'000)}));
        return boost::json::string("kind/text-" + std::to_string(draw(0, 99)) + (draw(0, 3) == 0 ? "" : ".b"));
    }

    std::mt19937_64 random_;
};

std::string written(const message& m)
{
    std::string out;
    m.write(out);
    return out;
}

template <class Each> void for_each_type(const kind_registry& kinds, Each each)
{
    for (const auto& kind : kinds.all()) {
        for (const auto& c : kind->commands) each(*c.type);
        for (const auto& e : kind->events) each(*e.type);
    }
}

std::filesystem::path golden_file(std::string_view kind)
{
    return test::source_path("tests/actors/golden/" + std::string(kind) + ".json");
}

boost::json::object read_golden(std::string_view kind)
{
    std::ifstream in(golden_file(kind));
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    return text.empty() ? boost::json::object() : parse_json(text).value().as_object();
}

void write_golden(std::string_view kind, const boost::json::object& all)
{
    std::ofstream out(golden_file(kind));
    out << "{";
    const char* before = "\n";
    for (const auto& entry : all) {
        out << before << "  " << to_json(std::string(entry.key())) << ": " << to_json(entry.value());
        before = ",\n";
    }
    out << "\n}\n";
}

} // namespace

TEST_CASE("every type reads what it writes, and writes what it reads")
{
    const auto kinds = all_kinds();
    std::size_t types = 0;
    for_each_type(kinds, [&](const message_type& type) {
        ++types;
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            INFO(type.kind << '.' << type.name << " seed " << seed);
            const auto document = document_maker(seed).make(type.schema());
            const auto once = type.read(document, type.version, strictness::at_the_door);
            if (!once) FAIL(describe(once.error()) << " in " << to_json(document));
            const auto again = type.read(*parse_json(written(*once)), type.version, strictness::at_the_door);
            REQUIRE(again.has_value());
            CHECK(written(*again) == written(*once));
        }
    });
    CHECK(types > 150);
}

TEST_CASE("every stored version of every event is still read as it was written")
{
    const bool update = std::getenv("TAKT_UPDATE_GOLDEN") != nullptr;
    const auto kinds = all_kinds();
    for (const auto& kind : kinds.all()) {
        auto golden = read_golden(kind->name);
        for (const auto& e : kind->events) {
            const auto name = std::string(e.type->name) + ".v" + std::to_string(e.type->version);
            INFO(kind->name << ' ' << name << "; a new event or version is written down by TAKT_UPDATE_GOLDEN=1");
            if (update && !golden.contains(name)) {
                const auto made =
                    e.type->read(document_maker(7).make(e.type->schema()), e.type->version, strictness::at_the_door);
                golden.emplace(name, parse_json(written(made.value())).value());
            }
            REQUIRE(golden.contains(name));
            const auto read = e.type->read(golden.at(name), e.type->version, strictness::from_storage);
            if (!read) FAIL(describe(read.error()));
            CHECK(written(*read) == to_json(golden.at(name)));
        }
        for (const auto& entry : golden) {
            const std::string name(entry.key());
            const auto dot = name.rfind(".v");
            const auto* event = kind->find_event(std::string_view(name).substr(0, dot));
            INFO(kind->name << ' ' << name << " was stored once and must be readable for ever");
            REQUIRE(event != nullptr);
            CHECK(event->type->read(entry.value(), std::stoi(name.substr(dot + 2)), strictness::from_storage)
                      .has_value());
        }
        if (update) write_golden(kind->name, golden);
    }
}

TEST_CASE("every kind is named after its namespace and says what it is")
{
    const auto kinds = all_kinds();
    for (const auto& kind : kinds.all()) {
        INFO(kind->name);
        CHECK_FALSE(kind->doc.empty());
        CHECK_FALSE(kind->commands.empty());
        for (const auto& c : kind->commands) CHECK_FALSE(c.type->doc.empty());
    }
}
