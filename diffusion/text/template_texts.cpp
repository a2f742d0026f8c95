#include "clip/unicode.h"
#include "diffusion/text/template_texts_impl.h"

namespace diffusion::templates {

namespace {

using Kind = Node::Kind;

constexpr int deepest = 100;
constexpr long most_work = 2'000'000;

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
        throw PromptTemplateError(
            0, "${" + node->text + "}: expected a variable that is set, found none of this name.");
    if (context.being_sampled->contains(node->text))
        throw PromptTemplateError(
            0, "${" + node->text + "}: expected a value without the variable itself.");
    auto sampled = *context.being_sampled;
    sampled.insert(node->text);
    context.being_sampled = std::make_shared<const std::set<std::string>>(std::move(sampled));
    return generate(value, context);
}

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
        auto& source =
            endless->try_emplace(first->signature(), generate(first, context)).first->second;
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
        return clip::unicode::encode(view.substr(0, at)) + inner +
               clip::unicode::encode(view.substr(end));
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

}  // namespace

void Shared::count_work() {
    if (++work > most_work)
        throw PromptTemplateError(0, "Expected fewer combinations, found more than " +
                                         std::to_string(most_work) + " to search.");
}

double Shared::draw() {
    return static_cast<double>(random() >> 11) * 0x1.0p-53;
}

size_t Shared::draw_index(size_t count) {
    return static_cast<size_t>(draw() * static_cast<double>(count));
}

Context Context::with(Sampling other) const {
    auto made = *this;
    made.sampling = other;
    return made;
}

Context Context::with(const std::vector<Variable>& added) const {
    if (added.empty()) return *this;
    auto merged = *variables;
    for (const auto& [name, value] : added) merged[name] = value;
    auto made = *this;
    made.variables = std::make_shared<const Variables>(std::move(merged));
    return made;
}

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

Texts generate(NodePtr node, Context context) {
    if (++context.depth > deepest)
        throw PromptTemplateError(
            0, "Expected wildcards and variables that end, found one inside itself.");
    // Inside a list that never ends, an order that does end has no place.
    const bool is_nested = context.sampling != Sampling::combinatorial;
    if (node->sampling && !(is_nested && *node->sampling == Sampling::combinatorial))
        context = context.with(*node->sampling);
    switch (node->kind) {
        case Kind::sequence:
            return sequence(std::move(node), std::move(context));
        case Kind::variant:
            return variant(std::move(node), std::move(context));
        case Kind::wildcard:
            return wildcard(std::move(node), std::move(context));
        case Kind::access:
            return variable(std::move(node), std::move(context));
        case Kind::wrap:
            return wrap(std::move(node), std::move(context));
        case Kind::assignment:
            return literal_texts(literal(""), std::move(context));
        case Kind::literal:
            break;
    }
    return literal_texts(std::move(node), std::move(context));
}

}  // namespace diffusion::templates
