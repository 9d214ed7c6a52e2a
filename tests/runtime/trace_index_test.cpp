#include "runtime/trace_index.hpp"

#include <catch2/catch.hpp>

#include "tests/support.hpp"

using namespace takt::runtime;
namespace persistence = takt::persistence;

TEST_CASE("the index names every block of a trace, from memory and from disk", "[runtime]")
{
    const takt::test::temporary_folder folder;
    persistence::store disk((folder.path() / "data").string());
    trace_index index;
    for (std::uint64_t position = 1; position <= 1000; ++position)
        for (std::uint64_t i = 0; i < 10; ++i) index.note({7, position % 100 * 10 + i}, position);
    const std::vector<std::uint64_t> wanted{42, 142, 242, 342, 442, 542, 642, 742, 842, 942};
    CHECK(index.positions_of({7, 425}, disk) == wanted);

    std::vector<persistence::change> changes;
    index.add_changes(changes);
    CHECK(changes.size() <= 256);
    REQUIRE_FALSE(disk.write(changes));
    CHECK(index.positions_of({7, 425}, disk) == wanted); // in both, named once
    index.written();
    index.note({7, 425}, 1042);
    auto more = wanted;
    more.push_back(1042);
    CHECK(index.positions_of({7, 425}, disk) == more);

    REQUIRE_FALSE(trace_index::forget(disk, 1001));
    CHECK(index.positions_of({7, 425}, disk) == std::vector<std::uint64_t>{1042});
}
