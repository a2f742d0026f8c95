#include "diffusion/text/prompt_expander.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>

#include "clip/unicode.h"
#include "diffusion/text/generator_impl.h"
#include "diffusion/text/template_impl.h"

namespace diffusion {

namespace {

using namespace templates;
using Texts = Generator<std::string>;
using Kind = Node::Kind;

constexpr int deepest = 100;
constexpr long most_work = 2'000'000;

/// What all generators of one expansion share.
struct Shared {
    const WildcardLibrary& wildcards;
    std::mt19937_64 random;
    std::set<std::string> missing;
    long work = 0;

    /// A template whose combinations are mostly doubles could search for ever.
    void count_work() {
        if (++work > most_work)
            throw PromptTemplateError(0, "Expected fewer combinations, found more than " +
                                             std::to_string(most_work) + " to search.");
    }

    /// 0 <= result < 1, the same on every machine.
    double draw() { return static_cast<double>(random() >> 11) * 0x1.0p-53; }
    size_t draw_index(size_t count) { return static_cast<size_t>(draw() * static_cast<double>(count)); }
};

using Variables = std::map<std::string, NodePtr>;

/// Copied from level to level; coroutines hold it by value.
struct Context {
    Shared* shared;
    Sampling sampling;
    std::shared_ptr<const Variables> variables;
    std::shared_ptr<const std::set<std::string>> being_sampled;
    int depth = 0;

    Context with(Sampling other) const {
        auto made = *this;
        made.sampling = other;
        return made;
    }

