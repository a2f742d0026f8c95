#pragma once

// The tree of a prompt template: {a|b}, __wildcard__, ${variable}, %{wrapper...$$inner}.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diffusion::templates {

enum class Sampling { random, combinatorial, cyclic };

struct Node;
using NodePtr = std::shared_ptr<const Node>;

struct Option {
    NodePtr value;
    double weight = 1.0;
};

struct Variable {
    std::string name;
    NodePtr value;
};

struct Node {
    enum class Kind { literal, sequence, variant, wildcard, access, assignment, wrap };
    Kind kind = Kind::literal;
    std::optional<Sampling> sampling;
    std::string text;             ///< literal, or the variable's name
    std::vector<NodePtr> parts;   ///< sequence; wildcard: its path; access: default, if any;
                                  ///< assignment: value; wrap: wrapper, inner
    std::vector<Option> options;  ///< variant
    int least = 1, most = 1;      ///< variant: how many of them
    std::string separator = ",";
    std::vector<Variable> variables;                    ///< wildcard
    bool is_immediate = false, keeps_existing = false;  ///< assignment

    /// The same for equal trees.
    std::string signature() const;
};

NodePtr literal(std::string text, std::optional<Sampling> sampling = {});

/// Throws PromptTemplateError.
NodePtr parse_template(std::string_view text);

}  // namespace diffusion::templates
