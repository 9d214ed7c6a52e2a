#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace takt {

/// A key of one kind of thing. Built from any text, but a machine's key does not pass for an operator's.
template <class Tag> struct id {
    std::string text;

    id() = default;
    id(std::string t) : text(std::move(t)) {} // NOLINT(google-explicit-constructor): ids are written as text
    id(const char* t) : text(t) {}            // NOLINT(google-explicit-constructor)
    explicit id(std::string_view t) : text(t) {}
    operator const std::string&() const { return text; } // NOLINT(google-explicit-constructor)

    bool empty() const { return text.empty(); }
    friend auto operator<=>(const id&, const id&) = default;
    friend bool operator==(const id&, const id&) = default;
};

using machine_id = id<struct machine_tag>;
using work_center_id = id<struct work_center_tag>;
using operator_id = id<struct operator_tag>;
using order_id = id<struct order_tag>;
using work_order_id = id<struct work_order_tag>;
using item_id = id<struct item_tag>; ///< a material definition: bought, made or finished
using lot_id = id<struct lot_tag>;
using bin_id = id<struct bin_tag>;
using supplier_id = id<struct supplier_tag>;
using purchase_order_id = id<struct purchase_order_tag>;
using customer_id = id<struct customer_tag>;
using inspection_id = id<struct inspection_tag>;
using asset_id = id<struct asset_tag>;
using meter_id = id<struct meter_tag>;
using anomaly_id = id<struct anomaly_tag>;

/// The address of an entity, "kind/key": machine/M-104. Kinds are snake_case; keys are 1 to 80 of A-Z a-z 0-9 . _ : -
class entity_ref {
public:
    entity_ref() = default;
    explicit entity_ref(std::string path) : path_(std::move(path)) {}
    entity_ref(std::string_view kind, std::string_view key)
    {
        path_.reserve(kind.size() + 1 + key.size());
        path_.append(kind).append(1, '/').append(key);
    }

    const std::string& path() const { return path_; }
    std::string_view kind() const { return std::string_view(path_).substr(0, path_.find('/')); }
    std::string_view key() const
    {
        const auto slash = path_.find('/');
        return slash == std::string::npos ? std::string_view{} : std::string_view(path_).substr(slash + 1);
    }
    bool empty() const { return path_.empty(); }

    friend auto operator<=>(const entity_ref&, const entity_ref&) = default;
    friend bool operator==(const entity_ref&, const entity_ref&) = default;

private:
    std::string path_;
};

inline constexpr std::size_t longest_key = 80;

/// Whether a text may stand as a key; doors ask this before they address an entity.
bool valid_key(std::string_view key);

} // namespace takt

template <class Tag> struct std::hash<takt::id<Tag>> {
    std::size_t operator()(const takt::id<Tag>& k) const noexcept { return std::hash<std::string>{}(k.text); }
};
template <> struct std::hash<takt::entity_ref> {
    std::size_t operator()(const takt::entity_ref& r) const noexcept { return std::hash<std::string>{}(r.path()); }
};
