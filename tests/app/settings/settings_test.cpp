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
        settings.set(&Values::isHighContrast, true);
        settings.set(&Values::surround, QStringLiteral("50"));
        settings.set(&Values::reducesMotion, true);
        settings.set(&Values::scale, 150);
        settings.set(&Values::picturesFolder, QStringLiteral("/tmp/사진"));
        settings.set(&Values::modelFolders, QStringLiteral("/tmp/a:/tmp/모델"));
        settings.set(&Values::device, QStringLiteral("cpu"));
        settings.set(&Values::threads, 3);
        settings.set(&Values::memory, QStringLiteral("saving"));
        settings.set(&Values::memoryLimit, 3000);
        settings.set(&Values::precision, QStringLiteral("unet=bf16"));
        settings.set(&Values::previews, QStringLiteral("off"));
        settings.set(&Values::isOffline, false);
        settings.set(&Values::keys, {{QStringLiteral("fit"), QStringLiteral("F9")},
                                     {QStringLiteral("quit"), QString()}});
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
    ASSERT_EQ(Settings(damaged).problems().size(), 1);
    EXPECT_EQ(Settings(damaged).problems()[0].what, Problem::What::unreadable);
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

TEST_F(SettingsTest, one_bad_value_is_named_and_the_others_are_taken) {
    const auto path = folder.filePath("settings.json");
    QFile written(path);
    ASSERT_TRUE(written.open(QIODevice::WriteOnly));
    written.write(R"({"version": 1, "theme": "pink", "threads": -4, "device": "cpu", "keys": 7})");
    written.close();
    const Settings settings(path);
    Values expected;
    expected.device = QStringLiteral("cpu");
    EXPECT_EQ(settings.values(), expected);
    ASSERT_EQ(settings.problems().size(), 3);
    EXPECT_EQ(settings.problems()[0].key, "theme");
    EXPECT_EQ(settings.problems()[0].value, "\"pink\"");
    EXPECT_EQ(settings.problems()[0].keptAs, path + ".damaged");
    EXPECT_TRUE(QFile::exists(path + ".damaged"));
}

TEST_F(SettingsTest, a_look_that_nobody_can_have_is_the_default) {
    const auto path = folder.filePath("settings.json");
    for (const char* content :
         {R"({"scale": 10})", R"({"scale": 400})", R"({"scale": 1.5})", R"({"scale": "150"})", R"({"surround": "pink"})",
          R"({"surround": 50})", R"({"high_contrast": 1})", R"({"reduce_motion": "yes"})"}) {
        QFile written(path);
        ASSERT_TRUE(written.open(QIODevice::WriteOnly));
        written.write(content);
        written.close();
        const Settings settings(path);
        EXPECT_EQ(settings.values(), Values()) << content;
        EXPECT_EQ(settings.problems().size(), 1) << content;
    }
}

TEST_F(SettingsTest, keys_of_a_later_version_are_kept) {
    const auto path = folder.filePath("settings.json");
    QFile written(path);
    ASSERT_TRUE(written.open(QIODevice::WriteOnly));
    written.write(R"({"version": 2, "device": "cpu", "holograms": {"on": true}})");
    written.close();
    {
        Settings settings(path);
        ASSERT_EQ(settings.problems().size(), 1);
        EXPECT_EQ(settings.problems()[0].what, Problem::What::newer);
        settings.set(&Values::threads, 3);
    }
    QFile read(path);
    ASSERT_TRUE(read.open(QIODevice::ReadOnly));
    const auto text = read.readAll();
    EXPECT_TRUE(text.contains("holograms"));
    EXPECT_TRUE(text.contains("\"version\": 1"));
    EXPECT_EQ(Settings(path).values().threads, 3);
    EXPECT_TRUE(Settings(path).problems().isEmpty());
}

TEST_F(SettingsTest, any_content_gives_a_program_that_starts) {
    const auto path = folder.filePath("settings.json");
    for (const char* content : {"", "null", "[]", "\xff\xfe", "{\"request\": 5}", "{\"keys\": {\"fit\": 1}}",
                                "{\"version\": \"x\", \"window_state\": 1e400}", "{\"threads\": 1e300}"}) {
        QFile written(path);
        ASSERT_TRUE(written.open(QIODevice::WriteOnly));
        written.write(content);
        written.close();
        EXPECT_EQ(Settings(path).values(), Values()) << content;
    }
}

}  // namespace
}  // namespace settings
