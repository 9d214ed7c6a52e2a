#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "actors/kind.hpp"

namespace takt::http {

/// What a kind is called in paths: "machine" and "machines", "purchase_order" and "purchase_orders", "anomaly" and
/// "anomalies". Answers and links use the plural.
std::string plural(std::string_view kind);

/// Members that every entity's document has besides its state's: "key", "entity_revision", "live". A state's member of
/// such a name gives way.
bool reserved_member(std::string_view name);

class kind_names {
public:
    explicit kind_names(const kind_registry& kinds);

    /// By either name; null if there is none.
    const kind_ops* find(std::string_view name) const;
    /// Whether the kind's state has a member of a reserved name, so that its document has to be rewritten.
    bool has_reserved_member(const kind_ops& kind) const { return rewritten_.contains(&kind); }
    /// "customer, machine, order"
    std::string all() const;

private:
    std::map<std::string, const kind_ops*, std::less<>> by_name_;
    std::set<const kind_ops*> rewritten_;
    std::string all_;
};

} // namespace takt::http
