#include "runtime/past.hpp"

#include <filesystem>

namespace takt::runtime {

past::past(std::string directory, const kind_registry& kinds, instant at)
    : directory_(std::move(directory)),
      at_(at),
      clock_(at),
      disk_(std::make_unique<persistence::store>(directory_, persistence::store::access::read_only)),
      known_(std::make_unique<derived>(*disk_, kinds, bounds_, clock_, derived::calls{}))
{
    known_->recover([this](envelope e) { under_way_.push_back(std::move(e)); });
    entities_ = known_->entities();
    owed_ = known_->owed();
}

past::~past()
{
    known_.reset();
    disk_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

} // namespace takt::runtime
