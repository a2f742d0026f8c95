#include "app/ui/panels/generate_panel.h"
#include "app/ui/prompt_field.h"
#include "tests/app/ui/desk.h"

#include <QApplication>
#include <QTest>

#include <gtest/gtest.h>

namespace test_support {
namespace {

class Application : public testing::Environment {
public:
    void SetUp() override {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        application_ = std::make_unique<QApplication>(count_, arguments_);
        ui::dressApplication();
    }

    void TearDown() override { application_.reset(); }

private:
    int count_ = 1;
    char name_[8] = "atelier";
    char* arguments_[2] = {name_, nullptr};
    std::unique_ptr<QApplication> application_;
};

[[maybe_unused]] const auto* const environment = testing::AddGlobalTestEnvironment(new Application);

}  // namespace

bool waitFor(const std::function<bool()>& condition, int milliseconds) {
    return QTest::qWaitFor(condition, milliseconds);
}

Desk::Desk(FakeScript script) : script_(std::move(script)) {
    start();
}

void Desk::start() {
    studio::Options options;
    options.places.data = folder_.path();
    options.places.pictures = folder_.path() + QStringLiteral("/pictures");
    options.places.models = folder_.path() + QStringLiteral("/models");
    options.engine = [script = script_] { return std::make_unique<FakeEngine>(script); };
    desktop_ = std::make_unique<ui::Desktop>(std::move(options));
    desktop_->setLanguage(QStringLiteral("en"));
    desktop_->window()->resize(1600, 1000);  // the screen of these tests is smaller
    desktop_->show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(desktop_->window()));
    desktop_->window()->activateWindow();
    EXPECT_TRUE(
        waitFor([this] { return bench().facts().state() == ui::EngineFacts::State::ready; }));
}

void Desk::restart() {
    desktop_->window()->close();
    desktop_.reset();
    start();
}

void Desk::type(const QString& text) {
    QTest::keyClicks(window().panel()->prompt()->edit(), text);
}

void Desk::press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QTest::keyClick(window().panel()->prompt()->edit(), key, modifiers);
}

}  // namespace test_support
