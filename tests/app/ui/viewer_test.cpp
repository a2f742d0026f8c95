// The picture on the stage: zoom, comparison of two, what they were made with, and what comes back
// into the panel by one key.

#include "app/ui/panels/generate_panel.h"
#include "app/ui/prompt_field.h"
#include "app/ui/stage/picture_view.h"
#include "app/ui/stage/setting_rows.h"
#include "app/ui/stage/settings_card.h"
#include "app/ui/stage/stage.h"
#include "app/ui/toast.h"
#include "diffusion/request_fields.h"
#include "tests/app/ui/desk.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QPushButton>
#include <QTest>
#include <QWheelEvent>

#include <gtest/gtest.h>

namespace {

using test_support::Desk;
using test_support::waitFor;
using ui::Act;
using ui::Compare;
using ui::Pyramid;

using Request = diffusion::GenerationRequest;

/// One colour, so that it can be told which picture a pixel is of.
Pyramid plain(const QSize& size, Qt::GlobalColor colour) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(colour);
    return Pyramid(image);
}

/// Two pictures of different settings; the newer one is on the stage.
void makeTwo(Desk& desk) {
    for (int i = 0; i < 2; ++i) {
        desk.bench().request().set(&Request::prompt,
                                   std::string(i == 0 ? "a red fox in snow" : "a blue fox in snow"));
        desk.bench().request().set(&Request::steps, 5 + i);
        desk.press(Qt::Key_Return, Qt::ControlModifier);
        ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == i + 1 && !desk.bench().run(); }));
    }
    auto* view = desk.window().stage()->view();
    ASSERT_TRUE(waitFor([&] { return view->picture().width() == 64; }));
    view->setFocus();
}

void key(Desk& desk, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(desk.window().stage()->view(), key, modifiers);
}

TEST(Pyramid, TakesTheNextLargerLevel) {
    const Pyramid picture = plain({2000, 1000}, Qt::gray);
    EXPECT_EQ(picture.size(), QSize(2000, 1000));
    EXPECT_EQ(picture.level(2000).width(), 2000);
    EXPECT_EQ(picture.level(1001).width(), 2000);
    EXPECT_EQ(picture.level(1000).width(), 1000);
    EXPECT_EQ(picture.level(1).width(), 125);
    EXPECT_EQ(picture.level(5000).width(), 2000);
    EXPECT_TRUE(Pyramid().level(10).isNull());
}

TEST(Viewport, KeepsThePointUnderThePointerWhileItZooms) {
    ui::Viewport port;
    port.setRoom({800, 600}, 1);
    port.setContent({400, 300});
    port.zoomAt({400, 300}, 2);
    const QPointF place(250, 200);
    const auto pointAt = [&] { return (place - port.shownRect().topLeft()) / port.zoom(); };
    const QPointF before = pointAt();
    port.zoomAt(place, 4);
    EXPECT_NEAR(pointAt().x(), before.x(), 0.5);
    EXPECT_NEAR(pointAt().y(), before.y(), 0.5);
}

TEST(Viewport, KeepsSomeOfThePictureInTheView) {
    ui::Viewport port;
    port.setRoom({800, 600}, 1);
    port.setContent({400, 300});
    port.zoomAt({400, 300}, 3);
    port.moveBy({100000, -100000});
    EXPECT_TRUE(QRectF(0, 0, 800, 600).intersects(port.shownRect()));
}

TEST(Viewer, TheSliderShowsTheFirstLeftAndTheSecondRightOfItsLine) {
    ui::PictureView view;
    view.resize(800, 600);
    view.setPicture(plain({200, 200}, Qt::blue), {}, QStringLiteral("b"));
    view.setOther(plain({200, 200}, Qt::red), QStringLiteral("a"));
    view.setCompare(Compare::slider);
    view.setSplit(0.25);
    const QImage shown = view.grab().toImage();
    const QRectF place = view.shownRect();
    const int y = int(place.bottom()) - 10;
    EXPECT_EQ(shown.pixelColor(int(place.left() + place.width() * 0.2), y), QColorConstants::Red);
    EXPECT_EQ(shown.pixelColor(int(place.left() + place.width() * 0.3), y), QColorConstants::Blue);
}

