#pragma once
// What tests of every folder need: where the source tree is, and a folder that disappears with the test.

#include <filesystem>
#include <string_view>

namespace takt::test {

/// The absolute path of a file of the source tree, such as "plants/gearworks.json". (Not __FILE__: a compiler cache
/// shared between clones makes that the path of another clone.)
std::filesystem::path source_path(std::string_view relative);

/// A new empty folder below the system's folder for temporary files, removed with all it holds by the destructor.
class temporary_folder {
public:
    temporary_folder(); // throws std::system_error
    ~temporary_folder();
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace takt::test
