#include "app/ui/panels/size_panel.h"

#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
namespace {

struct Shape {
    const char* name;
    double ratio;
};

constexpr std::array shapes{Shape{"1:1", 1.0}, Shape{"4:3", 4.0 / 3}, Shape{"3:2", 3.0 / 2},
                            Shape{"16:9", 16.0 / 9}, Shape{"2:3", 2.0 / 3}};
constexpr int largest = 8192;

int nearest(double length, int multiple) {
    return std::clamp(int(std::lround(length / multiple)) * multiple, multiple, largest);
}

}  // namespace

LetterBox::LetterBox(const QString& letter, const QString& name) : letter_(letter) {
    setButtonSymbols(NoButtons);
    setFont(theme::font(theme::Step::mono));
    setRange(0, largest);
    setSpecialValueText(tr("native"));
    setKeyboardTracking(false);
    setAccessibleName(name);
    setToolTip(name);
    setFixedHeight(28);
    ignoreWheelWithoutFocus(this);
}

void LetterBox::paintEvent(QPaintEvent* event) {
    QSpinBox::paintEvent(event);
    QPainter painter(this);
    painter.setFont(theme::font(theme::Step::small));
    painter.setPen(theme::of(this).text3);
    painter.drawText(rect().adjusted(0, 0, -10, 0), Qt::AlignVCenter | Qt::AlignRight, letter_);
}

Size sizeOfShape(double shape, const Size& native, int multiple) {
    const double area = double(native.width) * native.height;
    return {nearest(std::sqrt(area * shape), multiple), nearest(std::sqrt(area / shape), multiple)};
}

SizePanel::SizePanel(RequestModel& model, const EngineFacts& facts)
    : model_(model),
      facts_(facts),
      width_(new LetterBox(tr("W"), tr("Width in pixels"))),
      height_(new LetterBox(tr("H"), tr("Height in pixels"))),
      lock_(iconButton(QStringLiteral("link"), tr("Keep the shape"))),
      swap_(iconButton(QStringLiteral("swap"), tr("Swap width and height"))),
      hint_(label(QString(), theme::Step::small, theme::Ink::note)),
      tick_(new QLabel) {
    auto* rows = compact(new QVBoxLayout(this), theme::s1);
    auto* head = compact(new QHBoxLayout, theme::s1);
    head->addWidget(label(tr("Size"), theme::Step::label, theme::Ink::secondary));
    head->addStretch();
    head->addWidget(tick_);
    head->addWidget(hint_);
    rows->addLayout(head);
    buildRow(rows);
    rows->addSpacing(theme::s1);
    buildShapes(rows);
    connect(&model_, &RequestModel::changed, this, &SizePanel::refresh);
    connect(&facts_, &EngineFacts::changed, this, &SizePanel::refresh);
    refresh();
}

void SizePanel::buildRow(QVBoxLayout* rows) {
    lock_->setCheckable(true);
    lock_->setChecked(true);
    auto* row = compact(new QHBoxLayout, theme::s1);
    row->addWidget(width_, 1);
    row->addWidget(lock_);
    row->addWidget(height_, 1);
    row->addSpacing(theme::s1);
    row->addWidget(swap_);
    rows->addLayout(row);
    connect(width_, &QSpinBox::valueChanged, this, &SizePanel::changeWidth);
    connect(height_, &QSpinBox::valueChanged, this, &SizePanel::changeHeight);
    connect(swap_, &QToolButton::clicked, this, [this] {
        const Size size = shown();
        if (size.width > 0) setSize({size.height, size.width});
    });
}

void SizePanel::buildShapes(QVBoxLayout* rows) {
    auto* row = compact(new QHBoxLayout, 6);
    for (const auto& shape : shapes) {
        auto* button = new QToolButton;
        button->setText(QLatin1String(shape.name));
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFont(theme::font(theme::Step::small));
        button->setAccessibleName(tr("Shape %1").arg(QLatin1String(shape.name)));
        button->setCheckable(true);
        button->setFixedHeight(24);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setFocusPolicy(Qt::TabFocus);
        theme::setKind(button, theme::Kind::ratio);
        connect(button, &QToolButton::clicked, this, [this, ratio = shape.ratio] {
            setSize(sizeOfShape(ratio, native(), multiple()));
            refresh();
        });
        shapes_ << button;
        row->addWidget(button, 1);
    }
    rows->addLayout(row);
}

Size SizePanel::native() const {
    const auto& info = facts_.model();
    return info && info->native_width > 0 ? Size{info->native_width, info->native_height} : Size{};
}

int SizePanel::multiple() const {
    return facts_.model() ? std::max(1, facts_.model()->size_multiple) : 8;
}

Size SizePanel::shown() const {
    const auto& request = model_.request();
    return {request.width > 0 ? request.width : native().width,
            request.height > 0 ? request.height : native().height};
}

void SizePanel::setSize(const Size& size) {
    auto request = model_.request();
    request.width = size.width;
    request.height = size.height;
    model_.setRequest(request);
}

void SizePanel::changeWidth(int width) {
    if (width == 0) return setSize({});
    const Size old = shown();
    Size size{nearest(width, multiple()), old.height};
    if (lock_->isChecked() && old.width > 0)
        size.height = nearest(double(old.height) * width / old.width, multiple());
    setSize(size);
    refresh();
}

void SizePanel::changeHeight(int height) {
    if (height == 0) return setSize({});
    const Size old = shown();
    Size size{old.width, nearest(height, multiple())};
    if (lock_->isChecked() && old.height > 0)
        size.width = nearest(double(old.width) * height / old.height, multiple());
    setSize(size);
    refresh();
}

void SizePanel::refresh() {
    const QSignalBlocker quietWidth(width_);
    const QSignalBlocker quietHeight(height_);
    const Size size = shown();
    width_->setSingleStep(multiple());
    height_->setSingleStep(multiple());
    width_->setValue(size.width);
    height_->setValue(size.height);
    const Size wanted = native();
    const bool isNative = size == wanted && wanted.width > 0;
    tick_->setPixmap(
        isNative ? theme::icon(QStringLiteral("check"), &theme::Theme::success).pixmap(14, 14)
                 : QPixmap());
    hint_->setText(wanted.width == 0 ? QString()
                   : isNative        ? tr("native size")
                                     : tr("native: %1 × %2").arg(wanted.width).arg(wanted.height));
    swap_->setEnabled(size.width > 0);
    for (qsizetype i = 0; i < shapes_.size(); ++i) {
        const double ratio = shapes[size_t(i)].ratio;
        shapes_[i]->setEnabled(wanted.width > 0);
        shapes_[i]->setChecked(wanted.width > 0 && size == sizeOfShape(ratio, wanted, multiple()));
    }
}

}  // namespace ui
