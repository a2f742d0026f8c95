#pragma once

// Styles on the disk: <folder>/styles.csv, which is the user's own and A1111 can read, and every
// .csv and .json in <folder>/styles, as other programs bring them.

#include "diffusion/request.h"
#include "diffusion/text/styles.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace prompts {

struct StyleList {
    QList<diffusion::Style> styles;  ///< each name once, the user's own first
    int ownCount = 0;                ///< how many of them are the user's own
    QStringList problems;            ///< a sentence for each file that can't be read
};

/// Reads the disk; a folder that is absent holds none.
StyleList readStyles(const QString& folder);

/// Puts the style into <folder>/styles.csv, in the place of the one with its name. Throws Error:
/// bad_request for an empty name, cannot_write, corrupt_file for a styles.csv that can't be read.
void saveStyle(const QString& folder, const diffusion::Style& style);

/// Takes it out of <folder>/styles.csv again. Throws the same.
void removeStyle(const QString& folder, const QString& name);

/// The request with the styles' texts around its prompts, in the order of the names. Throws Error
/// bad_request that names the style which is not in the list.
diffusion::GenerationRequest withStyles(diffusion::GenerationRequest request,
                                        const QStringList& names,
                                        const QList<diffusion::Style>& styles);

}  // namespace prompts
