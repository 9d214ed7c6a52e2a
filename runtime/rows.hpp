#pragma once

#include <map>
#include <mutex>

#include "runtime/node.hpp"

namespace takt::runtime {

/// The lists: for each listed kind the state of every entity, by key. Thread-safe.
class rows {
public:
    void put(const entity_ref& entity, std::uint64_t revision, std::string state);
    std::vector<row> list(std::string_view kind, const std::string& after, std::size_t limit,
                          const std::function<bool(const row&)>& wanted) const;
    std::optional<row> find(const entity_ref& entity) const;
    bool contains(const entity_ref& entity) const;
    std::size_t size() const;

private:
    struct entry {
        std::uint64_t revision = 0;
        std::string state;
        mutable std::shared_ptr<const boost::json::object> parsed; ///< made when somebody first looks
    };
    static row read(const std::string& key, const entry& e);

    mutable std::mutex mutex_;
    std::map<std::string, std::map<std::string, entry>, std::less<>> kinds_;
};

} // namespace takt::runtime
