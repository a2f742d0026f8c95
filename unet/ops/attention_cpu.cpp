#include "unet/ops/attention_cpu.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "unet/ops/attention_kernel_impl.h"
#include "unet/ops/onednn_impl.h"

namespace unet::ops {

namespace {

using Run = void (*)(const AttentionProblem&, const AttentionTask&, const AttentionScratch&);

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)

__attribute__((target("arch=x86-64-v4"))) void run_avx512(const AttentionProblem& problem, const AttentionTask& task,
                                                          const AttentionScratch& own) {
    AttentionKernel<16, 4>::run(problem, task, own);
}

__attribute__((target("arch=x86-64-v3"))) void run_avx2(const AttentionProblem& problem, const AttentionTask& task,
                                                        const AttentionScratch& own) {
    AttentionKernel<8, 2>::run(problem, task, own);
}

Run find_run() {
    if (__builtin_cpu_supports("x86-64-v4")) return run_avx512;
    return __builtin_cpu_supports("x86-64-v3") ? run_avx2 : nullptr;
}

#else

Run find_run() { return nullptr; }

#endif

Run fastest_run() {
    static const Run run = find_run();
    return run;
}

struct alignas(64) CacheLine {
    float numbers[16];
};

AttentionRows rows_of(const torch::Tensor& x) { return {x.const_data_ptr<float>(), x.stride(0), x.stride(1)}; }

/// Many queries to a task read keys and values less often; few leave work for every thread.
int64_t queries_per_task(int64_t batch_heads, int64_t queries) {
    auto count = 4 * query_block;
    while (count > query_block && batch_heads * ((queries + count - 1) / count) < 4 * at::get_num_threads()) {
        count /= 2;
    }
    return std::min(count, round_up(queries, query_block));
}

}  // namespace

bool has_cpu_attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v) {
    const auto fits = [](const torch::Tensor& x) { return is_plain_float(x) && x.dim() == 3 && x.stride(2) == 1; };
    return fastest_run() && fits(q) && fits(k) && fits(v) && q.size(0) == k.size(0) && !needs_gradient(q, k, v);
}

bool is_faster_on_cpu(const torch::Tensor& q, const torch::Tensor& k) { return q.size(1) >= 32 && k.size(1) >= 64; }

torch::Tensor cpu_attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v, int64_t heads) {
    TORCH_CHECK(has_cpu_attention(q, k, v) && v.sizes() == k.sizes() && q.size(2) == k.size(2) &&
                    q.size(2) % heads == 0,
                "cpu_attention: q ", q.sizes(), ", k ", k.sizes(), ", v ", v.sizes(), ", heads ", heads);
    auto out = torch::empty(q.sizes(), q.options());
    const auto d = q.size(2) / heads;
    const AttentionProblem problem{rows_of(q), rows_of(k), rows_of(v), out.mutable_data_ptr<float>(),
                                   heads, q.size(1), k.size(1), d, queries_per_task(q.size(0) * heads, q.size(1)),
                                   static_cast<float>(std::numbers::log2e / std::sqrt(static_cast<double>(d)))};
    const auto parts = (problem.queries + problem.task_queries - 1) / problem.task_queries;
    at::parallel_for(0, q.size(0) * heads * parts, 1, [&](int64_t begin, int64_t end) {
        const auto lines = static_cast<size_t>(round_up(AttentionScratch::size(problem), 16) / 16);
        const auto room = std::make_unique_for_overwrite<CacheLine[]>(lines);
        const AttentionScratch own(problem, room[0].numbers);
        for (auto i = begin; i < end; ++i) {
            fastest_run()(problem, {i / parts / heads, i / parts % heads, i % parts * problem.task_queries}, own);
        }
    });
    return out;
}

}  // namespace unet::ops