    Context with(const std::vector<Variable>& added) const {
        if (added.empty()) return *this;
        auto merged = *variables;
        for (const auto& [name, value] : added) merged[name] = value;
        auto made = *this;
        made.variables = std::make_shared<const Variables>(std::move(merged));
        return made;
    }
};

Texts generate(NodePtr node, Context context);

bool is_endless(const Node& node, const Context& context) {
    return node.sampling.value_or(context.sampling) != Sampling::combinatorial;
}

std::string join(const std::vector<std::string>& texts, const std::string& separator) {
    if (texts.size() == 1) return texts[0];
    std::string joined;
    for (size_t i = 0; i < texts.size(); ++i) joined += (i ? separator : "") + texts[i];
    if (separator.empty()) return joined;
    if (joined.starts_with(separator)) joined.erase(0, separator.size());
    if (joined.ends_with(separator)) joined.erase(joined.size() - separator.size());
    return joined;
}

std::string first_of(const NodePtr& node, const Context& context) {
    return generate(node, context).next().value_or("");
}

// --- Variables -----------------------------------------------------------------------------------

NodePtr assigned_value(const Node& node, const Context& context) {
    const auto known = context.variables->find(node.text);
    if (node.keeps_existing && known != context.variables->end()) return known->second;
    const auto& value = node.parts[0];
    if (!node.is_immediate || value->kind == Kind::literal) return value;
    return literal(first_of(value, context));
}

/// The parts of a sequence without its assignments, which go into the context.
std::vector<NodePtr> take_assignments(const Node& node, Context& context) {
    std::vector<NodePtr> parts;
    std::vector<Variable> added;
    for (const auto& part : node.parts) {
        if (part->kind == Kind::assignment) {
            added.push_back({part->text, assigned_value(*part, context)});
        } else {
            parts.push_back(part);
        }
    }
    context = context.with(added);
    return parts;
}

Texts variable(NodePtr node, Context context) {
    const auto known = context.variables->find(node->text);
    const auto value = known != context.variables->end() ? known->second
                       : node->parts.empty()             ? nullptr
                                                         : node->parts[0];
    if (!value)
        throw PromptTemplateError(0, "${" + node->text + "}: expected a variable that is set, found none of this name.");
    if (context.being_sampled->contains(node->text))
        throw PromptTemplateError(0, "${" + node->text + "}: expected a value without the variable itself.");
    auto sampled = *context.being_sampled;
    sampled.insert(node->text);
    context.being_sampled = std::make_shared<const std::set<std::string>>(std::move(sampled));
    return generate(value, context);
}

// --- Wildcards -----------------------------------------------------------------------------------

std::vector<WildcardValue> values_of(const Node& node, const Context& context, std::string& path) {
    path = first_of(node.parts[0], context);
    return context.shared->wildcards.values(path);
}

/// An unknown wildcard stays as it was written, again and again.
Texts missing_wildcard(std::string path, Context context) {
    context.shared->missing.insert(path);
    if (!path.starts_with("__")) path = "__" + path;
    if (!path.ends_with("__")) path += "__";
    while (true) {
        context.shared->count_work();
        co_yield path;
    }
}

/// How often each value stands in an ordered list: its weight, rounded down.
std::vector<std::string> repeated(const std::vector<WildcardValue>& values) {
    std::vector<std::string> texts;
    for (const auto& value : values)
        for (int i = 0; i < static_cast<int>(std::clamp(value.weight, 0.0, 1000.0)); ++i)
            texts.push_back(value.text);
    return texts;
}

size_t draw_weighted(Shared& shared, const std::vector<double>& weights) {
    double total = 0;
    for (const double weight : weights) total += std::max(weight, 0.0);
    if (!(total > 0)) return shared.draw_index(weights.size());
    double left = shared.draw() * total;
    for (size_t i = 0; i < weights.size(); ++i) {
        left -= std::max(weights[i], 0.0);
        if (left < 0) return i;
    }
    return weights.size() - 1;
}

Texts wildcard(NodePtr node, Context context) {
    std::string path;
    const auto values = values_of(*node, context, path);
    context = context.with(node->variables);
    const auto ordered = repeated(values);
    if (values.empty() || (context.sampling != Sampling::random && ordered.empty())) {
        auto endless = missing_wildcard(path, context);
        while (auto text = endless.next()) co_yield *text;
    }
    if (context.sampling == Sampling::combinatorial) {
        for (const auto& value : ordered) {
            auto texts = generate(parse_template(value), context);
            while (auto text = texts.next()) co_yield *text;
        }
    } else if (context.sampling == Sampling::cyclic) {
        std::vector<Texts> sources;
        for (const auto& value : ordered) sources.push_back(generate(parse_template(value), context));
        for (size_t i = 0;; i = (i + 1) % sources.size()) {
            context.shared->count_work();
            if (auto text = sources[i].next()) co_yield *text;
        }
    } else {
        std::vector<double> weights;
        for (const auto& value : values) weights.push_back(value.weight);
        while (true) {
            const auto index = draw_weighted(*context.shared, weights);
            co_yield first_of(parse_template(values[index].text), context);
        }
    }
}

/// "{2$$__name__}" draws from the wildcard's values.
NodePtr variant_of_wildcard(const Node& variant, const Context& context) {
    const auto& source = *variant.options[0].value;
    std::string path;
    const auto texts = repeated(values_of(source, context, path));
    auto made = std::make_shared<Node>(variant);
    made->sampling = source.sampling;
    made->options.clear();
    for (const auto& text : texts) made->options.push_back({parse_template(text), 1.0});
    return made;
}

// --- Variants ------------------------------------------------------------------------------------

using Combination = std::vector<NodePtr>;

/// Every row of `count` different options, in order.
void combine(const std::vector<NodePtr>& values, int count, Combination& row,
             const std::function<void()>& found) {
    if (count <= 0) return found();
    for (const auto& value : values) {
        std::vector<NodePtr> others;
        for (const auto& other : values)
            if (other->signature() != value->signature()) others.push_back(other);
        row.push_back(value);
        combine(others, count - 1, row, found);
        row.pop_back();
    }
}

std::vector<Combination> combinations(const Node& node, int count, Shared& shared) {
    std::vector<NodePtr> values;
    for (const auto& option : node.options) values.push_back(option.value);
    std::vector<Combination> rows;
    Combination row;
    combine(values, count, row, [&] {
        shared.count_work();
        rows.push_back(row);
    });
    return rows;
}

int bounded(int wanted, const Node& node) {
    return std::clamp(wanted, 0, static_cast<int>(node.options.size()));
}

/// All texts of a row of options, the last one changing fastest.
Generator<std::vector<std::string>> row_texts(Combination row, Context context) {
    if (row.empty()) {
        co_yield std::vector<std::string>{};
        co_return;
    }
    const auto first = row.front();
    const Combination rest(row.begin() + 1, row.end());
    auto texts = generate(first, context);
    if (is_endless(*first, context)) {
        auto others = row_texts(rest, context);
        while (auto other = others.next()) {
            other->insert(other->begin(), texts.next().value_or(""));
            co_yield *other;
        }
        co_return;
    }
    while (auto text = texts.next()) {
        auto others = row_texts(rest, context);
        while (auto other = others.next()) {
            other->insert(other->begin(), *text);
            co_yield *other;
        }
    }
}

Texts all_variants(NodePtr node, Context context) {
    std::set<std::vector<std::string>> seen;
    for (int count = bounded(node->least, *node); count <= bounded(node->most, *node); ++count) {
        for (const auto& row : combinations(*node, count, *context.shared)) {
            auto rows = row_texts(row, context);
            while (auto texts = rows.next()) {
                context.shared->count_work();
                const std::set<std::string> distinct(texts->begin(), texts->end());
                if (static_cast<int>(distinct.size()) != count || !seen.insert(*texts).second) continue;
                co_yield join(*texts, node->separator);
            }
        }
    }
}

Texts cyclic_variants(NodePtr node, Context context) {
    std::vector<std::vector<Texts>> sources;
    for (int count = bounded(node->least, *node); count <= bounded(node->most, *node); ++count) {
        for (const auto& row : combinations(*node, count, *context.shared)) {
            std::vector<Texts> parts;
            for (const auto& part : row) parts.push_back(generate(part, context));
            sources.push_back(std::move(parts));
        }
    }
    for (size_t i = 0; !sources.empty(); i = (i + 1) % sources.size()) {
        context.shared->count_work();
        std::vector<std::string> texts;
        for (auto& part : sources[i]) texts.push_back(part.next().value_or(""));
        co_yield join(texts, node->separator);
    }
}

Texts random_variants(NodePtr node, Context context) {
    if (node->options.size() == 1) {
        auto only = generate(node->options[0].value, context);
        while (auto text = only.next()) co_yield *text;
        co_return;
    }
    const int least = bounded(node->least, *node), most = bounded(node->most, *node);
    while (!node->options.empty()) {
        auto& shared = *context.shared;
        const int count = least + static_cast<int>(shared.draw_index(static_cast<size_t>(most - least + 1)));
        auto left = node->options;
        std::vector<std::string> texts;
        for (int i = 0; i < count; ++i) {
            std::vector<double> weights;
            for (const auto& option : left) weights.push_back(option.weight);
            const auto index = draw_weighted(shared, weights);
            texts.push_back(first_of(left[index].value, context));
            left.erase(left.begin() + static_cast<std::ptrdiff_t>(index));
        }
        co_yield join(texts, node->separator);
    }
}

Texts variant(NodePtr node, Context context) {
    while (node->options.size() == 1 && node->options[0].value->kind == Kind::wildcard) {
        std::string path;
        if (values_of(*node->options[0].value, context, path).empty())
            context.shared->missing.insert(path);
        node = variant_of_wildcard(*node, context);
    }
    switch (context.sampling) {
        case Sampling::combinatorial: return all_variants(node, context);
        case Sampling::cyclic: return cyclic_variants(node, context);
        case Sampling::random: break;
    }
    return random_variants(node, context);
}

// --- Sequences and wrappers ----------------------------------------------------------------------

/// Parts that never end give one value after the other, whatever the rest of the sequence does.
using Endless = std::map<std::string, Texts>;

Generator<std::vector<std::string>> sequence_rows(std::vector<NodePtr> parts, Context context,
                                                  std::shared_ptr<Endless> endless) {
    if (parts.empty()) {
        co_yield std::vector<std::string>{};
        co_return;
    }
    const auto first = parts.front();
    const std::vector<NodePtr> rest(parts.begin() + 1, parts.end());
    if (is_endless(*first, context)) {
        auto& source = endless->try_emplace(first->signature(), generate(first, context)).first->second;
        auto others = sequence_rows(rest, context, endless);
        while (auto other = others.next()) {
            other->insert(other->begin(), source.next().value_or(""));
            co_yield *other;
        }
        co_return;
    }
    auto texts = generate(first, context);
    while (auto text = texts.next()) {
        auto others = sequence_rows(rest, context, endless);
        while (auto other = others.next()) {
            context.shared->count_work();
            other->insert(other->begin(), *text);
            co_yield *other;
        }
    }
}

Texts sequence(NodePtr node, Context context) {
    const auto parts = take_assignments(*node, context);
    if (context.sampling == Sampling::combinatorial) {
        auto rows = sequence_rows(parts, context, std::make_shared<Endless>());
        while (auto row = rows.next()) co_yield join(*row, "");
        co_return;
    }
    std::vector<Texts> sources;
    for (const auto& part : parts) sources.push_back(generate(part, context));
    while (true) {
        context.shared->count_work();
        std::vector<std::string> texts;
        for (auto& source : sources) texts.push_back(source.next().value_or(""));
        co_yield join(texts, "");
    }
}

/// The inner text at the first ellipsis of the wrapper, or after it when there is none.
std::string wrapped(const std::string& wrapper, const std::string& inner) {
    constexpr std::u32string_view marks = U"\u1801\u2026\u22EE\u22EF\u22F0\u22F1\uFE19";
    const auto text = clip::unicode::decode(wrapper);
    for (size_t at = 0; at < text.size(); ++at) {
        size_t end = at;
        while (end < text.size() && marks.find(text[end]) != marks.npos) ++end;
        if (end == at) {
            while (end < text.size() && text[end] == U'.') ++end;
            if (end - at < 3) continue;
        }
        const std::u32string_view view = text;
        return clip::unicode::encode(view.substr(0, at)) + inner + clip::unicode::encode(view.substr(end));
    }
    return wrapper + inner;
}

Texts wrap(NodePtr node, Context context) {
    auto wrappers = generate(node->parts[0], context);
    if (context.sampling == Sampling::combinatorial) {
        while (auto wrapper = wrappers.next()) {
            auto inners = generate(node->parts[1], context);
            while (auto inner = inners.next()) co_yield wrapped(*wrapper, *inner);
        }
        co_return;
    }
    auto inners = generate(node->parts[1], context);
    while (true) {
        const auto wrapper = wrappers.next(), inner = inners.next();
        if (!wrapper || !inner) co_return;
        co_yield wrapped(*wrapper, *inner);
    }
}

Texts literal_texts(NodePtr node, Context context) {
    do {
        co_yield node->text;
    } while (context.sampling != Sampling::combinatorial);
}

Texts generate(NodePtr node, Context context) {
    if (++context.depth > deepest)
        throw PromptTemplateError(0, "Expected wildcards and variables that end, found one inside itself.");
    // Inside a list that never ends, an order that does end has no place.
    const bool is_nested = context.sampling != Sampling::combinatorial;
    if (node->sampling && !(is_nested && *node->sampling == Sampling::combinatorial))
        context = context.with(*node->sampling);
    switch (node->kind) {
        case Kind::sequence: return sequence(std::move(node), std::move(context));
        case Kind::variant: return variant(std::move(node), std::move(context));
        case Kind::wildcard: return wildcard(std::move(node), std::move(context));
        case Kind::access: return variable(std::move(node), std::move(context));
        case Kind::wrap: return wrap(std::move(node), std::move(context));
        case Kind::assignment: return literal_texts(literal(""), std::move(context));
        case Kind::literal: break;
    }
    return literal_texts(std::move(node), std::move(context));
}

Context context_of(Shared& shared, Sampling sampling) {
    return {&shared, sampling, std::make_shared<const Variables>(),
            std::make_shared<const std::set<std::string>>(), 0};
}

}  // namespace

PromptTemplateError::PromptTemplateError(size_t position, const std::string& message)
    : std::runtime_error(message), position_(position) {}

Expansion expand_all(std::string_view prompt, const WildcardLibrary& wildcards, size_t most) {
    Shared shared{wildcards, {}, {}, 0};
    Expansion made;
    auto texts = generate(parse_template(prompt), context_of(shared, Sampling::combinatorial));
    while (auto text = texts.next()) {
        if (made.prompts.size() == most) {
            made.is_complete = false;
            break;
        }
        made.prompts.push_back(std::move(*text));
    }
    made.missing.assign(shared.missing.begin(), shared.missing.end());
    return made;
}

std::string expand_random(std::string_view prompt, const WildcardLibrary& wildcards, std::uint64_t seed) {
    Shared shared{wildcards, std::mt19937_64(seed), {}, 0};
    return first_of(parse_template(prompt), context_of(shared, Sampling::random));
}

bool is_template(std::string_view prompt) {
    for (const std::string_view mark : {"{", "${", "%{"})
        if (prompt.find(mark) != prompt.npos) return true;
    const auto open = prompt.find("__");
    return open != prompt.npos && prompt.find("__", open + 2) != prompt.npos;
}

}  // namespace diffusion
