#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "gateways/http/exchange.hpp"

namespace takt::http {

/// The web console as it was built: every file in memory, each with what stands compressed beside it (FILE.br,
/// FILE.gz). Read once; safe from any thread.
class console {
public:
    /// Reads the folder with its index.html. Throws std::runtime_error that names what cannot be read.
    explicit console(const std::filesystem::path& folder);

    /// The file that the path names. Whatever names none and is no asset is a page of the console: index.html, which
    /// reads the path itself.
    response answer(const request& r) const;

private:
    struct file {
        std::string type, tag; ///< Content-Type; ETag
        std::string plain, brotli, gzip;
    };
    std::map<std::string, file> files_; ///< by path below the folder
};

/// Whether an Accept-Encoding header takes this coding.
bool takes_coding(std::string_view accepted, std::string_view coding);

} // namespace takt::http
