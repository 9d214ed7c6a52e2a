// The one translation unit with Catch2's implementation (the slow part), shared by all test programs.
#define CATCH_CONFIG_RUNNER
#include "tests/support.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>
#include <system_error>
#include <unistd.h>

namespace {

/// Prints `N passed, N failed` (test cases) as the last line; `./dev test` adds these lines up.
struct summary : Catch::TestEventListenerBase {
    using TestEventListenerBase::TestEventListenerBase;

    void testRunEnded(const Catch::TestRunStats& run) override
    {
        const auto& cases = run.totals.testCases;
        std::cout.flush();
        line =
            std::to_string(cases.passed + cases.failedButOk) + " passed, " + std::to_string(cases.failed) + " failed";
    }

    static inline std::string line; // printed by main, after Catch2's own summary
};

CATCH_REGISTER_LISTENER(summary)

} // namespace

namespace takt::test {

std::filesystem::path source_path(std::string_view relative)
{
    return std::filesystem::path(TAKT_SOURCE_DIR) / relative;
}

temporary_folder::temporary_folder()
{
    auto pattern = (std::filesystem::temp_directory_path() / "takt-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::system_error(errno, std::generic_category(), "no temporary folder " + pattern);
    path_ = pattern;
}

temporary_folder::~temporary_folder()
{
    std::error_code ignored; // a folder that is left behind in /tmp fails no test
    std::filesystem::remove_all(path_, ignored);
}

} // namespace takt::test

int main(int argc, char** argv)
{
    std::filesystem::current_path(TAKT_SOURCE_DIR); // so that tests/… and plants/… are found from any build folder
    const auto result = Catch::Session().run(argc, argv);
    if (!summary::line.empty()) std::cout << summary::line << std::endl;
    return result;
}
