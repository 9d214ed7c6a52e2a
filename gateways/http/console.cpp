#include "gateways/http/console.hpp"

#include <array>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>

namespace fs = std::filesystem;

namespace takt::http {
namespace {

constexpr std::string_view page = "index.html";
/// Files in it have a hash of their content in their names, so they never change.
constexpr std::string_view assets = "assets";

/// Everything comes from this node, and no text becomes code.
constexpr std::string_view policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                                    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
                                    "form-action 'none'; frame-ancestors 'none'";

std::string read_file(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw std::runtime_error("cannot read " + path.string());
    return text.str();
}

std::string read_if_there(const fs::path& path) { return fs::exists(path) ? read_file(path) : std::string(); }

std::string_view type_of(const fs::path& path)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> types{
        {{".html", "text/html; charset=utf-8"},
         {".js", "text/javascript; charset=utf-8"},
         {".css", "text/css; charset=utf-8"},
         {".svg", "image/svg+xml"},
         {".png", "image/png"},
         {".json", "application/json"},
         {".webmanifest", "application/manifest+json"}}};
    for (const auto& [extension, type] : types)
        if (path.extension() == extension) return type;
    return "application/octet-stream";
}

bool is_compressed(const fs::path& path) { return path.extension() == ".br" || path.extension() == ".gz"; }

std::string joined(const std::vector<std::string>& parts)
{
    std::string path;
    for (const auto& part : parts) path.append(path.empty() ? "" : "/").append(part);
    return path;
}

/// A name such as favicon.ico or assets/index-1f.js is of a file; keys of entities stand deeper and may have dots too.
bool names_a_file(const std::vector<std::string>& path)
{
    if (path.empty()) return false;
    return path.front() == assets || (path.size() == 1 && path.front().find('.') != std::string::npos);
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

} // namespace

bool takes_coding(std::string_view accepted, std::string_view coding)
{
    while (!accepted.empty()) {
        const auto comma = accepted.find(',');
        const auto one = accepted.substr(0, comma);
        const auto name = trimmed(one.substr(0, one.find(';')));
        if (lower_case(name) == coding)
            return one.find("q=0") == std::string_view::npos || one.find("q=0.") < one.size();
        if (comma == std::string_view::npos) break;
        accepted.remove_prefix(comma + 1);
    }
    return false;
}

console::console(const fs::path& folder)
{
    if (!fs::is_regular_file(folder / page))
        throw std::runtime_error("there is no console in " + folder.string() + ": it has no index.html");
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || is_compressed(entry.path())) continue;
        file f;
        f.type = type_of(entry.path());
        f.plain = read_file(entry.path());
        f.brotli = read_if_there(entry.path().string() + ".br");
        f.gzip = read_if_there(entry.path().string() + ".gz");
        std::ostringstream tag;
        tag << '"' << std::hex << std::hash<std::string>()(f.plain) << '"';
        f.tag = tag.str();
        files_.emplace(fs::relative(entry.path(), folder).generic_string(), std::move(f));
    }
}

response console::answer(const request& r) const
{
    auto found = files_.find(joined(r.where.path));
    if (found == files_.end()) {
        if (names_a_file(r.where.path)) return problem(404, "no_such_file", "The console has no such file.");
        found = files_.find(std::string(page));
    }
    const auto& [path, f] = *found;
    const bool never_changes = path.starts_with(assets);
    response out;
    out.with("Cache-Control", never_changes ? "public, max-age=31536000, immutable" : "no-cache");
    out.with("ETag", f.tag).with("Vary", "Accept-Encoding");
    if (const auto tags = r.header("if-none-match"); tags && tags->find(f.tag) != std::string_view::npos) {
        out.status = 304;
        out.content_type.clear();
        return out;
    }
    out.content_type = f.type;
    out.with("Content-Security-Policy", std::string(policy)).with("Referrer-Policy", "no-referrer");
    const auto accepted = r.header("accept-encoding").value_or("");
    if (!f.brotli.empty() && takes_coding(accepted, "br")) {
        out.with("Content-Encoding", "br").body = f.brotli;
    } else if (!f.gzip.empty() && takes_coding(accepted, "gzip")) {
        out.with("Content-Encoding", "gzip").body = f.gzip;
    } else {
        out.body = f.plain;
    }
    return out;
}

} // namespace takt::http
