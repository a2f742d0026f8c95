#pragma once

// One reader per program; each gives nothing for texts that are not its own.

#include "app/codec/foreign/foreign.h"

namespace codec::foreign {

/// The texts of one picture, by keyword.
class Texts {
public:
    explicit Texts(const QList<PictureText>& texts) : texts_(texts) {}

    /// The first text under this keyword.
    std::optional<QString> find(const char* keyword) const;

    const QList<PictureText>& all() const { return texts_; }

private:
    const QList<PictureText>& texts_;
};

using Dialect = std::optional<Found> (*)(const Texts&);

std::optional<Found> readSwarmUi(const Texts& texts);
std::optional<Found> readFooocus(const Texts& texts);
/// A1111, Forge, Atelier and all who write their block.
std::optional<Found> readInfotextBlock(const Texts& texts);
/// What A1111's extras tab writes: pairs without a prompt.
std::optional<Found> readPostprocessing(const Texts& texts);
std::optional<Found> readEasyDiffusion(const Texts& texts);
std::optional<Found> readInvokeAi(const Texts& texts);
std::optional<Found> readInvokeAi2(const Texts& texts);
std::optional<Found> readInvokeAiDream(const Texts& texts);
std::optional<Found> readNovelAi(const Texts& texts);
std::optional<Found> readComfyUi(const Texts& texts);
std::optional<Found> readDrawThings(const Texts& texts);

/// Keywords under which programs put one whole text of settings, in the order of their worth.
const QList<const char*>& settingsKeywords();

/// Copies members of `from` that are not in `known` under their own names.
void putOthers(Json& settings, const Json& from, const QStringList& known);

}  // namespace codec::foreign
