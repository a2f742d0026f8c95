#include "app/ui/status_bar.h"

#include "app/studio/network_guard.h"
#include "app/ui/panels/model_card.h"
#include "app/ui/pieces.h"
#include "app/ui/reach.h"
#include "app/ui/stage/progress_strip.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QThread>

#include <unistd.h>

namespace ui {
namespace {

constexpr double gigabyte = 1e9;

/// An icon of the theme as a widget, so that it follows a change of colours.
class Glyph : public QWidget {
public:
    Glyph(QString name, theme::Token colour) : name_(std::move(name)), colour_(colour) {
        setFixedSize(16, 16);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        theme::paintIcon(&painter, rect(), name_, theme::of(this).*colour_);
    }

private:
    QString name_;
    theme::Token colour_;
};

/// Icon and word on a coloured ground, as high as a chip.
class Badge : public QWidget {
public:
    Badge(const QString& icon, const QString& text) {
        setFixedHeight(20);
        auto* columns = compact(new QHBoxLayout(this), theme::s1, theme::s2, 0, theme::s2, 0);
        columns->addWidget(new Glyph(icon, &theme::Theme::success));
        columns->addWidget(label(text, theme::Step::label, theme::Ink::success));
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        theme::paintBox(&painter, rect(), height() / 2.0, theme::of(this).successQuiet);
    }
};

QString deviceWords(const settings::Values& values) {
    const QString cores = StatusLine::tr(
        "%n core(s)", nullptr, values.threads > 0 ? values.threads : QThread::idealThreadCount());
    const bool hasGpu = QFile::exists(QStringLiteral("/dev/nvidiactl"));
    if (values.device == QLatin1String("cpu") ||
        (values.device == QLatin1String("auto") && !hasGpu))
        return QStringLiteral("CPU · ") + cores;
    return values.device == QLatin1String("cuda") ? QStringLiteral("CUDA")
                                                  : StatusLine::tr("Automatic device");
}

}  // namespace

MemoryUse readMemoryUse() {
    QFile file(QStringLiteral("/proc/self/statm"));
    MemoryUse use;
    const std::int64_t page = sysconf(_SC_PAGESIZE);
    if (file.open(QIODevice::ReadOnly))
        use.used = file.readAll().split(' ').value(1).toLongLong() * page;
    use.total = std::int64_t(sysconf(_SC_PHYS_PAGES)) * page;
    return use;
}

MemoryBar::MemoryBar() {
    setFixedSize(120, 8);
    setRole(this, QAccessible::ProgressBar);
    setAccessibleName(tr("Memory"));
}

void MemoryBar::setUse(const MemoryUse& use) {
    use_ = use;
    update();
}

void MemoryBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    const auto wide = [this](std::int64_t bytes) {
        const double share = use_.total > 0 ? double(bytes) / double(use_.total) : 0;
        return std::clamp(width() * share, 8.0, double(width()));
    };
    theme::paintBox(&painter, rect(), 4, t.field);
    if (use_.planned > use_.used) {
        QPainterPath planned;
        planned.addRoundedRect(QRectF(0, 0, wide(use_.planned), height()), 4, 4);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setClipPath(planned);
        painter.setPen(QPen(t.accent, 1.5));
        for (double x = -height(); x < wide(use_.planned); x += 4)
            painter.drawLine(QPointF(x, height()), QPointF(x + height(), 0));
        painter.restore();
    }
    theme::paintBox(&painter, QRectF(0, 0, wide(use_.used), height()), 4, t.accent);
}

StatusLine::StatusLine(Workbench& bench)
    : bench_(bench),
      memoryBar_(new MemoryBar),
      memory_(label(QString(), theme::Step::small, theme::Ink::secondary)),
      model_(label(QString(), theme::Step::small, theme::Ink::secondary)),
      speed_(label(QString(), theme::Step::mono, theme::Ink::secondary)) {
    theme::setGround(this, theme::Ground::window);
    setFixedHeight(28);
    auto* columns = compact(new QHBoxLayout(this), 6, theme::s3, 0, theme::s3, 0);
    const auto add = [columns](const QString& icon, std::initializer_list<QWidget*> parts) {
        columns->addWidget(new Glyph(icon, &theme::Theme::text2));
        for (auto* part : parts) columns->addWidget(part);
        columns->addSpacing(theme::s4);
    };
    add(QStringLiteral("chip"), {label(deviceWords(bench.studio().settings().values()),
                                       theme::Step::small, theme::Ink::secondary)});
    add(QStringLiteral("memory"), {memoryBar_, memory_});
    add(QStringLiteral("model"), {model_});
    columns->addStretch();
    columns->addWidget(speed_);
    columns->addSpacing(theme::s3);
    auto* offline = new Badge(QStringLiteral("shield"), tr("Offline"));
    offline->setToolTip(
        studio::isNetworkRefused()
            ? tr("The system refuses this program every connection. No network call was made since "
                 "the start.")
            : tr("No network call was made since the start."));
    columns->addWidget(offline);
    ticks_.setInterval(2000);
    connect(&ticks_, &QTimer::timeout, this, &StatusLine::refreshMemory);
    ticks_.start();
    connect(&bench_, &Workbench::runChanged, this, &StatusLine::refresh);
    connect(&bench_.facts(), &EngineFacts::changed, this, &StatusLine::refresh);
    connect(&bench_.answers(), &RequestFacts::changed, this, &StatusLine::showMemory);
    refresh();
    refreshMemory();
}

void StatusLine::refresh() {
    switch (bench_.facts().state()) {
        case EngineFacts::State::loading:
            model_->setText(tr("engine starts…"));
            break;
        case EngineFacts::State::failed:
            model_->setText(tr("no engine"));
            break;
        case EngineFacts::State::ready: {
            const auto& info = bench_.facts().model();
            model_->setText(!info                ? tr("engine ready")
                            : info->path.empty() ? tr("Atelier Stickers")
                                                 : QString::fromStdString(info->name));
        }
    }
    speed_->setText(bench_.run() ? wordsOf(*bench_.run()).speed : QString());
}

void StatusLine::refreshMemory() {
    use_ = readMemoryUse();
    showMemory();
}

void StatusLine::showMemory() {
    const auto& plan = bench_.answers().plan();
    use_.planned = plan ? plan->peak_bytes : 0;
    memoryBar_->setUse(use_);
    const QString used = tr("%1 of %2 GB")
                             .arg(double(use_.used) / gigabyte, 0, 'f', 1)
                             .arg(double(use_.total) / gigabyte, 0, 'f', 1);
    memory_->setText(use_.planned > 0
                         ? tr("%1, plan %2").arg(used).arg(double(use_.planned) / gigabyte, 0, 'f', 1)
                         : used);
}

}  // namespace ui
