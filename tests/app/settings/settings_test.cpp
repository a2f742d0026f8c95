#include "app/settings/settings.h"

#include "tests/app/support/requests.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace settings {
namespace {

class SettingsTest : public testing::Test {
protected:
    QTemporaryDir folder;
    QString file = folder.filePath("deep/settings.json");
};

TEST_F(SettingsTest, every_value_survives_a_restart) {
    Values values;
    {
        Settings settings(file);
        settings.set(&Values::language, QStringLiteral("ko"));
        settings.set(&Values::theme, QStringLiteral("light"));
        settings.set(&Values::picturesFolder, QStringLiteral("/tmp/사진"));
        settings.set(&Values::modelFolders, QStringLiteral("/tmp/a:/tmp/모델"));
        settings.set(&Values::device, QStringLiteral("cpu"));
        settings.set(&Values::threads, 3);
        settings.set(&Values::memory, QStringLiteral("saving"));
        settings.set(&Values::memoryLimit, 3000);
        settings.set(&Values::precision, QStringLiteral("unet=bf16"));
        settings.set(&Values::isSeedLocked, true);
        settings.set(&Values::windowGeometry, QByteArray("\0\xff geometry", 11));
        settings.set(&Values::windowState, QByteArray("state"));
        settings.set(&Values::request, test_support::unusual_request());
        values = settings.values();
    }
    EXPECT_EQ(Settings(file).values(), values);
}

TEST_F(SettingsTest, are_on_the_disk_soon_after_a_change) {
    Settings settings(file);
    settings.set(&Values::threads, 2);
    EXPECT_TRUE(test_support::wait_until([&] { return QFile::exists(file); }));
    EXPECT_EQ(Settings(file).values().threads, 2);
}

TEST_F(SettingsTest, a_damaged_file_gives_the_defaults_and_is_kept) {
    const auto damaged = folder.filePath("settings.json");
    QFile broken(damaged);
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    broken.write("{\"threads\": 4, ");
    broken.close();
    EXPECT_EQ(Settings(damaged).values(), Values());
    EXPECT_TRUE(QFile::exists(damaged + ".damaged"));
}

TEST_F(SettingsTest, a_folder_that_can_not_be_written_is_said) {
    QFile blocker(folder.filePath("deep"));
    ASSERT_TRUE(blocker.open(QIODevice::WriteOnly));
    Settings settings(file);
    QString message;
    QObject::connect(&settings, &Settings::notSaved, [&](const QString& text) { message = text; });
    settings.set(&Values::threads, 2);
    settings.save();
    EXPECT_TRUE(message.contains("settings.json")) << message.toStdString();
    EXPECT_EQ(settings.values().threads, 2);
}

}  // namespace
}  // namespace settings
