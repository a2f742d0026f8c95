#include "diffusion/pipeline/hash_beside_work.h"

#include <sys/resource.h>

#include <map>

#include "diffusion/checkpoint/model_hash.h"
#include "diffusion/error.h"

namespace diffusion::pipeline {

namespace {

class MemoryOfThisStart : public HashMemory {
public:
    std::string find(const FileStamp& stamp) override {
        const auto found = known_.find(stamp.path);
        return found != known_.end() && found->second.first == stamp ? found->second.second : "";
    }

    void remember(const FileStamp& stamp, const std::string& sha256) override {
        known_[stamp.path] = {stamp, sha256};
    }

private:
    std::map<std::string, std::pair<FileStamp, std::string>> known_;
};

}  // namespace

std::string hash_model(const std::filesystem::path& model, HashMemory& memory,
                       const ByteProgress& on_bytes, const std::stop_token& stop) {
    const auto stamp = checkpoint::stamp_of(model);
    auto sha256 = memory.find(stamp);
    if (!sha256.empty()) return sha256;
    sha256 = checkpoint::hash_of_model(model, [&](std::uint64_t done, std::uint64_t total) {
        if (on_bytes) on_bytes(done, total);
        return !stop.stop_requested();
    });
    if (!sha256.empty()) memory.remember(stamp, sha256);
    return sha256;
}

HashBesideWork::HashBesideWork(std::filesystem::path model, HashMemory& memory, std::stop_token stop)
    : model_(std::move(model)),
      memory_(memory),
      stop_(std::move(stop)),
      stamp_(checkpoint::stamp_of(model_)),
      sha256_(memory_.find(stamp_)) {}

HashBesideWork::~HashBesideWork() = default;

void HashBesideWork::start() {
    if (!sha256_.empty() || was_started_) return;
    was_started_ = true;
    worker_ = std::jthread([this](const std::stop_token& own_stop) {
        // On Linux a priority belongs to the thread; the sampler's threads go first.
        ::setpriority(PRIO_PROCESS, 0, 10);
        try {
            sha256_ = checkpoint::hash_of_model(model_, [&](std::uint64_t, std::uint64_t) {
                return !own_stop.stop_requested() && !stop_.stop_requested();
            });
        } catch (const Error&) {
            sha256_.clear();
        }
    });
}

std::string HashBesideWork::short_hash() {
    start();
    if (worker_.joinable()) {
        worker_.join();
        if (!sha256_.empty()) memory_.remember(stamp_, sha256_);
    }
    return sha256_.substr(0, 10);
}

std::shared_ptr<HashMemory> memory_of_this_start() { return std::make_shared<MemoryOfThisStart>(); }

}  // namespace diffusion::pipeline
