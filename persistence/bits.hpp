#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace takt::persistence {

/// Numbers of any width behind each other, highest bit first.
class bit_writer {
public:
    void put(std::uint64_t bits, unsigned width)
    {
        while (width > 0) {
            if (free_ == 0) {
                text_.push_back('\0');
                free_ = 8;
            }
            const unsigned some = width < free_ ? width : free_;
            const auto part = (bits >> (width - some)) & ((std::uint64_t{1} << some) - 1);
            text_.back() = static_cast<char>(static_cast<unsigned char>(text_.back()) | part << (free_ - some));
            free_ -= some;
            width -= some;
        }
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
    unsigned free_ = 0; ///< bits in the last byte
};

class bit_reader {
public:
    explicit bit_reader(std::string_view text) : text_(text) {}

    /// Beyond the end it reads zeros, and is spent.
    std::uint64_t get(unsigned width)
    {
        std::uint64_t bits = 0;
        for (; width > 0; --width) {
            const auto byte = at_ / 8;
            if (byte >= text_.size()) {
                spent_ = true;
                bits <<= 1U;
                continue;
            }
            bits = bits << 1U | (static_cast<unsigned char>(text_[byte]) >> (7 - at_ % 8) & 1U);
            ++at_;
        }
        return bits;
    }
    bool spent() const { return spent_; }

private:
    std::string_view text_;
    std::size_t at_ = 0; ///< in bits
    bool spent_ = false;
};

} // namespace takt::persistence