TEST(Viewer, TheSliderMovesByArrowsAndByDrag) {
    ui::PictureView view;
    view.resize(800, 600);
    view.setPicture(plain({200, 200}, Qt::blue));
    view.setOther(plain({200, 200}, Qt::red), {});
    view.setCompare(Compare::slider);
    view.setSplit(0.5);
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_NEAR(view.split(), 0.51, 1e-9);
    QTest::keyClick(&view, Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_NEAR(view.split(), 0.41, 1e-9);
    const auto place = view.shownRect();
    const QPoint line(int(place.left() + place.width() * view.split()), 300);
    QTest::mousePress(&view, Qt::LeftButton, {}, line);
    QTest::mouseMove(&view, line + QPoint(int(place.width() / 10), 0));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, line + QPoint(int(place.width() / 10), 0));
    EXPECT_NEAR(view.split(), 0.51, 0.01);
}

TEST(Viewer, SideBySideBothAreEnlargedTogether) {
    ui::PictureView view;
    view.resize(800, 600);
    view.setPicture(plain({200, 200}, Qt::blue));
    view.setOther(plain({200, 200}, Qt::red), {});
    view.setCompare(Compare::side);
    view.setZoom(4);
    const QImage shown = view.grab().toImage();
    EXPECT_EQ(shown.pixelColor(200, 300), QColorConstants::Red);
    EXPECT_EQ(shown.pixelColor(600, 300), QColorConstants::Blue);
}

TEST(Viewer, UnderThePointerTheFirstPictureIsSeen) {
    ui::PictureView view;
    view.resize(800, 600);
    view.setPicture(plain({200, 200}, Qt::blue));
    view.setOther(plain({200, 200}, Qt::red), {});
    view.setCompare(Compare::hover);
    const auto middle = [&] { return view.grab().toImage().pixelColor(400, 300); };
    EXPECT_EQ(middle(), QColorConstants::Blue);
    QTest::keyPress(&view, Qt::Key_Space);
    EXPECT_EQ(middle(), QColorConstants::Red);
    QTest::keyRelease(&view, Qt::Key_Space);
    EXPECT_EQ(middle(), QColorConstants::Blue);
}

TEST(Viewer, KeysCompareWithThePictureBefore) {
    Desk desk;
    makeTwo(desk);
    auto* stage = desk.window().stage();
    key(desk, Qt::Key_C);
    ASSERT_TRUE(stage->reference());
    EXPECT_EQ(stage->reference()->request.prompt, "a red fox in snow");
    EXPECT_TRUE(waitFor([&] { return stage->view()->compare() == Compare::slider; }));
    key(desk, Qt::Key_C, Qt::ShiftModifier);
    EXPECT_EQ(stage->view()->compare(), Compare::side);
    EXPECT_TRUE(desk.window().actions()[Act::compareSide]->isChecked());
    EXPECT_FALSE(desk.window().actions()[Act::compareSlider]->isChecked());
    key(desk, Qt::Key_C, Qt::ShiftModifier);
    EXPECT_EQ(stage->view()->compare(), Compare::none);
    EXPECT_FALSE(stage->reference());
}

TEST(Viewer, WithoutASecondPictureItSaysSo) {
    Desk desk;
    desk.type(QStringLiteral("a fox"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 1 && !desk.bench().run(); }));
    desk.window().actions()[Act::compareSlider]->trigger();
    EXPECT_EQ(desk.window().stage()->compare(), Compare::none);
    EXPECT_FALSE(desk.window().actions()[Act::compareSlider]->isChecked());
    EXPECT_EQ(desk.window().stage()->toaster()->toasts().size(), 1);
}

TEST(Viewer, TheSettingsOfThePictureComeByOneKey) {
    Desk desk;
    makeTwo(desk);
    auto* card = desk.window().stage()->card();
    EXPECT_FALSE(card->isVisible());
    key(desk, Qt::Key_I);
    ASSERT_TRUE(card->isVisible());
    EXPECT_TRUE(card->text().contains(QStringLiteral("Prompt: a blue fox in snow")));
    EXPECT_TRUE(card->text().contains(QStringLiteral("Steps: 6")));
    key(desk, Qt::Key_I);
    EXPECT_FALSE(card->isVisible());
}

TEST(Viewer, TwoPicturesSettingsAreComparedAsADifference) {
    Desk desk;
    makeTwo(desk);
    key(desk, Qt::Key_C);
    key(desk, Qt::Key_I);
    const QString text = desk.window().stage()->card()->text();
    EXPECT_TRUE(text.contains(QStringLiteral("Steps: 5 → 6"))) << qPrintable(text);
    EXPECT_TRUE(text.contains(QStringLiteral("a red fox in snow → a blue fox in snow")));
    EXPECT_FALSE(text.contains(QStringLiteral("Sampler")));
}

