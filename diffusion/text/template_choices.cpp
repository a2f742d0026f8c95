#include "diffusion/text/template_texts_impl.h"

#include <algorithm>
#include <functional>

namespace diffusion::templates {

namespace {

using Kind = Node::Kind;

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
                if (static_cast<int>(distinct.size()) != count || !seen.insert(*texts).second)
                    continue;
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
        const int count =
            least + static_cast<int>(shared.draw_index(static_cast<size_t>(most - least + 1)));
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

}  // namespace

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
        for (const auto& value : ordered)
            sources.push_back(generate(parse_template(value), context));
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

Texts variant(NodePtr node, Context context) {
    while (node->options.size() == 1 && node->options[0].value->kind == Kind::wildcard) {
        std::string path;
        if (values_of(*node->options[0].value, context, path).empty())
            context.shared->missing.insert(path);
        node = variant_of_wildcard(*node, context);
    }
    switch (context.sampling) {
        case Sampling::combinatorial:
            return all_variants(node, context);
        case Sampling::cyclic:
            return cyclic_variants(node, context);
        case Sampling::random:
            break;
    }
    return random_variants(node, context);
}

}  // namespace diffusion::templates
