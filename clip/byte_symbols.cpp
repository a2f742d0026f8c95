#include "clip/byte_symbols.h"

#include "clip/unicode.h"

#include <unordered_map>

namespace clip {

namespace {

bool stands_for_itself(int byte) {
    return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
}

}  // namespace

const std::array<unsigned char, 256>& byte_order() {
    static const auto order = [] {
        std::array<unsigned char, 256> bytes{};
        size_t next = 0;
        for (const bool wanted : {true, false})
            for (int byte = 0; byte < 256; ++byte)
                if (stands_for_itself(byte) == wanted)
                    bytes[next++] = static_cast<unsigned char>(byte);
        return bytes;
    }();
    return order;
}

const std::array<std::string, 256>& byte_symbols() {
    static const auto symbols = [] {
        std::array<std::string, 256> table;
        char32_t next = 256;
        for (int byte = 0; byte < 256; ++byte)
            unicode::append(table[static_cast<size_t>(byte)],
                            stands_for_itself(byte) ? static_cast<char32_t>(byte) : next++);
        return table;
    }();
    return symbols;
}

std::string bytes_of_symbol(std::string_view symbol) {
    static const auto bytes = [] {
        std::unordered_map<std::string, char> table;
        for (size_t byte = 0; byte < 256; ++byte)
            table[byte_symbols()[byte]] = static_cast<char>(byte);
        return table;
    }();
    std::string out;
    for (const auto c : unicode::decode(symbol)) {
        const auto spelled = unicode::encode({&c, 1});
        const auto it = bytes.find(spelled);
        if (it == bytes.end()) {
            out += spelled;
        } else {
            out += it->second;
        }
    }
    return out;
}

}  // namespace clip
