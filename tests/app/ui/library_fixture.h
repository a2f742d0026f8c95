#pragma once

// A desktop with pictures in its gallery, and the library opened as a person opens it.

#include "app/gallery/image_store.h"
#include "app/ui/library/library_view.h"
#include "app/ui/library/picture_grid.h"
#include "app/ui/library/picture_info.h"
#include "tests/app/ui/desk.h"

#include <QTest>

#include <gtest/gtest.h>

namespace test_support {

class LibraryTest : public testing::Test {
protected:
    explicit LibraryTest(FakeScript script = {}) : desk_(std::move(script)) {}

    void SetUp() override { qputenv("XDG_DATA_HOME", home_.path().toUtf8()); }

    void TearDown() override { qunsetenv("XDG_DATA_HOME"); }

    /// A stored picture, as if it had been made.
    gallery::Picture make(const char* prompt, std::int64_t seed) {
        diffusion::Result made;
        made.request.prompt = prompt;
        made.request.seed = seed;
        made.request.width = made.request.height = 16;
        made.image = {16, 16, 3, std::vector<std::uint8_t>(16 * 16 * 3, std::uint8_t(seed * 40))};
        auto picture = gallery::ImageStore::storeIn(made, pictures());
        picture.created = QDateTime(QDate(2025, 1, int(seed)), QTime(12, 0));
        return desk_.bench().studio().gallery().add(picture);
    }

    QString pictures() { return desk_.bench().studio().picturesFolder(); }

    ui::LibraryView& open() {
        desk_.window().actions()[ui::Act::workspaceLibrary]->trigger();
        auto* view = desk_.window().library();
        EXPECT_TRUE(waitFor([&] { return list().isComplete() && !library().isScanning(); }));
        view->focusPictures();
        EXPECT_TRUE(waitFor([&] { return list().rowCount() == 0 || view->info()->picture(); }));
        return *view;
    }

    ui::LibraryDesk& library() { return desk_.bench().library(); }

    gallery::PictureList& list() { return library().list(); }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(desk_.window().focusWidget(), key, modifiers);
    }

    bool hasMarks(int row, const gallery::Marks& marks) {
        return waitFor([&] { return list().card(row).id > 0 && list().card(row).marks == marks; });
    }

    QTemporaryDir home_;
    Desk desk_;
};

}  // namespace test_support
