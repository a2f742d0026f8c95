#include "diffusion/pipeline/step_journal.h"

#include <array>
#include <cstring>
#include <optional>
#include <utility>

namespace diffusion::pipeline {

namespace {

namespace fs = std::filesystem;
using sampling::Predictions;

constexpr std::string_view magic = "ATELSTEP";
constexpr std::uint32_t version = 1;
constexpr std::int32_t undefined_type = -1;
constexpr std::int64_t most_elements = std::int64_t{1} << 32;

/// Fowler, Noll and Vo's FNV-1a, 64 bits.
std::uint64_t check_sum(std::string_view bytes) {
    std::uint64_t sum = 0xcbf29ce484222325ULL;
    for (const char byte : bytes) sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    return sum;
}

template <typename Number>
void put(std::string& bytes, Number number) {
    std::array<char, sizeof(Number)> raw;
    std::memcpy(raw.data(), &number, sizeof(Number));
    bytes.append(raw.data(), raw.size());
}

void put(std::string& bytes, const torch::Tensor& tensor) {
    if (!tensor.defined()) return put(bytes, undefined_type);
    const auto whole = tensor.detach().to(torch::kCPU).contiguous();
    put(bytes, static_cast<std::int32_t>(whole.scalar_type()));
    put(bytes, static_cast<std::uint32_t>(whole.dim()));
    for (const auto extent : whole.sizes()) put(bytes, static_cast<std::int64_t>(extent));
    bytes.append(static_cast<const char*>(whole.const_data_ptr()), whole.nbytes());
}

/// Reads numbers off a text; what is not there makes it fail, once and for all.
class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    bool has_failed() const { return failed_; }
    std::size_t left() const { return bytes_.size(); }

    std::string_view take(std::uint64_t count) {
        if (count > bytes_.size()) failed_ = true;
        if (failed_) return {};
        const auto taken = bytes_.substr(0, count);
        bytes_.remove_prefix(count);
        return taken;
    }

    template <typename Number>
    Number number() {
        Number value{};
        const auto raw = take(sizeof(Number));
        if (!failed_) std::memcpy(&value, raw.data(), sizeof(Number));
        return value;
    }

    torch::Tensor tensor() {
        const auto type = number<std::int32_t>();
        if (failed_ || type == undefined_type) return {};
        const auto dtype = static_cast<torch::Dtype>(type);
        const bool is_float = dtype == torch::kFloat32 || dtype == torch::kFloat64 ||
                              dtype == torch::kFloat16 || dtype == torch::kBFloat16;
        const auto rank = number<std::uint32_t>();
        if (!is_float || rank > 8) failed_ = true;
        std::vector<std::int64_t> extents;
        std::int64_t elements = 1;
        for (std::uint32_t i = 0; i < rank && !failed_; ++i) {
            const auto extent = number<std::int64_t>();
            if (extent < 0 || extent > most_elements || elements * extent > most_elements) failed_ = true;
            extents.push_back(extent);
            elements *= extent;
        }
        if (failed_) return {};
        const auto raw = take(static_cast<std::uint64_t>(elements) * torch::elementSize(dtype));
        if (failed_) return {};
        auto tensor = torch::empty(extents, dtype);
        std::memcpy(tensor.mutable_data_ptr(), raw.data(), raw.size());
        return tensor;
    }

private:
    std::string_view bytes_;
    bool failed_ = false;
};

std::string header_of(const std::string& key) {
    std::string header(magic);
    put(header, version);
    put(header, static_cast<std::uint64_t>(key.size()));
    return header + key;
}

std::string record_of(const Predictions& answer) {
    std::string body;
    put(body, answer.conditional);
    put(body, answer.unconditional);
    std::string record;
    put(record, static_cast<std::uint64_t>(body.size()));
    record += body;
    put(record, check_sum(body));
    return record;
}

std::optional<Predictions> next_record(Reader& reader) {
    const auto body = reader.take(reader.number<std::uint64_t>());
    const auto sum = reader.number<std::uint64_t>();
    if (reader.has_failed() || sum != check_sum(body)) return std::nullopt;
    Reader inside(body);
    Predictions answer;
    answer.conditional = inside.tensor();
    answer.unconditional = inside.tensor();
    if (inside.has_failed() || inside.left() > 0) return std::nullopt;
    return answer;
}

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

StepJournal::StepJournal(fs::path file, const std::string& key) : file_(std::move(file)) {
    if (file_.empty()) return;
    read(key);
    begin(key);
}

void StepJournal::read(const std::string& key) {
    const auto bytes = bytes_of(file_);
    const auto header = header_of(key);
    if (!bytes.starts_with(header)) return;
    Reader reader(std::string_view(bytes).substr(header.size()));
    auto end = header.size();
    while (auto answer = next_record(reader)) {
        known_.push_back(std::move(*answer));
        end = bytes.size() - reader.left();
    }
    std::error_code error;
    if (end < bytes.size()) fs::resize_file(file_, end, error);
    if (error) known_.clear();
}

void StepJournal::begin(const std::string& key) {
    const auto mode = known_.empty() ? std::ios::trunc : std::ios::app;
    stream_.open(file_, std::ios::binary | std::ios::out | mode);
    if (known_.empty()) stream_ << header_of(key) << std::flush;
    failed_ = !stream_;
}

void StepJournal::append(const Predictions& answer) {
    if (file_.empty() || failed_) return;
    const auto record = record_of(answer);
    stream_.write(record.data(), static_cast<std::streamsize>(record.size()));
    stream_.flush();
    failed_ = !stream_;
}

sampling::Predictor StepJournal::recorded(sampling::Predictor predictor) {
    return [this, predictor = std::move(predictor), call = std::size_t{0}](
               const torch::Tensor& x, const torch::Tensor& timestep) mutable {
        if (call < known_.size()) {
            const auto& answer = known_[call++];
            return Predictions{answer.conditional.to(x.device()),
                               answer.unconditional.defined() ? answer.unconditional.to(x.device())
                                                              : torch::Tensor()};
        }
        auto answer = predictor(x, timestep);
        append(answer);
        return answer;
    };
}

}  // namespace diffusion::pipeline
