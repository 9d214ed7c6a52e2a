#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_schema.hpp"

#include <fstream>
#include <sstream>

namespace takt::plant {
namespace {

/// A plant file is read strictly, and its schema says so.
void refuse_other_members(boost::json::value& schema)
{
    if (auto* object = schema.if_object()) {
        for (auto& [name, value] : *object) refuse_other_members(value);
        if (object->contains("properties")) object->emplace("additionalProperties", false);
    }
}

} // namespace

checked<file> load(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    if (in) text << in.rdbuf();
    if (!in || !text) return problems{{"#", "cannot be read from " + path.string()}};
    return read(text.str());
}

checked<file> read(std::string_view text)
{
    auto f = read_json_text<file>(text, strictness::at_the_door);
    if (!f) return f;
    if (auto wrong = check(*f); !wrong.empty()) return wrong;
    return f;
}

boost::json::object schema()
{
    boost::json::object whole{
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"title", "Takt plant file"},
    };
    auto described = json_schema<file>();
    for (auto& [name, value] : described) whole.emplace(name, std::move(value));
    boost::json::value strict(std::move(whole));
    refuse_other_members(strict);
    return std::move(strict.get_object());
}

} // namespace takt::plant
