#include "tests/support/clip_tokenizer.h"

#include <fstream>
#include <stdexcept>
#include <string>

namespace support {

const clip::Tokenizer& clip_tokenizer() {
    static const auto tokenizer = [] {
        const std::string path = ATELIER_BINARY_DIR "/share/atelier/clip/bpe_simple_vocab_16e6.txt";
        std::ifstream merges(path);
        if (!merges) throw std::runtime_error(path + " is not there: run packaging/deps.");
        return clip::Tokenizer::from_clip_merges(merges);
    }();
    return tokenizer;
}

}  // namespace support
