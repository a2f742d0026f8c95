#pragma once

// ComfyUI's graph of nodes, in the form that its API takes: {"id": {"class_type", "inputs"}}, where
// an input is a value or a link ["id", slot]. Links may form circles; every walk here ends.

#include "app/codec/foreign/json_text.h"

#include <QStringList>

#include <functional>
#include <vector>

namespace codec::foreign {

class ComfyGraph {
public:
    explicit ComfyGraph(Json nodes) : nodes_(std::move(nodes)) {}

    /// The graph as its editor stores it ("nodes" and "links"), as far as its classes are known.
    static ComfyGraph fromWorkflow(const Json& workflow);

    const Json& nodes() const { return nodes_; }

    /// Null for an id that isn't there.
    const Json& node(const std::string& id) const { return member(nodes_, id.c_str()); }

    static const Json& inputs(const Json& node) { return member(node, "inputs"); }

    /// The id behind a link; empty for a value.
    static std::string linked(const Json& input);

    /// The input's value; through a link, that of the node of a text or a number behind it.
    Json value(const Json& node, const char* input) const;

    /// The nodes behind this one, nearest first, itself included, along inputs that `follows`
    /// takes.
    std::vector<std::string> upstream(
        const std::string& id, const std::function<bool(const std::string& input)>& follows) const;

private:
    Json nodes_;
};

}  // namespace codec::foreign
