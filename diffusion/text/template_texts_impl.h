#pragma once

// The texts that a template's tree stands for, one after the other.

#include "diffusion/text/generator_impl.h"
#include "diffusion/text/prompt_expander.h"
#include "diffusion/text/template_impl.h"

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace diffusion::templates {

using Texts = Generator<std::string>;

/// What all generators of one expansion share.
struct Shared {
    const WildcardLibrary& wildcards;
    std::mt19937_64 random;
    std::set<std::string> missing;
    long work = 0;

    /// A template whose combinations are mostly doubles could search for ever.
    void count_work();
    /// 0 <= result < 1, the same on every machine.
    double draw();
    size_t draw_index(size_t count);
};

using Variables = std::map<std::string, NodePtr>;

/// Copied from level to level; coroutines hold it by value.
struct Context {
    Shared* shared;
    Sampling sampling;
    std::shared_ptr<const Variables> variables;
    std::shared_ptr<const std::set<std::string>> being_sampled;
    int depth = 0;

    Context with(Sampling other) const;
    Context with(const std::vector<Variable>& added) const;
};

/// All texts of a node: an end only in combinatorial sampling.
Texts generate(NodePtr node, Context context);

/// The next text, "" when there is none.
std::string first_of(const NodePtr& node, const Context& context);

bool is_endless(const Node& node, const Context& context);

/// With the separator between the texts, not before the first nor after the last.
std::string join(const std::vector<std::string>& texts, const std::string& separator);

// The kinds of nodes that choose.
Texts wildcard(NodePtr node, Context context);
Texts variant(NodePtr node, Context context);

}  // namespace diffusion::templates
