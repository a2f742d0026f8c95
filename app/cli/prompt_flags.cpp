#include "app/cli/prompt_flags.h"

#include "app/cli/json_line.h"
#include "app/cli/report.h"
#include "app/codec/text.h"
#include "app/prompts/styles.h"
#include "diffusion/error.h"

#include <QFileInfo>
#include <QRandomGenerator>

#include <iostream>

namespace cli {
namespace {

using diffusion::Error;
using diffusion::ErrorKind;
using prompts::Expand;

constexpr std::size_t mostRequests = 10000;

diffusion::WildcardLibrary readWildcards(const QString& folder, bool wasNamed) {
    if (wasNamed && !QFileInfo(folder).isDir())
        throw Error(ErrorKind::missing_file, "wildcards: expected a folder, found none at " +
                                                 codec::toUtf8(folder) + ".");
    auto library = diffusion::WildcardLibrary::from_folder(codec::toUtf8(folder));
    for (const auto& problem : library.problems()) complain(problem);
    return library;
}

}  // namespace

PromptFlags::PromptFlags(CLI::App& parser) {
    parser
        .add_option("--style", styles_,
                    "puts this style's words around the prompt; several are applied in turn")
        ->type_name("NAME");
    parser
        .add_option("--expand", expand_,
                    "what becomes of {a|b} and __wildcards__ in the prompts: none takes them as "
                    "text, random draws one for each picture by its seed, all runs every one")
        ->check(CLI::IsMember({"none", "random", "all"}))
        ->type_name("none|random|all")
        ->capture_default_str();
    parser
        .add_option("--wildcards", wildcards_,
                    "folder of word lists; default: wildcards/ in the data folder")
        ->type_name("DIR");
    parser.add_flag("--dry-run", isDryRun_, "lists the prompts and their number, makes nothing");
}

prompts::Expansion PromptFlags::apply(diffusion::GenerationRequest request,
                                      const QString& dataFolder) const {
    if (request.seed < 0) request.seed = std::int64_t(QRandomGenerator::system()->generate());
    if (!styles_.empty()) {
        const auto list = prompts::readStyles(dataFolder);
        for (const auto& problem : list.problems) complain(codec::toUtf8(problem));
        QStringList names;
        for (const auto& name : styles_) names << codec::fromUtf8(name);
        request = prompts::withStyles(request, names, list.styles);
    }
    const auto mode = expand_ == "all"      ? Expand::all
                      : expand_ == "random" ? Expand::random
                                            : Expand::none;
    if (mode == Expand::none) return {{request}, true, {}};
    const auto folder = wildcards_.empty() ? dataFolder + QStringLiteral("/wildcards")
                                           : codec::fromUtf8(wildcards_);
    auto made = prompts::expand(request, readWildcards(folder, !wildcards_.empty()), mode,
                                mostRequests);
    if (!made.isComplete)
        throw Error(ErrorKind::bad_request, "expand: expected at most " +
                                                std::to_string(mostRequests) +
                                                " prompts, found more; use --expand random.");
    for (const auto& name : made.missing)
        complain("No word list is named " + codec::toUtf8(name) + "; it stays as text.");
    return made;
}

void listPrompts(const prompts::Expansion& expansion, bool isJson) {
    for (const auto& request : expansion.requests) {
        if (isJson) {
            writeLine({{"prompt", request.prompt},
                       {"negative_prompt", request.negative_prompt},
                       {"seed", request.seed},
                       {"count", request.count}});
            continue;
        }
        std::cout << request.prompt << '\n';
        if (!request.negative_template.empty())
            std::cout << "  without: " << request.negative_prompt << '\n';
    }
    if (isJson)
        writeLine({{"prompts", expansion.requests.size()}});
    else
        std::cout << expansion.requests.size()
                  << (expansion.requests.size() == 1 ? " prompt" : " prompts") << std::endl;
}

}  // namespace cli
