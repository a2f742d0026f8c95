#include "app/ui/panels/knobs_panel.h"

#include "app/codec/request_check.h"
#include "app/codec/text.h"
#include "app/ui/binding.h"
#include "app/ui/panels/rows.h"
#include "app/ui/pieces.h"
#include "diffusion/request_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using diffusion::FieldInfo;
using Request = diffusion::GenerationRequest;

constexpr int widestNumber = 96;
constexpr double smallRange = 10;  // up to here a step of the arrows is a hundredth

QString nameOf(const FieldInfo& info) {
    return QString::fromLatin1(info.name.data(), qsizetype(info.name.size()));
}

QWidget* dressed(QWidget* control, const FieldWords& words) {
    control->setAccessibleName(labelOf(words));
    control->setToolTip(helpOf(words));
    return control;
}

QWidget* numberRow(QWidget* number, const FieldWords& words) {
    number->setFixedWidth(widestNumber);
    return namedRow(labelOf(words), dressed(number, words));
}

/// A number that may stay automatic, below its range: arrows step over what lies between.
template <typename Box, typename Value>
class AutomaticBox : public Box {
public:
    AutomaticBox(Value automatic, Value low, Value high) : automatic_(automatic), low_(low) {
        this->setRange(automatic, high);
        this->setSpecialValueText(KnobsPanel::tr("automatic"));
    }

    void stepBy(int steps) override {
        if (this->value() < low_ && steps > 0)
            this->setValue(low_);
        else if (this->value() + Value(steps) * this->singleStep() < low_)
            this->setValue(automatic_);
        else
            Box::stepBy(steps);
    }

private:
    Value automatic_;
    Value low_;
};

/// "0.5" and "0", not "0.5000" and "0.0000".
class PlainBox : public QDoubleSpinBox {
public:
    QString textFromValue(double value) const override {
        QString text = QDoubleSpinBox::textFromValue(value);
        const QString point = locale().decimalPoint();
        if (!text.contains(point)) return text;
        while (text.endsWith(QLatin1Char('0'))) text.chop(1);
        if (text.endsWith(point)) text.chop(point.size());
        return text;
    }
};

template <typename Box, typename Value>
Box* numberBox(const FieldInfo& info) {
    const auto low = Value(info.range->low), high = Value(info.range->high);
    if (info.automatic) return new AutomaticBox<Box, Value>(Value(*info.automatic), low, high);
    auto* box = new Box;
    box->setRange(low, high);
    return box;
}

QWidget* rowFor(const FieldInfo&, bool Request::*field, const FieldWords& words,
                RequestModel& model) {
    return dressed(bind(new QCheckBox(labelOf(words)), model, field), words);
}

QWidget* rowFor(const FieldInfo& info, int Request::*field, const FieldWords& words,
                RequestModel& model) {
    auto* box = numberBox<QSpinBox, int>(info);
    dressNumber(box, labelOf(words));
    return numberRow(bind(box, model, field), words);
}

QWidget* rowFor(const FieldInfo& info, double Request::*field, const FieldWords& words,
                RequestModel& model) {
    const bool isFine = info.range->high <= smallRange;
    auto* box = numberBox<PlainBox, double>(info);
    dressNumber(box, labelOf(words));
    box->setDecimals(isFine ? 3 : 4);
    box->setSingleStep(isFine ? 0.05 : 0.1);
    return numberRow(bind(box, model, field), words);
}

QWidget* rowFor(const FieldInfo& info, std::int64_t Request::*field, const FieldWords& words,
                RequestModel& model) {
    auto* edit = bind(new QLineEdit, model, field);
    edit->setFont(theme::font(theme::Step::mono));
    edit->setFixedHeight(28);
    if (info.automatic) edit->setPlaceholderText(KnobsPanel::tr("automatic"));
    return row(labelOf(words), dressed(edit, words));
}

QWidget* rowFor(const FieldInfo& info, std::string Request::*field, const FieldWords& words,
                RequestModel& model) {
    if (info.choices.empty()) {
        auto* edit = new QTextEdit;
        edit->setAcceptRichText(false);
        edit->setTabChangesFocus(true);
        edit->setFixedHeight(56);
        return row(labelOf(words), dressed(bind(edit, model, field), words));
    }
    auto* box = new QComboBox;
    box->setFixedHeight(28);
    for (const auto choice : info.choices)
        box->addItem(choiceText(choice),
                     QString::fromUtf8(choice.data(), qsizetype(choice.size())));
    ignoreWheelWithoutFocus(box);
    return row(labelOf(words), dressed(bind(box, model, field), words));
}

QString valueText(bool value) {
    return value ? KnobsPanel::tr("on") : KnobsPanel::tr("off");
}

QString valueText(const std::string& value) {
    return choiceText(value).left(24);
}

template <typename Number>
QString valueText(Number value) {
    return codec::fromUtf8(codec::numberText(double(value)));
}

}  // namespace

KnobsPanel::KnobsPanel(Knobs section, RequestModel& model, const EngineFacts& facts)
    : section_(section), model_(model), facts_(facts) {
    auto* rows = compact(new QVBoxLayout(this), 6);
    for (const auto& words : fieldWords()) {
        if (words.section != section_) continue;
        diffusion::visit_request_fields([&](const FieldInfo& info, auto member) {
            if (info.name != words.field) return;
            auto* made = rowFor(info, member, words, model_);
            rows_.insert(nameOf(info), made);
            rows->addWidget(made);
        });
    }
    connect(&model_, &RequestModel::changed, this, &KnobsPanel::showRows);
    connect(&facts_, &EngineFacts::changed, this, &KnobsPanel::showRows);
    showRows();
}

/// Fields that some samplers or schedules name belong to those alone.
bool KnobsPanel::isMeant(std::string_view field) const {
    bool isNamed = false, isChosen = false;
    const auto look = [&](const QList<diffusion::NamedChoice>& choices, const std::string& chosen) {
        for (const auto& choice : choices) {
            const bool names =
                std::find(choice.fields.begin(), choice.fields.end(), field) != choice.fields.end();
            isNamed |= names;
            isChosen |= names && choice.name == chosen;
        }
    };
    look(facts_.samplers(), model_.request().sampler);
    look(facts_.schedules(), model_.request().schedule);
    const bool isSdxl = facts_.model() && facts_.model()->family.starts_with("sdxl");
    if (section_ == Knobs::sdxl || field == "prompt_2" || field == "negative_prompt_2")
        return isSdxl;
    return !isNamed || isChosen;
}

void KnobsPanel::showRows() {
    bool isOther = false;
    for (auto it = rows_.cbegin(); it != rows_.cend(); ++it) {
        const bool isShown = isMeant(it.key().toStdString());
        isOther |= it.value()->isHidden() == isShown;
        it.value()->setVisible(isShown);
    }
    if (isOther) Q_EMIT rowsChanged();
}

bool KnobsPanel::hasRows() const {
    return std::any_of(rows_.cbegin(), rows_.cend(),
                       [](const QWidget* row) { return !row->isHidden(); });
}

QString KnobsPanel::summary() const {
    const Request usual;
    QStringList parts;
    diffusion::visit_request_fields([&](const FieldInfo& info, auto member) {
        const auto* words = wordsOf(info.name);
        if (!words || words->section != section_) return;
        const auto& value = model_.request().*member;
        if (value == usual.*member || !isMeant(info.name)) return;
        parts << labelOf(*words) + QLatin1Char(' ') + valueText(value);
    });
    return parts.join(QStringLiteral(" · "));
}

}  // namespace ui
