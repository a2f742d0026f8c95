#include "app/ui/settings/network_page.h"

#include "app/studio/network_guard.h"
#include "app/ui/pieces.h"
#include "app/ui/settings/setting_widgets.h"

#include <QCheckBox>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

namespace ui {

NetworkPage::NetworkPage(settings::Settings& settings)
    : settings_(settings),
      refusal_(label(QString(), theme::Step::body)),
      sockets_(label(QString(), theme::Step::body)) {
    auto* rows = settingsPage(this, tr("Network"));
    rows->addWidget(switchOf(settings, &settings::Values::isOffline, tr("Offline")));
    addNote(rows, tr("While this is on, the system refuses the program every connection to another "
                     "computer, whatever part of it asks (on Linux, by a seccomp filter). It is set "
                     "when the program starts and can't be taken off before it ends."));
    rows->addSpacing(theme::s3);
    rows->addWidget(label(tr("Network calls of this program"), theme::Step::dockTitle));
    auto* list = new QListWidget;
    list->setAccessibleName(tr("Network calls of this program"));
    for (const auto& call : studio::networkCalls())
        list->addItem(QStringLiteral("%1 · %2").arg(QLatin1String(call.purpose), QLatin1String(call.host)));
    list->setMaximumHeight(120);
    list->setVisible(list->count() > 0);
    rows->addWidget(list);
    if (list->count() == 0)
        rows->addWidget(label(tr("None: there is no function that uses the network."),
                              theme::Step::body, theme::Ink::secondary));
    rows->addSpacing(theme::s3);
    rows->addWidget(label(tr("What the system says now"), theme::Step::dockTitle));
    for (auto* finding : {refusal_, sockets_}) {
        finding->setWordWrap(true);
        finding->setTextInteractionFlags(Qt::TextSelectableByMouse);
        rows->addWidget(finding);
    }
    rows->addStretch();
    connect(&settings_, &settings::Settings::changed, this, &NetworkPage::measure);
    ticks_.setInterval(1000);
    connect(&ticks_, &QTimer::timeout, this, [this] {
        if (isVisible()) measure();
    });
    ticks_.start();
    measure();
}

QString NetworkPage::findings() const {
    return refusal_->text() + QLatin1Char('\n') + sockets_->text();
}

void NetworkPage::measure() {
    const bool isRefused = studio::isNetworkRefused();
    const bool isWanted = settings_.values().isOffline;
    refusal_->setText(isRefused && isWanted ? tr("A connection was tried just now: the system refused it.")
                      : isRefused ? tr("The system still refuses connections; from the next start on it won't.")
                      : isWanted  ? tr("The system refuses connections from the next start on.")
                                  : tr("A connection would be possible; the program makes none."));
    theme::setInk(refusal_, isRefused && isWanted ? theme::Ink::success : theme::Ink::secondary);
    const int open = studio::openNetworkSockets();
    sockets_->setText(open < 0 ? tr("How many connections are open can't be read here.")
                               : tr("%n connection(s) of this program are open.", nullptr, open));
    theme::setInk(sockets_, open == 0 ? theme::Ink::success : theme::Ink::secondary);
}

}  // namespace ui
