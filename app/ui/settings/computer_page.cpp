#include "app/ui/settings/computer_page.h"

#include "app/ui/hardware.h"
#include "app/ui/settings/setting_widgets.h"
#include "app/ui/theme/theme.h"

#include <QComboBox>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {

using settings::Values;

ComputerPage::ComputerPage(settings::Settings& settings) {
    const auto hardware = readHardware();
    auto* rows = settingsPage(this, tr("Computer"));
    addNote(rows, wordsOf(hardware));
    addNote(rows, tr("Changes count from the next picture on; the one that is made goes on as it began."));
    rows->addSpacing(theme::s2);
    addSetting(rows, tr("Device"),
               choiceOf(settings, &Values::device, tr("Device"),
                        {{tr("Automatic"), QStringLiteral("auto")},
                         {tr("Processor (CPU)"), QStringLiteral("cpu")},
                         {tr("NVIDIA GPU (CUDA)"), QStringLiteral("cuda")}}));
    auto* threads = numberOf(settings, &Values::threads, tr("Threads"), 0, hardware.cores);
    threads->setSpecialValueText(tr("one per core"));
    threads->setFont(theme::font(theme::Step::body));  // words, not only numbers
    addSetting(rows, tr("Threads"), threads,
               tr("Fewer leave more of the processor to other programs."));
    addSetting(rows, tr("Memory"),
               choiceOf(settings, &Values::memory, tr("Memory"),
                        {{tr("Automatic"), QStringLiteral("auto")},
                         {tr("Fast: weights ready to compute"), QStringLiteral("fast")},
                         {tr("Saving: weights as the file has them"), QStringLiteral("saving")}}));
    auto* limit = numberOf(settings, &Values::memoryLimit, tr("Memory limit"), 0,
                           int(hardware.memory >> 20));
    limit->setSpecialValueText(tr("what is free"));
    limit->setFont(theme::font(theme::Step::body));
    limit->setSuffix(QStringLiteral(" MiB"));
    limit->setSingleStep(512);
    addSetting(rows, tr("Memory limit"), limit,
               tr("What the program may take at most. Pictures that need more use fallbacks, and the "
                  "plan says which."));
    addSetting(rows, tr("Precision"),
               choiceOf(settings, &Values::precision, tr("Precision"),
                        {{tr("Automatic"), QStringLiteral("auto")},
                         {QStringLiteral("fp32"), QStringLiteral("fp32")},
                         {QStringLiteral("bf16"), QStringLiteral("bf16")},
                         {QStringLiteral("fp16"), QStringLiteral("fp16")}}));
    addSetting(rows, tr("Previews"),
               choiceOf(settings, &Values::previews, tr("Previews"),
                        {{tr("Sharp, with TAESD where it lies"), QStringLiteral("sharp")},
                         {tr("Rough and fast"), QStringLiteral("fast")},
                         {tr("None"), QStringLiteral("off")}}),
               tr("The picture in the making, after every step."));
    rows->addStretch();
}

}  // namespace ui
