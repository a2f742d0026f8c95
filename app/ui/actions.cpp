#include "app/ui/actions.h"

#include "app/ui/theme/icons.h"

#include <QCoreApplication>
#include <QWidget>

#include <array>

namespace ui {
namespace {

struct Row {
    Act act;
    const char* text;
    const char* icon;
    const char* keys;  // separated by ';'
    Scope scope = Scope::window;
};

constexpr std::array rows{
    Row{Act::generate, QT_TRANSLATE_NOOP("actions", "Generate"), "generate",
        "Ctrl+Enter;Ctrl+Return"},
    Row{Act::generateFirst, QT_TRANSLATE_NOOP("actions", "Generate before the others"), "generate",
        "Ctrl+Shift+Enter;Ctrl+Shift+Return"},
    Row{Act::cancel, QT_TRANSLATE_NOOP("actions", "Cancel the job"), "close", "Shift+X"},
    Row{Act::skip, QT_TRANSLATE_NOOP("actions", "Skip the picture"), "skip",
        "Alt+Enter;Alt+Return"},
    Row{Act::suspend, QT_TRANSLATE_NOOP("actions", "Suspend the job"), "suspend", ""},
    Row{Act::pause, QT_TRANSLATE_NOOP("actions", "Pause the queue"), "pause", ""},
    Row{Act::clearQueue, QT_TRANSLATE_NOOP("actions", "Clear the queue…"), "trash", "Ctrl+Shift+X"},
    Row{Act::focusPrompt, QT_TRANSLATE_NOOP("actions", "Go to the prompt"), "edit", "Alt+A"},
    Row{Act::convertPrompt, QT_TRANSLATE_NOOP("actions", "Convert from ComfyUI or Compel…"), "diff",
        ""},
    Row{Act::keepStyle, QT_TRANSLATE_NOOP("actions", "Keep the prompt as a style…"), "style", ""},
    Row{Act::keepPreset, QT_TRANSLATE_NOOP("actions", "Keep the settings as a preset…"), "recipe",
        ""},
    Row{Act::fit, QT_TRANSLATE_NOOP("actions", "Fit the picture"), "fit", "Ctrl+0"},
    Row{Act::zoom100, QT_TRANSLATE_NOOP("actions", "100 %"), "zoom-in", "Ctrl+1"},
    Row{Act::zoom200, QT_TRANSLATE_NOOP("actions", "200 %"), "zoom-in", "Ctrl+2"},
    Row{Act::zoom400, QT_TRANSLATE_NOOP("actions", "400 %"), "zoom-in", "Ctrl+3"},
    Row{Act::zoom800, QT_TRANSLATE_NOOP("actions", "800 %"), "zoom-in", "Ctrl+4"},
    Row{Act::recallAll, QT_TRANSLATE_NOOP("actions", "Recall all settings"), "recall", "A",
        Scope::stage},
    Row{Act::recallRemix, QT_TRANSLATE_NOOP("actions", "Recall all but the seed"), "recall", "R",
        Scope::stage},
    Row{Act::recallPrompt, QT_TRANSLATE_NOOP("actions", "Recall the prompt"), "recall", "P",
        Scope::stage},
    Row{Act::recallSeed, QT_TRANSLATE_NOOP("actions", "Recall the seed"), "dice", "S",
        Scope::stage},
    Row{Act::recallSize, QT_TRANSLATE_NOOP("actions", "Recall the size"), "frame", "D",
        Scope::stage},
    Row{Act::copyPicture, QT_TRANSLATE_NOOP("actions", "Copy the picture"), "copy", "Ctrl+C",
        Scope::stage},
    Row{Act::showInFolder, QT_TRANSLATE_NOOP("actions", "Show in folder"), "folder", "",
        Scope::stage},
    Row{Act::previous, QT_TRANSLATE_NOOP("actions", "Newer picture"), "chevron-left", "Alt+Left"},
    Row{Act::next, QT_TRANSLATE_NOOP("actions", "Older picture"), "chevron-right", "Alt+Right"},
    Row{Act::example1, QT_TRANSLATE_NOOP("actions", "First example"), "generate", "Alt+1"},
    Row{Act::example2, QT_TRANSLATE_NOOP("actions", "Second example"), "generate", "Alt+2"},
    Row{Act::example3, QT_TRANSLATE_NOOP("actions", "Third example"), "generate", "Alt+3"},
    Row{Act::example4, QT_TRANSLATE_NOOP("actions", "Fourth example"), "generate", "Alt+4"},
    Row{Act::chooseFile, QT_TRANSLATE_NOOP("actions", "Choose a model file…"), "model", "Ctrl+O"},
    Row{Act::chooseFolder, QT_TRANSLATE_NOOP("actions", "Choose a model folder…"), "folder", ""},
    Row{Act::pasteSettings, QT_TRANSLATE_NOOP("actions", "Read a picture's settings…"), "import",
        "Ctrl+I"},
    Row{Act::togglePanel, QT_TRANSLATE_NOOP("actions", "Generate panel"), "side", "T;O",
        Scope::stage},
    Row{Act::toggleQueue, QT_TRANSLATE_NOOP("actions", "Queue"), "queue", "G", Scope::stage},
    Row{Act::toggleBoth, QT_TRANSLATE_NOOP("actions", "Both panels"), "side", "F", Scope::stage},
    Row{Act::shortcuts, QT_TRANSLATE_NOOP("actions", "Keys…"), "keyboard", "Shift+?"},
    Row{Act::quit, QT_TRANSLATE_NOOP("actions", "Quit"), "close", "Ctrl+Q"},
};

QList<QKeySequence> sequences(const char* keys) {
    QList<QKeySequence> result;
    for (const auto& part : QString::fromLatin1(keys).split(QLatin1Char(';'), Qt::SkipEmptyParts))
        result << QKeySequence(part);
    return result;
}

}  // namespace

Actions::Actions(QWidget* window) : QObject(window) {
    for (const auto& row : rows) {
        auto* action = new QAction(theme::icon(QLatin1String(row.icon)),
                                   QCoreApplication::translate("actions", row.text), this);
        action->setShortcuts(sequences(row.keys));
        action->setIconVisibleInMenu(true);
        actions_[row.act] = action;
        order_ << action;
        if (row.scope == Scope::window) {
            window->addAction(action);
        } else {
            action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
            stage_ << action;
        }
    }
}

void Actions::addToStage(QWidget* part) const {
    part->addActions(stage_);
}

QString Actions::keysOf(const QAction* action) {
    return action->shortcut()
        .toString(QKeySequence::NativeText)
        .replace(QLatin1String("Return"), QStringLiteral("↵"));
}

}  // namespace ui