TEST(Viewer, EachPartOfTheSettingsComesBackByItsKey) {
    Desk desk;
    makeTwo(desk);
    auto& model = desk.bench().request();
    const auto made = desk.window().stage()->picture()->request;
    const auto after = [&](Qt::Key letter) {
        model.setRequest({});
        key(desk, letter);
        return model.request();
    };
    EXPECT_EQ(after(Qt::Key_A), made);
    auto remix = made;
    remix.seed = -1;
    EXPECT_EQ(after(Qt::Key_R), remix);
    EXPECT_EQ(after(Qt::Key_P).prompt, made.prompt);
    EXPECT_EQ(model.request().steps, Request().steps);
    EXPECT_EQ(after(Qt::Key_S).seed, made.seed);
    EXPECT_TRUE(model.request().prompt.empty());
    EXPECT_EQ(after(Qt::Key_D).width, made.width);
    EXPECT_EQ(model.request().seed, -1);
}

TEST(Viewer, LettersTypedIntoThePromptAreNoKeys) {
    Desk desk;
    makeTwo(desk);
    desk.bench().request().setRequest({});
    desk.window().panel()->prompt()->edit()->setFocus();
    desk.type(QStringLiteral("arspdzic"));
    EXPECT_EQ(desk.bench().request().request().prompt, "arspdzic");
    EXPECT_FALSE(desk.window().stage()->card()->isVisible());
}

TEST(Viewer, ARecallCanBeUndone) {
    Desk desk;
    makeTwo(desk);
    auto& model = desk.bench().request();
    Request before;
    before.prompt = "something typed";
    model.setRequest(before);
    key(desk, Qt::Key_A);
    ASSERT_NE(model.request(), before);
    const auto& toasts = desk.window().stage()->toaster()->toasts();
    ASSERT_FALSE(toasts.isEmpty());
    toasts.last()->action()->click();
    EXPECT_EQ(model.request(), before);
}

TEST(Viewer, ZFitsAndShowsEveryPixel) {
    Desk desk;
    makeTwo(desk);
    auto* view = desk.window().stage()->view();
    ASSERT_TRUE(view->isFitted());
    key(desk, Qt::Key_Z);
    EXPECT_FALSE(view->isFitted());
    EXPECT_EQ(view->zoom(), 1);
    key(desk, Qt::Key_Z);
    EXPECT_TRUE(view->isFitted());
}

TEST(Viewer, ACopyOfThePictureIsInTheClipboard) {
    Desk desk;
    makeTwo(desk);
    key(desk, Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QGuiApplication::clipboard()->image().size(), QSize(64, 64));
}

TEST(Viewer, ASavedCopyIsTheFileByteForByte) {
    Desk desk;
    makeTwo(desk);
    QTemporaryDir folder;
    const QString to = folder.filePath(QStringLiteral("copy.png"));
    const QString from = desk.window().stage()->picture()->path;
    desk.bench().saveCopy(from, to);
    ASSERT_TRUE(waitFor([&] { return QFile::exists(to); }));
    QFile original(from), copy(to);
    ASSERT_TRUE(original.open(QIODevice::ReadOnly) && copy.open(QIODevice::ReadOnly));
    EXPECT_EQ(copy.readAll(), original.readAll());
    EXPECT_TRUE(waitFor([&] { return !desk.window().stage()->toaster()->toasts().isEmpty(); }));
}

TEST(SettingRows, EveryFieldHasWordsOfItsOwn) {
    Request other;
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto member) {
        using Value = std::remove_cvref_t<decltype(other.*member)>;
        if constexpr (std::is_same_v<Value, bool>)
            other.*member = !(other.*member);
        else if constexpr (std::is_same_v<Value, std::string>)
            other.*member = info.choices.empty() ? "x" : std::string(info.choices.back());
        else
            other.*member = Value(other.*member + 1);
    });
    const auto rows = ui::settingRows(other);
    int fields = 0;
    diffusion::visit_request_fields([&](const auto&, auto) { ++fields; });
    EXPECT_EQ(rows.size(), fields);
    for (const auto& row : rows) EXPECT_NE(row.name, row.field);
    EXPECT_EQ(ui::differencesOf(Request(), other).size(), fields);
    EXPECT_TRUE(ui::differencesOf(other, other).isEmpty());
}

}  // namespace
