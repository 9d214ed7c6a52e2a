#include "runtime/rows.hpp"
#include "messages/core/json_read.hpp"

namespace takt::runtime {

void rows::put(const entity_ref& entity, std::uint64_t revision, std::string state)
{
    const std::lock_guard lock(mutex_);
    auto& e = kinds_[std::string(entity.kind())][std::string(entity.key())];
    if (revision < e.revision) return;
    e.revision = revision;
    e.state = std::move(state);
    e.parsed.reset();
}

row rows::read(const std::string& key, const entry& e)
{
    if (!e.parsed) {
        auto json = parse_json(e.state);
        e.parsed = std::make_shared<const boost::json::object>(json && json->is_object() ? json->get_object()
                                                                                         : boost::json::object());
    }
    return {key, e.revision, e.parsed};
}

std::vector<row> rows::list(std::string_view kind, const std::string& after, std::size_t limit,
                            const std::function<bool(const row&)>& wanted) const
{
    std::vector<row> found;
    const std::lock_guard lock(mutex_);
    const auto of_kind = kinds_.find(kind);
    if (of_kind == kinds_.end()) return found;
    for (auto i = of_kind->second.upper_bound(after); i != of_kind->second.end() && found.size() < limit; ++i) {
        row r = read(i->first, i->second);
        if (!wanted || wanted(r)) found.push_back(std::move(r));
    }
    return found;
}

std::optional<row> rows::find(const entity_ref& entity) const
{
    const std::lock_guard lock(mutex_);
    const auto of_kind = kinds_.find(entity.kind());
    if (of_kind == kinds_.end()) return std::nullopt;
    const auto found = of_kind->second.find(std::string(entity.key()));
    if (found == of_kind->second.end()) return std::nullopt;
    return read(found->first, found->second);
}

bool rows::contains(const entity_ref& entity) const
{
    const std::lock_guard lock(mutex_);
    const auto of_kind = kinds_.find(entity.kind());
    return of_kind != kinds_.end() && of_kind->second.contains(std::string(entity.key()));
}

std::size_t rows::size() const
{
    const std::lock_guard lock(mutex_);
    std::size_t n = 0;
    for (const auto& [kind, entries] : kinds_) n += entries.size();
    return n;
}

} // namespace takt::runtime
