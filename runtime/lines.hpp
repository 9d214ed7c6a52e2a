#pragma once

#include <string>
#include <string_view>

#include "messages/core/json_read.hpp"
#include "runtime/record.hpp"

/// Blocks are lines; lines are records.
namespace takt::runtime {

/// Calls `each` with the lines of a block until it returns false.
template <class Each> void for_each_line(std::string_view block, Each each)
{
    while (!block.empty()) {
        const auto end = block.find('\n');
        if (!each(block.substr(0, end))) return;
        if (end == std::string_view::npos) return;
        block.remove_prefix(end + 1);
    }
}

/// Throws std::runtime_error that says what is broken.
inline record read_record(std::string_view line)
{
    auto read = read_json_text<record>(line, strictness::from_storage);
    if (!read) throw std::runtime_error("the journal has a broken record: " + describe(read.error()));
    return std::move(*read);
}

/// Lines begin with their entity, so that looking for one entity's records needs no parsing.
inline std::string line_start(const std::string& path) { return "{\"entity\":\"" + path + "\","; }

} // namespace takt::runtime
