#include "app/ui/error_banner.h"

#include "app/ui/pieces.h"
#include "app/ui/reach.h"
#include "app/ui/sentences.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace ui {
namespace {

constexpr int margin = theme::s2;  // around the box

QString titleOf(const Trouble& trouble) {
    switch (trouble.what) {
        case Trouble::What::refused:
            return ErrorBanner::tr("The request was not taken");
        case Trouble::What::model:
            return ErrorBanner::tr("This model can't be used");
        case Trouble::What::noSettings:
            return ErrorBanner::tr("No settings were read");
        case Trouble::What::jobFailed:
            return ErrorBanner::tr("The picture could not be made");
        case Trouble::What::engine:
            return ErrorBanner::tr("The engine did not start");
        case Trouble::What::settings:
            return ErrorBanner::tr("The settings could not be written");
        case Trouble::What::settingsRead:
            return ErrorBanner::tr("The settings could not all be read");
        case Trouble::What::file:
            return ErrorBanner::tr("A file could not be used");
    }
    return {};
}

}  // namespace

ErrorBanner::ErrorBanner()
    : title_(label(QString(), theme::Step::dockTitle)),
      message_(label(QString(), theme::Step::small, theme::Ink::secondary)),
      retry_(pushButton(tr("Try again"))) {
    setAccessibleName(tr("Error"));
    setRole(this, QAccessible::AlertMessage);
    message_->setWordWrap(true);
    message_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* copy = pushButton(tr("Copy details"), {}, theme::Kind::quiet);
    auto* close = iconButton(QStringLiteral("close"), tr("Close"));
    auto* columns = compact(new QHBoxLayout(this), theme::s2, margin + theme::s4 + 24,
                            margin + theme::s3, margin + theme::s2, theme::s3);
    auto* rows = compact(new QVBoxLayout, theme::s1);
    auto* buttons = compact(new QHBoxLayout, theme::s2);
    buttons->addWidget(retry_);
    buttons->addWidget(copy);
    buttons->addStretch();
    rows->addWidget(title_);
    rows->addWidget(message_);
    rows->addSpacing(theme::s1);
    rows->addLayout(buttons);
    columns->addLayout(rows, 1);
    columns->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(title_->text() + QLatin1Char('\n') +
                                              message_->text());
    });
    connect(retry_, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT retried(trouble_);
    });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    hide();
}

void ErrorBanner::show(const Trouble& trouble) {
    trouble_ = trouble;
    show(titleOf(trouble), trouble.message);
    retry_->setVisible(trouble.what == Trouble::What::jobFailed && trouble.request.has_value());
}

void ErrorBanner::show(const QString& title, const QString& message) {
    title_->setText(title);
    message_->setText(inWindowLanguage(message));
    retry_->hide();
    setAccessibleDescription(message_->text());
    QWidget::show();
}

void ErrorBanner::mend(Trouble::What what) {
    if (trouble_.what == what) hide();
}

void ErrorBanner::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    theme::paintBox(&painter, rect().adjusted(margin, margin, -margin, 0), theme::radiusCard,
                    t.dangerQuiet, t.danger);
    theme::paintIcon(&painter, QRectF(margin + theme::s4, margin + 14, 16, 16),
                     QStringLiteral("error"), t.danger);
}

}  // namespace ui
